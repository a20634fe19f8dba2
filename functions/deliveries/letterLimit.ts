import { sha256 } from '../runtime/digest.ts';
import type { Limit } from '../runtime/limit.ts';
import { secondsPerDay } from '../runtime/row.ts';
import { addressIdentity } from '../users/addressIdentity.ts';

/** Letters of one channel about one meeting, that one address gets in a day (UTC) beside the first invitation. */
const most = 20;

/**
 * Within what the updates and cancellations of a meeting are counted that go to one address: whoever is taken off and
 * invited again and again, as another participant each time, is still one.
 */
export function letterLimit(meetingId: string, channel: string, address: string): Limit {
  const who = `${meetingId}#${channel}#${sha256(addressIdentity(address))}`;
  return { what: 'letters', who, windowSeconds: secondsPerDay, most };
}
