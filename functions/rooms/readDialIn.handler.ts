import { isPin } from '../meetings/dialIn.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { meetingStore } from '../meetings/meetingStore.ts';
import { door, pathParameter } from '../runtime/http.ts';
import { countWithin, type Limit, requireWithin } from '../runtime/limits.ts';
import { Refusal } from '../runtime/refusal.ts';
import { settings } from '../runtime/settings.ts';
import { table } from '../runtime/table.ts';
import { admit } from '../users/admit.ts';
import { requireCapability } from '../users/caller.ts';
import { closedRoom } from './closedRoom.ts';
import { openingOf } from './opening.ts';

/** `GET /dial-in/{pin}`: for a telephone exchange, which meeting a code opens now. */
export const handler = door(async (request) => {
  const now = new Date();
  const caller = await admit(request, now);
  requireCapability(caller, 'dial-in');
  const meeting = await find(pathParameter(request, 'pin'), wrongCodes(caller.id), now);
  const { openBeforeMinutes, languages } = settings();
  const opening = openingOf(meeting, openBeforeMinutes, now);
  if (opening !== 'open') throw closedRoom(meeting, opening, openBeforeMinutes);
  return {
    status: 200,
    body: {
      meetingId: meeting.id,
      name: meeting.name,
      validSince: meeting.validSince.toISOString(),
      validUntil: meeting.validUntil.toISOString(),
      language: meeting.language ?? languages[0],
    },
  };
});

/**
 * An hour's mistypings of many people, who all call through one exchange. At this rate it takes centuries
 * to come upon the code of one of a hundred meetings.
 */
function wrongCodes(who: string): Limit {
  return { what: 'dial-in', who, windowSeconds: 3_600, most: 60, code: 'too-many-attempts' };
}

/** Only what is wrong is counted; once that was too much, what is right is refused too, or guessing would go on. */
async function find(pin: string, limit: Limit, now: Date): Promise<Meeting> {
  await requireWithin(table(), limit, now);
  const meetings = meetingStore(table(), settings().retentionDays);
  const meeting = isPin(pin) ? await meetings.ofPin(pin) : undefined;
  if (meeting) return meeting;
  await countWithin(table(), limit, now);
  throw new Refusal('missing', 'no-such-code', 'No meeting has this code.');
}
