import { partitionsOf } from '../../functions/meetings/leaveMeetings.ts';
import { listingStore } from '../../functions/meetings/listings/listingStore.ts';
import type { Meeting } from '../../functions/meetings/meeting.ts';
import { meetingStore } from '../../functions/meetings/meetingStore.ts';
import type { VerifiedPerson } from '../../functions/meetings/presentMeeting.ts';
import { documents } from '../../functions/runtime/clients.ts';
import type { Table } from '../../functions/runtime/table.ts';
import { addressIdentity } from '../../functions/users/addressIdentity.ts';
import { directory } from '../../functions/users/directoryStore.ts';
import { emailInput } from '../../functions/users/emailAddress.ts';
import { phoneInput } from '../../functions/users/phoneNumber.ts';
import type { User } from '../../functions/users/user.ts';

/** Whom an operator names by an address: with their entry in the directory where they have verified it. */
export interface NamedPerson {
  readonly person: VerifiedPerson;
  readonly user: User | undefined;
}

/**
 * The deployed table, reached with the credentials and the region of the environment, as the AWS CLI takes them.
 *
 * @param name the stack's output `TableName`
 */
export function openTable(name: string): Table {
  return { name, documents: documents() };
}

/**
 * Finds whom a mail address or a telephone number belongs to.
 *
 * @throws Error where it is neither
 */
export async function findPerson(given: string, table: Table): Promise<NamedPerson> {
  const address = parseAddress(given);
  const users = directory(table);
  const id = (await users.ownersOf([address])).get(addressIdentity(address));
  const user = id === undefined ? undefined : await users.find(id);
  if (user) return { person: { id: user.id, email: user.email, phone: user.mobilePhone }, user };
  const isMail = address.includes('@');
  return { person: { email: isMail ? address : undefined, phone: isMail ? undefined : address }, user };
}

/** The meetings that somebody organizes or was invited to, each once. */
export async function meetingsOf(person: VerifiedPerson, table: Table): Promise<Meeting[]> {
  const ids = new Set<string>();
  for (const partition of partitionsOf(person)) {
    for await (const entries of listingStore(table).pages(partition))
      for (const { meetingId } of entries) ids.add(meetingId);
  }
  const meetings: Meeting[] = [];
  for (const id of ids) {
    const meeting = await meetingStore(table, unused).get(id);
    if (meeting) meetings.push(meeting);
  }
  return meetings;
}

/** A retention matters to who writes. */
const unused = 0;

function parseAddress(given: string): string {
  const rule = given.includes('@') ? emailInput : phoneInput;
  const parsed = rule.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Error(`--person ${parsed.error.issues.map(({ message }) => message).join('; ')}`);
}
