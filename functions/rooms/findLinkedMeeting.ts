import { keyOpens, partsOfLink } from '../meetings/links/link.ts';
import { partsOfPersonalLink, personOfLink } from '../meetings/links/personalLink.ts';
import { type Meeting, meetingIdLength, type Participant } from '../meetings/meeting.ts';
import type { MeetingStore } from '../meetings/meetingStore.ts';

/** What a personal link leads to. */
export interface Invited {
  readonly meeting: Meeting;
  /** Whose link it is. */
  readonly person: Participant;
}

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

/** The meeting and the participant that the last segment of a personal link names; undefined where any part of it is wrong. */
export async function findInvited(link: string, meetings: MeetingStore): Promise<Invited | undefined> {
  const parts = partsOfPersonalLink(link);
  const meeting = parts && (await findMeetingByLink(parts.link, meetings));
  const person = meeting && personOfLink(meeting, parts.participantId, parts.mac);
  return person && { meeting, person };
}
