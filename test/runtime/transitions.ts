/** Every instant from `from` until `until` at which the clocks of a zone change, found by halving. */
export function transitions(timeZone: string, from: number, until: number): number[] {
  const offset = offsetIn(timeZone);
  const day = 86_400_000;
  const found: number[] = [];
  for (let start = from; start < until; start += day) {
    let [before, after] = [start, start + day];
    if (offset(before) === offset(after)) continue;
    while (after - before > 60_000) {
      const middle = before + Math.floor((after - before) / 120_000) * 60_000;
      if (offset(middle) === offset(before)) before = middle;
      else after = middle;
    }
    found.push(after);
  }
  return found;
}

/** Minutes east of Greenwich, by subtracting UTC from the date and time that clocks there show. */
export function offsetIn(timeZone: string): (instant: number) => number {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return (instant) => {
    const whole = Math.floor(instant / 1_000) * 1_000;
    return (Date.parse(`${clock.format(whole).replace(' ', 'T')}Z`) - whole) / 60_000;
  };
}

/** `GMT+5:30`, `GMT-3`, `GMT+0` */
export function offsetText(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `GMT${minutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

/** `14:05` on the clocks of a zone. */
export function clockTime(minutesEast: number, instant: number): string {
  return new Date(instant + minutesEast * 60_000).toISOString().slice(11, 16);
}
