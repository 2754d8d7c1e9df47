import { parseTimestamp } from '../../../protocol/src/timestamps.ts';
import type { Publication } from '../../connection/types.ts';
import { safeLink } from '../base/safe-link.ts';

export type Priority = 'low' | 'normal' | 'high';

/** What a notification offers to do: a link where it has one, else a button that the page answers. */
export interface NotificationAction {
  /** The publisher's word for it. */
  readonly name?: string;
  readonly label: string;
  /** `http:` or `https:`, absolute. */
  readonly link?: string;
}

/** Actions of one notification. */
const MAX_ACTIONS = 3;

/** A notification as the inbox holds it, and as events carry it in `detail`. */
export interface NotificationItem {
  /** The publisher's or sender's own, else its place on its channel; absent where it has neither. */
  readonly id?: string;
  readonly title: string;
  /** Empty where there is none. */
  readonly message: string;
  readonly priority: Priority;
  /** ISO 8601, UTC. Never later than its arrival, whatever the publisher's clock says. */
  readonly timestamp: string;
  /** `http:` or `https:`, absolute. */
  readonly link?: string;
  /** At most 3. */
  readonly actions: readonly NotificationAction[];
  read: boolean;
  /** What arrived, with all its fields. */
  readonly publication: Publication;
}

/**
 * Reads what was published; undefined if there is nothing in it to show. `now` in ms since 1970; `epoch` tells offsets
 * of different lives of a channel apart.
 */
export function readNotification(
  publication: Publication,
  baseUrl: string,
  now: number,
  epoch?: string,
): NotificationItem | undefined {
  const { id, channel, offset, title, message, priority, timestamp, actions, read } = publication;
  const text = asText(message);
  const heading = asText(title) || text;
  if (!heading) return undefined;
  const time = Number(parseTimestamp(asText(timestamp)) ?? now);
  return {
    id: asText(id) || (offset && `${channel} ${epoch}:${offset}`) || undefined,
    title: heading,
    message: heading === text ? '' : text,
    priority: priority === 'low' || priority === 'high' ? priority : 'normal',
    timestamp: new Date(Math.min(time, now)).toISOString(),
    link: linkOf(publication, baseUrl),
    actions: (Array.isArray(actions) ? actions : [])
      .map((action) => ({
        name: asText(action?.name) || undefined,
        label: asText(action?.label),
        link: linkOf(action, baseUrl),
      }))
      .filter(({ label }) => label)
      .slice(0, MAX_ACTIONS),
    read: read === true,
    publication,
  };
}

/**
 * What a server rendered, as if it had been published: `data-id`, `data-priority`, `data-read`, the first link or
 * emphasis as the title, `<p>` as the message, `<time datetime>`.
 */
export function readRow(row: HTMLElement): Publication {
  const { id, priority, read } = row.dataset;
  const title = row.querySelector('a,b,strong') ?? row.firstChild;
  return {
    type: 'notification',
    id,
    priority,
    title: title?.textContent,
    link: row.querySelector('a')?.href,
    message: row.querySelector('p')?.textContent,
    timestamp: row.querySelector('time')?.dateTime,
    read: read !== undefined,
  };
}

function asText(value: unknown): string {
  return /string|number/.test(typeof value) ? `${value}`.trim() : '';
}

/** Of `link`, else of `url`. */
function linkOf(from: Readonly<Record<string, unknown>> | null, baseUrl: string): string | undefined {
  const safe = (value: unknown) => safeLink(asText(value) || 'none:', baseUrl);
  return safe(from?.link) ?? safe(from?.url);
}
