import { isPin } from '../meetings/dialIn.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { meetingStore } from '../meetings/meetingStore.ts';
import { countWithin, type Limit, requireWithin } from '../runtime/limits.ts';
import { Refusal } from '../runtime/refusal.ts';
import { settings } from '../runtime/settings.ts';
import { table } from '../runtime/table.ts';

/**
 * The meeting of a dial-in code that somebody types. Only what is wrong is counted; once that was too
 * much, what is right is refused too, or guessing would go on.
 *
 * @param who through whom people type: their mistakes are counted together
 * @throws Refusal `no-such-code`, `too-many-attempts`
 */
export async function dialledMeeting(pin: string, who: string, now: Date): Promise<Meeting> {
  const limit = wrongCodes(who);
  await requireWithin(table(), limit, now);
  const meetings = meetingStore(table(), settings().retentionDays);
  const meeting = isPin(pin) ? await meetings.ofPin(pin) : undefined;
  if (meeting) return meeting;
  await countWithin(table(), limit, now);
  throw new Refusal('missing', 'no-such-code', 'No meeting has this code.');
}

/**
 * An hour's mistypings of many people, who all call through one exchange. At this rate it takes centuries
 * to come upon the code of one of a hundred meetings.
 */
function wrongCodes(who: string): Limit {
  return { what: 'dial-in', who, windowSeconds: 3_600, most: 60, code: 'too-many-attempts' };
}
