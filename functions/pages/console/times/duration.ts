import type { Words } from '../words/en.ts';

/** How long something took, in words: hours and minutes. */
export function writtenDuration(seconds: number, { form, meeting }: Words): string {
  const minutes = Math.round(seconds / 60);
  if (minutes === 0) return meeting.attendance.moment;
  const parts = [
    ...(minutes >= 60 ? [form.hours(Math.floor(minutes / 60))] : []),
    ...(minutes % 60 === 0 ? [] : [form.minutes(minutes % 60)]),
  ];
  return parts.join(' ');
}
