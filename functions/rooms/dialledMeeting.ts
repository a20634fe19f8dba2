import { isPasswordProtected, type Meeting } from '../meetings/meeting.ts';
import { closedRoom } from './closedRoom.ts';
import { openingOf } from './opening.ts';

interface DialledSettings {
  readonly openBeforeMinutes: number;
  readonly languages: readonly string[];
}

/**
 * What a telephone exchange is told of a meeting that is open. Where it has a password, which meeting it is comes only
 * with that: an exchange that knows nothing of passwords has nothing to connect people to.
 *
 * @throws Refusal 'too-early', 'ended', 'cancelled'
 */
export function presentDialled(
  meeting: Meeting,
  { isPasswordKnown }: { readonly isPasswordKnown: boolean },
  { openBeforeMinutes, languages }: DialledSettings,
  now: Date,
) {
  const opening = openingOf(meeting, openBeforeMinutes, now);
  if (opening !== 'open') throw closedRoom(meeting, opening, openBeforeMinutes);
  const isProtected = isPasswordProtected(meeting);
  const asked = { isPasswordProtected: isProtected, language: meeting.language ?? languages[0] };
  if (isProtected && !isPasswordKnown) return asked;
  return {
    meetingId: meeting.id,
    name: meeting.name,
    validSince: meeting.validSince.toISOString(),
    validUntil: meeting.validUntil.toISOString(),
    ...asked,
  };
}
