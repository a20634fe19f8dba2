import type { ListedMeeting } from '../../api/replies.ts';

export interface Day {
  /** The first instant of it that is asked about. */
  readonly when: string;
  readonly meetings: readonly ListedMeeting[];
}

/** Groups meetings, which are in order, by the day of their start. @param dayOf names the day of an instant */
export function daysOf(meetings: readonly ListedMeeting[], dayOf: (instant: string) => string): Day[] {
  const days: { when: string; meetings: ListedMeeting[] }[] = [];
  for (const meeting of meetings) {
    const last = days.at(-1);
    if (last !== undefined && dayOf(last.when) === dayOf(meeting.validSince)) last.meetings.push(meeting);
    else days.push({ when: meeting.validSince, meetings: [meeting] });
  }
  return days;
}

/** Whether people can be in the room, or will in a few minutes. */
export function isOpen({ validSince, validUntil, status }: ListedMeeting, now: number): boolean {
  return status === 'scheduled' && Date.parse(validSince) - 600_000 <= now && now < Date.parse(validUntil);
}
