const written = /^at\((\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\)$/;

/**
 * Gives the moment that `at(yyyy-mm-ddThh:mm:ss)` means in a time zone.
 *
 * @returns undefined where it is no such expression, no such moment or no such zone. `rate` and `cron` are none either: only one-time
 *   schedules are run here
 */
export function momentOf(expression: string, timeZone: string): Date | undefined {
  const [, ...parts] = written.exec(expression) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  if (parts.length === 0 || hour > 23 || minute > 59 || second > 59) return undefined;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  if (new Date(wall).getUTCDate() !== day) return undefined;
  const offset = offsetAt(wall, timeZone);
  if (offset === undefined) return undefined;
  // The first guess may lie on the other side of a change of the clocks, the second does not.
  return new Date(wall - (offsetAt(wall - offset, timeZone) ?? offset));
}

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...numeric });
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    return (
      Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) -
      Math.floor(instant / 1000) * 1000
    );
  } catch {
    return undefined;
  }
}

const numeric = {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const;
