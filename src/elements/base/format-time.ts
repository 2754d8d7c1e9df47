/** "now", "5 minutes ago", "3 hours ago"; from a day on, or for what is still to come, the date. */
export function formatTime(time: number, now: number, language?: string): string {
  const minutes = Math.floor((now - time) / 60_000);
  if (minutes < 0 || minutes >= 24 * 60) return formatDate(time, language);
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  if (!minutes) return relative.format(0, 'second');
  return minutes < 60
    ? relative.format(-minutes, 'minute')
    : relative.format(-Math.floor(minutes / 60), 'hour');
}

/** Date and time in the page's language and the user's zone. */
export function formatDate(time: number, language?: string): string {
  return new Date(time).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
}

/** "today", "yesterday", before that the date with its weekday. */
export function formatDay(time: Date | number | string, language?: string): string {
  const date = new Date(time);
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 864e5);
  return days < 2
    ? new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-days, 'day')
    : date.toLocaleDateString(language, { dateStyle: 'full' });
}
