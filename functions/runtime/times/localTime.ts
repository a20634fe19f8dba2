/**
 * The instant at which the clocks of a zone show a local date and time, in milliseconds of the epoch.
 *
 * What they show twice is the first of both; what they skip is counted on from before the gap, so that 02:30 in the hour
 * that spring takes away is 03:30 (RFC 5545, section 3.3.5, DATE-TIME, form 3).
 *
 * @param local what is shown, as milliseconds of UTC
 * @param zone an IANA time zone
 */
export function instantOf(local: number, zone: string): number {
  const clock = clockOf(zone);
  const [before, after] = [offsetAt(clock, local - day), offsetAt(clock, local + day)];
  const [first, second] = [local - before, local - after];
  if (offsetAt(clock, first) === before) return first;
  return offsetAt(clock, second) === after ? second : first;
}

/** Longer than any zone is ahead of UTC, and than its clocks are ever moved by. */
const day = 86_400_000;

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const numeric = 'numeric';
  const fields = {
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  } as const;
  return new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', { timeZone, hourCycle: 'h23', ...fields });
}

/** Milliseconds by which a clock is ahead of UTC. */
function offsetAt(clock: Intl.DateTimeFormat, instant: number): number {
  const parts = clock.formatToParts(instant);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return shown - Math.floor(instant / 1_000) * 1_000;
}
