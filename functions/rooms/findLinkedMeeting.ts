import { keyOpens, partsOfLink } from '../meetings/links/link.ts';
import { type Meeting, meetingIdLength } from '../meetings/meeting.ts';
import type { MeetingStore } from '../meetings/meetingStore.ts';

/** The meeting that an id and a link's key open; undefined where either is wrong. */
export async function findMeetingByKey(id: string, key: string, meetings: MeetingStore): Promise<Meeting | undefined> {
  const meeting = id.length === meetingIdLength ? await meetings.get(id) : undefined;
  return meeting && keyOpens(meeting, key) ? meeting : undefined;
}

/** The meeting that the last segment of a meeting URL opens. */
export async function findMeetingByLink(link: string, meetings: MeetingStore): Promise<Meeting | undefined> {
  const parts = partsOfLink(link);
  return parts && findMeetingByKey(parts.id, parts.key, meetings);
}
