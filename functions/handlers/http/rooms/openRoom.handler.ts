import { dialInOf } from '../../../meetings/dialIn.ts';
import { linkOf } from '../../../meetings/links/link.ts';
import type { Meeting, Participant } from '../../../meetings/meeting.ts';
import { attemptLimit } from '../../../rooms/attemptLimit.ts';
import { closedRoom, noSuchRoom, type PersonalFacts } from '../../../rooms/closedRoom.ts';
import { chooseConference } from '../../../rooms/conference/chooseConference.ts';
import { decodeSegment } from '../../../rooms/decodeSegment.ts';
import { findCurrentMeeting } from '../../../rooms/findCurrentMeeting.ts';
import { findInvited, findMeetingByLink } from '../../../rooms/findLinkedMeeting.ts';
import { openingOf } from '../../../rooms/opening.ts';
import { roomPage, wantsPage } from '../../../rooms/page/roomPage.ts';
import { meetingFacts, type NamedBy } from '../../../rooms/roomFacts.ts';
import { isEndedByHost } from '../../../rooms/seats/seat.ts';
import { door, pathParameter } from '../../../runtime/http.ts';
import { settings } from '../../../runtime/settings.ts';
import { nameOf } from '../../../users/user.ts';
import * as stores from '../../stores.ts';

/** `GET {linkPath}/{link}`: the room behind a meeting's link, or behind one of its participants' own. */
export const handler = door(async (request) => {
  if (wantsPage(request)) return roomPage(request, settings());
  const now = new Date();
  await stores.limits().count(attemptLimit(request.sourceAddress), now);
  const { meeting, namedBy, person } = await findRoom(pathParameter(request, 'link'), now);
  const { openBeforeMinutes } = settings();
  const opening = openingOf(meeting, openBeforeMinutes, now);
  const personal = person && (await personalFacts(meeting, person));
  if (opening !== 'open') throw closedRoom(meeting, opening, openBeforeMinutes, personal);
  const [organizer, state] = await Promise.all([
    stores.users().findReadable(meeting.organizerId),
    stores.rooms().readState(meeting.id),
  ]);
  const circumstances = {
    organizer: organizer && nameOf(organizer),
    dialIn: dialInOf(meeting, settings()),
    endedByHost: isEndedByHost({ state }),
    personal,
  };
  const deployment = { ...settings(), conference: chooseConference(settings()) };
  return { status: 200, body: meetingFacts(meeting, namedBy, circumstances, deployment) };
});

interface Found {
  readonly meeting: Meeting;
  readonly namedBy: NamedBy;
  /** Whose link it is, where it is somebody's own. */
  readonly person?: Participant;
}

/** @throws Refusal 'no-such-room' */
async function findRoom(link: string, now: Date): Promise<Found> {
  const { linkFormat } = settings();
  const meetings = stores.meetings();
  const invited = await findInvited(link, meetings);
  if (invited) return { ...invited, namedBy: 'person' };
  const named = await findMeetingByLink(link, meetings);
  if (named) return { meeting: named, namedBy: 'key' };
  const alias = linkFormat === 'user' ? decodeSegment(link) : undefined;
  const organizer = alias && (await stores.users().findByLinkName(alias, now));
  const read = { listings: stores.listings(), meetings };
  const current = organizer && (await findCurrentMeeting(organizer.id, read, now));
  if (current) return { meeting: current, namedBy: 'alias' };
  throw noSuchRoom();
}

/** Whoever was invited without a name is called as the directory calls them. */
async function personalFacts(meeting: Meeting, { id, name, userId }: Participant): Promise<PersonalFacts> {
  const user = name === undefined && userId !== undefined ? await stores.users().findReadable(userId) : undefined;
  const called = name ?? (user && nameOf(user));
  return {
    participant: { id, ...(called === undefined ? {} : { name: called }) },
    url: linkOf(meeting, settings()),
  };
}
