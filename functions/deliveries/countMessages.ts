import { reachOf, usersAmong } from '../meetings/attendees.ts';
import type { Meeting, Participant } from '../meetings/meeting.ts';
import type { Count } from '../runtime/limit.ts';
import type { RuntimeSettings } from '../runtime/settings.ts';
import type { Directory } from '../users/directoryStore.ts';
import { availableInviteChannels } from './channels/availableChannels.ts';
import { countsOf } from './dailyAllowance.ts';

/** What counting needs besides the meeting. */
export interface Counting {
  readonly settings: RuntimeSettings;
  readonly users: Directory;
  readonly now: Date;
}

/**
 * What a call is counted as within its organizer's day; to be written in the transaction of its meeting,
 * so that a call that is refused, or repeated, counts nothing.
 *
 * @param before undefined of a new meeting
 * @throws Refusal with the `code` of a channel's allowance, as `mails-per-day`
 */
export async function countMessages(
  before: Meeting | undefined,
  after: Meeting,
  { settings, users, now }: Counting,
): Promise<Count[]> {
  const known = await usersAmong(after.participants.filter(isOnlyNamed), users);
  return countsOf(before, after, {
    mailsPerDay: settings.mailsPerDay,
    smsPerDay: settings.smsPerDay,
    channels: availableInviteChannels(settings),
    addressesOf: reachOf(after, known),
    organizer: settings.organizerMail ? { email: after.organizer?.email } : undefined,
    now,
  });
}

/** Whoever gave no address is reached at those that they verified. */
function isOnlyNamed({ userId, email, phone }: Participant): boolean {
  return userId !== undefined && email === undefined && phone === undefined;
}
