import { parseTimestamp } from '../../../protocol/src/timestamps.ts';
import type { Publication } from '../../connection/types.ts';
import { safeLink } from '../base/safe-link.ts';

export type Priority = 'low' | 'normal' | 'high';

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
  const { id, channel, offset, title, message, priority, timestamp, link, url } = publication;
  const text = asText(message);
  const heading = asText(title) || text;
  if (!heading) return undefined;
  const time = parseTimestamp(asText(timestamp))?.getTime() ?? now;
  return {
    id: asText(id) || (offset && `${channel} ${epoch}:${offset}`) || undefined,
    title: heading,
    message: heading === text ? '' : text,
    priority: priority === 'low' || priority === 'high' ? priority : 'normal',
    timestamp: new Date(Math.min(time, now)).toISOString(),
    link: linkOf(link, baseUrl) ?? linkOf(url, baseUrl),
    read: false,
    publication,
  };
}

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function linkOf(value: unknown, baseUrl: string): string | undefined {
  return safeLink(asText(value) || 'none:', baseUrl);
}
