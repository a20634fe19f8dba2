import { isPasswordProtected } from '../../../meetings/meeting.ts';
import { attemptLimit } from '../../../rooms/attemptLimit.ts';
import { findMeetingOfJitsiRoom } from '../../../rooms/conference/jitsi/jitsiConference.ts';
import { jidOf, roomOfJid } from '../../../rooms/conference/jitsi/jitsiRoom.ts';
import { findDialledMeeting } from '../../../rooms/findDialledMeeting.ts';
import { networkOf } from '../../../rooms/network.ts';
import { openingOf } from '../../../rooms/opening.ts';
import { door, type HttpReply } from '../../../runtime/http.ts';
import { Refusal } from '../../../runtime/refusal.ts';
import { settings } from '../../../runtime/settings.ts';
import * as stores from '../../stores.ts';

/**
 * `GET /conferenceMapper`: which dial-in code is a Jitsi conference's, for its page, and which conference
 * is a code's, for its telephone gateway (Jitsi Meet, "cloud-api.swagger").
 */
export const mapConference = door(async (request) => {
  const now = new Date();
  const { conference, id } = request.query;
  await stores.limits().count(attemptLimit(request.sourceAddress), now);
  if (conference !== undefined) return ofConference(conference);
  if (id !== undefined && /^\d{1,15}$/.test(id)) return ofCode(id, networkOf(request.sourceAddress), now);
  return { status: 405, body: { message: 'No conference or id provided', conference: false, id: false } };
});

async function ofConference(conference: string): Promise<HttpReply> {
  const meeting = await findMeetingOfJitsiRoom(roomOfJid(conference), { meetings: stores.meetings() });
  return meeting?.pin === undefined ? noMappingReply({ id: false, conference }) : mappingReply(meeting.pin, conference);
}

/** Only while the conference may be held: a code is short, and opens nothing before and after. */
async function ofCode(id: string, who: string, now: Date): Promise<HttpReply> {
  const read = { meetings: stores.meetings(), limits: stores.limits() };
  const meeting = await findDialledMeeting(id, who, read, now).catch((error: unknown) => {
    if (error instanceof Refusal && error.kind === 'missing') return undefined;
    throw error;
  });
  const { openBeforeMinutes, jitsiHost, linkHost } = settings();
  // Jitsi asks whoever dials in for no password.
  const isOpen = meeting && !isPasswordProtected(meeting) && openingOf(meeting, openBeforeMinutes, now) === 'open';
  return isOpen ? mappingReply(id, jidOf(meeting, jitsiHost ?? linkHost)) : noMappingReply({ id, conference: false });
}

function mappingReply(pin: string, conference: string): HttpReply {
  const message = 'Successfully retrieved conference mapping';
  return { status: 200, body: { message, id: Number(pin), conference } };
}

/** Jitsi's telephone bridge reads `false` for what was not found. */
function noMappingReply({ id, conference }: { id: string | false; conference: string | false }): HttpReply {
  return { status: 200, body: { message: 'No conference mapping was found', id: id && Number(id), conference } };
}
