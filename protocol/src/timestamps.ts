/** The plain `message`'s timestamp as documented, `2024-01-01 12:00:00`, in UTC. */
export function plainTimestamp(time: Date): string {
  return time.toISOString().slice(0, 19).replace('T', ' ');
}

/** ISO 8601 with a zone or without, or the plain protocol's. */
export const TIMESTAMP = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?([Zz]|[+-]\d\d:?\d\d)?$/;

/**
 * Reads a timestamp of either kind; one without a zone is UTC. `undefined` if it is neither ISO 8601 nor the
 * plain protocol's.
 */
export function parseTimestamp(text: string): Date | undefined {
  const [, day, time, zone = 'Z'] = TIMESTAMP.exec(text) ?? [];
  const date = new Date(`${day}T${time}${zone.toUpperCase().replace(/:?(\d\d)$/, ':$1')}`);
  return Number.isNaN(+date) ? undefined : date;
}
