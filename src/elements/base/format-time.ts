const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** "now", "5 minutes ago", "3 hours ago"; from a day on, or for what lies ahead by more than a minute, the date. */
export function formatTime(time: number, now: number, language?: string): string {
  const ago = now - time;
  if (ago >= 24 * HOUR || ago <= -MINUTE) return formatDate(time, language);
  const [unit, length] = ago < HOUR ? (['minute', MINUTE] as const) : (['hour', HOUR] as const);
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  return ago < MINUTE ? relative.format(0, 'second') : relative.format(-Math.floor(ago / length), unit);
}

/** Date and time in the page's language and the user's zone. */
export function formatDate(time: number, language?: string): string {
  return new Date(time).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
}
