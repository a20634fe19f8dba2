import { isPin } from '../meetings/dialIn.ts';
import type { Meeting } from '../meetings/meeting.ts';
import type { MeetingStore } from '../meetings/meetingStore.ts';
import type { Limit } from '../runtime/limit.ts';
import type { LimitStore } from '../runtime/limitStore.ts';
import { Refusal } from '../runtime/refusal.ts';

interface Stores {
  readonly meetings: Pick<MeetingStore, 'ofPin'>;
  readonly limits: LimitStore;
}

/**
 * The meeting of a dial-in code that somebody types. Only what is wrong is counted; once that was too
 * much, what is right is refused too, or guessing would go on.
 *
 * @param who through whom people type: their mistakes are counted together
 * @throws Refusal 'no-such-code', 'too-many-attempts'
 */
export async function findDialledMeeting(
  pin: string,
  who: string,
  { meetings, limits }: Stores,
  now: Date,
): Promise<Meeting> {
  const limit = wrongCodes(who);
  await limits.require(limit, now);
  const meeting = isPin(pin) ? await meetings.ofPin(pin) : undefined;
  if (meeting) return meeting;
  await limits.count(limit, now);
  throw new Refusal('missing', 'no-such-code', 'No meeting has this code.');
}

/**
 * An hour's mistypings of many people, who all call through one exchange. At this rate it takes centuries
 * to come upon the code of one of a hundred meetings.
 */
function wrongCodes(who: string): Limit {
  return { what: 'dial-in', who, windowSeconds: 3_600, most: 60, code: 'too-many-attempts' };
}
