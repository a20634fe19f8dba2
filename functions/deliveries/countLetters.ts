import { reachOf, usersAmong } from '../meetings/attendees.ts';
import type { Meeting, Participant } from '../meetings/meeting.ts';
import type { Count } from '../runtime/limits.ts';
import { settings } from '../runtime/settings.ts';
import { table } from '../runtime/table.ts';
import { directory } from '../users/directoryStore.ts';
import { countsOf } from './dailyAllowance.ts';
import { availableMechanisms } from './mechanisms.ts';

/**
 * What a call is counted as within its organizer's day; to be written in the transaction of its meeting,
 * so that a call that is refused, or repeated, counts nothing.
 *
 * @param before undefined of a new meeting
 * @throws Refusal `mails-per-day` or `sms-per-day`
 */
export async function countLetters(before: Meeting | undefined, after: Meeting, now: Date): Promise<Count[]> {
  const { mailsPerDay, smsPerDay } = settings();
  const users = await usersAmong(after.participants.filter(isOnlyNamed), directory(table()));
  return countsOf(before, after, {
    mailsPerDay,
    smsPerDay,
    mechanisms: availableMechanisms(settings()),
    addressesOf: reachOf(after, users),
    now,
  });
}

/** Whoever gave no address is reached at those that he verified. */
function isOnlyNamed({ userId, email, phone }: Participant): boolean {
  return userId !== undefined && email === undefined && phone === undefined;
}
