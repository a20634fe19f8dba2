import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { VerifiedPerson } from '../../functions/meetings/presentMeeting.ts';
import { repeatConflicts } from '../../functions/runtime/repeat.ts';
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
export function openTable(name: string): Table & { close(): void } {
  const client = repeatConflicts(new DynamoDBClient({}));
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return { name, documents, close: () => client.destroy() };
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

function parseAddress(given: string): string {
  const rule = given.includes('@') ? emailInput : phoneInput;
  const parsed = rule.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Error(`--person ${parsed.error.issues.map(({ message }) => message).join('; ')}`);
}
