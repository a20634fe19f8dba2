/** How soon an instant comes, in words: `in 10 minutes`, in the largest unit of which it is at least one away. */
export function relativeTime(instant: unknown, now: Date, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const minutes = Math.max(1, Math.round((Number(instant) - now.getTime()) / 60_000));
  if (minutes < 60) return format.format(minutes, 'minute');
  if (minutes < 24 * 60) return format.format(Math.round(minutes / 60), 'hour');
  return format.format(Math.round(minutes / 1_440), 'day');
}
