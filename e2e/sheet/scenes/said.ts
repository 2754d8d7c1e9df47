import type { Person } from '../../../protocol/src/person.ts';
import type { Frame } from '../scene.ts';
import { self } from '../scripted-server.ts';
import type { Words } from '../words.ts';

/** When every scene takes place. */
export const NOW = new Date('2026-03-12T14:30:00.000Z');

export function minutesAgo(minutes: number): string {
  return new Date(+NOW - minutes * 60_000).toISOString();
}

/** The people of the scenes. */
export function cast(words: Words) {
  return {
    ana: { ...self },
    ben: { userId: 'ben', name: words.ben },
    cleo: { userId: 'cleo', name: words.cleo },
    dev: { userId: 'dev', name: words.dev },
    guest: { clientId: 'client-7f3a' },
  } satisfies Record<string, Person>;
}

/** A message in the lobby. */
export function said(person: Person, message: string, minutes = 0): Frame {
  return { type: 'message', clientId: 'client-x', ...person, message, timestamp: minutesAgo(minutes) };
}

export function typing(person: Person): Frame {
  return { type: 'typing', channel: 'lobby', clientId: 'client-x', ...person };
}

/** What a back end told everyone. */
export function notified(
  text: { title: string; message: string },
  more: {
    priority?: 'low' | 'normal' | 'high';
    link?: string;
    minutes?: number;
    actions?: readonly { label: string; link?: string }[];
  } = {},
): Frame {
  const { minutes = 0, ...fields } = more;
  return { type: 'notification', ...text, ...fields, timestamp: minutesAgo(minutes) };
}
