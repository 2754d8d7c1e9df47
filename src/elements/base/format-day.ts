/** "today", "yesterday", before that the date with its weekday. */
export function formatDay(time: Date | number | string, language?: string): string {
  const date = new Date(time);
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - date.setHours(0, 0, 0, 0)) / 864e5);
  return days < 2
    ? new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-days, 'day')
    : date.toLocaleDateString(language, { dateStyle: 'full' });
}
