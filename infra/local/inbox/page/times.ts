const locales = navigator.languages;

/** A moment of today as its time, another as its day and time. */
export function formatMoment(at: string | undefined, now: number): string {
  if (at === undefined) return '';
  const date = new Date(at);
  const isToday = date.toDateString() === new Date(now).toDateString();
  return isToday ? timeOfDay.format(date) : dayAndTime.format(date);
}

/** From when to when, in a time zone; without one, in the reader's own. */
export function formatSpanOfDay(since: string, until: string, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  return new Intl.DateTimeFormat(locales, { ...spanParts, ...zone }).formatRange(new Date(since), new Date(until));
}

/** The time of day in a time zone. */
export function timeIn(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locales, { hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(at));
}

/** The day as the leaf of a calendar has it. */
export function calendarLeaf(at: string, timeZone?: string): { month: string; day: string } {
  const zone = timeZone === undefined ? {} : { timeZone };
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locales, { ...options, ...zone }).format(new Date(at));
  return { month: part({ month: 'short' }).replace('.', ''), day: part({ day: 'numeric' }) };
}

/** How long it is until then, by its two largest units; what is past is `due`. */
export function timeLeft(at: string, now: number): string {
  const seconds = Math.ceil((Date.parse(at) - now) / 1_000);
  if (seconds <= 0) return 'due';
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3_600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${twoDigits(minutes)} min`;
  return minutes > 0 ? `${minutes} min ${twoDigits(seconds % 60)} s` : `${seconds} s`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

const timeOfDay = new Intl.DateTimeFormat(locales, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dayAndTime = new Intl.DateTimeFormat(locales, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const spanParts: Intl.DateTimeFormatOptions = {
  weekday: 'short',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
};
