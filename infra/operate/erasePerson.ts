import { leaveMeetings } from '../../functions/meetings/leaveMeetings.ts';
import { listingStore } from '../../functions/meetings/listings/listingStore.ts';
import { meetingStore } from '../../functions/meetings/meetingStore.ts';
import { visitStore } from '../../functions/rooms/attendance/visitStore.ts';
import type { Table } from '../../functions/runtime/table.ts';
import { findPerson, meetingsOf } from './person.ts';

export interface Erasure {
  /** The ids of the meetings that the person was, or is to be, taken out of. */
  readonly meetings: readonly string[];
  /** Whether that was done, and nothing is left. */
  readonly isDone: boolean;
  readonly failures: readonly { readonly meetingId: string; readonly error: unknown }[];
}

/**
 * Takes a person who is no user out of every meeting that their address was invited to, by which the address is gone
 * from the table (GDPR, article 17). They are told nothing, and a calendar entry that they have stays with them.
 *
 * @param yes false: only says what would be done
 * @throws Error where the address is a user's: their erasure is `DELETE /users/{id}`
 */
export async function erasePerson(
  given: string,
  { table, retentionDays, yes }: { readonly table: Table; readonly retentionDays: number; readonly yes: boolean },
): Promise<Erasure> {
  const { person, user } = await findPerson(given, table);
  if (user) throw new Error(`That address is of the user ${user.id}; DELETE /users/${user.id} erases them.`);
  const ids = (await meetingsOf(person, table)).map(({ id }) => id);
  const failures: { meetingId: string; error: unknown }[] = [];
  if (!yes) return { meetings: ids, isDone: false, failures };
  const isDone = await leaveMeetings(person, {
    listings: listingStore(table),
    meetings: meetingStore(table, retentionDays),
    forgetVisits: visitStore(table, retentionDays).forget,
    clock: () => new Date(),
    onFailure: (meetingId, error) => failures.push({ meetingId, error }),
  });
  return { meetings: ids, isDone, failures };
}
