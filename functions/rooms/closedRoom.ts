import type { Meeting } from '../meetings/meeting.ts';
import { Refusal } from '../runtime/refusal.ts';
import { type Opening, opensAt } from './opening.ts';
import type { LinkedPerson, RoomProblem } from './signalling/protocol.ts';

/** What a problem document of a room says beside the standard members. */
type Members<Code extends RoomProblem['code']> = Omit<Extract<RoomProblem, { code: Code }>, 'code' | 'status'>;

/** What a personal link says beside the meeting: whose it is, and the link that anybody may hand on. */
export interface PersonalFacts {
  readonly participant: LinkedPerson;
  readonly url: string;
}

/** Why a meeting's room lets nobody in. */
export function closedRoom(
  meeting: Meeting,
  opening: Exclude<Opening, 'open'>,
  openBeforeMinutes: number,
  personal?: PersonalFacts,
): Refusal {
  return opening === 'too-early' ? tooEarly(meeting, openBeforeMinutes, personal) : closedForGood(meeting, opening);
}

function tooEarly(meeting: Meeting, openBeforeMinutes: number, personal: PersonalFacts | undefined): Refusal {
  const extensions: Members<'too-early'> = {
    opensAt: opensAt(meeting, openBeforeMinutes).toISOString(),
    name: meeting.name,
    validSince: meeting.validSince.toISOString(),
    validUntil: meeting.validUntil.toISOString(),
    timeZone: meeting.timeZone,
    sequence: meeting.sequence,
    ...personal,
  };
  const message = `You are trying to access the conference before time; it opens at ${extensions.opensAt}.`;
  return new Refusal('forbidden', 'too-early', message, { extensions });
}

/** That a meeting has ended, or was cancelled, to whoever comes by its link. */
export function closedForGood({ name }: Pick<Meeting, 'name'>, opening: 'ended' | 'cancelled'): Refusal {
  const extensions: Members<'ended' | 'cancelled'> = { name };
  const message = opening === 'ended' ? 'This meeting has ended.' : 'This meeting has been cancelled.';
  return new Refusal('gone', opening, message, { extensions });
}

/** One answer for a link that never was and for one whose key is wrong. */
export function noSuchRoom(): Refusal {
  return new Refusal('missing', 'no-such-room', 'There is no room behind this link.');
}

export function publicRoomsOff(): Refusal {
  return new Refusal('missing', 'public-rooms-off', 'This service has no public rooms.');
}
