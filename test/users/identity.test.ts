import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { email } from '../../functions/deliveries/channels/email/email.ts';
import { sms } from '../../functions/deliveries/channels/sms/sms.ts';
import { addressHash } from '../../functions/deliveries/delivery.ts';
import { addressesOf, usersAmong } from '../../functions/meetings/attendees.ts';
import { invitedKeys } from '../../functions/meetings/listings/listing.ts';
import { participantFields } from '../../functions/meetings/meetingInput.ts';
import { patchMeeting } from '../../functions/meetings/patchMeeting.ts';
import { distinctPeople } from '../../functions/meetings/people.ts';
import { viewerOf } from '../../functions/meetings/presentMeeting.ts';
import { isOrganizer } from '../../functions/meetings/scheduleMeeting.ts';
import { withoutUser } from '../../functions/meetings/withoutUser.ts';
import { owedReminders, remindedIds } from '../../functions/reminders/owedReminders.ts';
import { parseClaims } from '../../functions/users/claims.ts';
import { type Directory, directory } from '../../functions/users/directoryStore.ts';
import { entryPrefix } from '../../functions/users/userRows.ts';
import { meetingOf, participantOf } from '../meetings/meetings.ts';
import { startService, type TestService } from '../service.ts';

const onePerson: [string, string][] = [
  ['ana@example.org', 'ANA@example.org'],
  ['ana@example.org', 'Ana@EXAMPLE.Org'],
  ['ana@bücher.example', 'ana@xn--bcher-kva.example'],
  ['ana@bücher.example', 'Ana@BÜCHER.example'],
  ['ana@bücher.example', 'ana@XN--BCHER-KVA.EXAMPLE'],
  ['ana@bücher.example', 'ana@bu\u0308cher.example'],
  ['sampark@कंपनी.भारत', 'sampark@xn--i1b1b4ch5i.xn--h2brj9c'],
  ['ana@例え.jp', 'ana@xn--r8jz45g.jp'],
  ['ana@例え.jp', 'ana@例え。jp'],
  ['ana@例え.jp', 'ana@例え\uff0ejp'],
  ['ana@例え.jp', 'ana@例え\uff61jp'],
  ['ana@mail.example.org', 'ana@mail\u3002example\uff0eorg'],
  ['ana@faß.example', 'ana@xn--fa-hia.example'],
  ['ana@example.org', 'ana@ｅｘａｍｐｌｅ.org'],
  ['ana@kiosk.example', 'ana@\u212aiosk.example'],
  ['ana@пример.рф', 'ana@ПРИМЕР.РФ'],
  ['ana@müller.example', 'ANA@xn--mller-kva.example'],
  ["o'hara+a@example.org", "O'HARA+A@example.org"],
  ['ana@sub.ÉCOLE.example', 'ana@sub.école.example'],
  ['+525512345678', '+5215512345678'],
  ['+528112345678', '+5218112345678'],
  ['+541123456789', '+5491123456789'],
  ['+543512345678', '+5493512345678'],
];

const twoPeople: [string, string][] = [
  ['kevin@example.org', '\u212aevin@example.org'],
  ['sam@example.org', '\u017fam@example.org'],
  ['ana@example.org', 'ana@example.com'],
  ['ana@example.org', 'ana@mail.example.org'],
  ['ana@example.org', 'ana+b@example.org'],
  ['a.na@example.org', 'ana@example.org'],
  ['ana@example.org', '"ana"@example.org'],
  ['josé@example.org', 'jose@example.org'],
  ['JOSÉ@example.org', 'josé@example.org'],
  ['jose\u0301@example.org', 'josé@example.org'],
  ['ana@bücher.example', 'ana@bucher.example'],
  ['ana@faß.example', 'ana@fass.example'],
  ['ana@example.org', 'ana@ex%61mple.org'],
  ['ana@xn--zzzzzz.example', 'ana@zzzzzz.example'],
  ['ana@pаypal.example', 'ana@paypal.example'],
  ['ana@example.org', 'ana@example.org.example'],
  ['+34600000001', '+34600000002'],
  ['+34600000001', '+346000000010'],
  ['+525512345678', '+525512345679'],
  ['+5491123456789', '+5491123456780'],
];

const claimsOf = (id: string, address: string) =>
  parseClaims(
    {
      sub: id,
      ...(address.includes('@')
        ? { email: address, email_verified: 'true' }
        : { phone_number: address, phone_number_verified: 'true' }),
    },
    { capabilitiesClaim: 'groups', trustIssuerAddresses: false },
  );
const callerOf = (address: string) => ({
  ...claimsOf('caller-id', address),
  capabilities: new Set<string>(),
  admin: false,
});
const named = (address: string) => (address.includes('@') ? { email: address } : { phone: address });
const inviting = (...addresses: string[]) =>
  meetingOf({
    participants: addresses.map((address, index) => participantOf({ id: `p${index}`, ...named(address) })),
  });
const now = new Date('2027-02-02T10:00:00Z');
const patched = (before: string, after: string) =>
  patchMeeting(
    inviting(before),
    { participants: [named(after)] },
    { organizer: { id: 'alice-id' }, timeZone: 'UTC', languages: ['en'], now, newId: () => 'new' },
  );

/** Every place that says whether two addresses are one person's. */
const places: Record<string, (one: string, other: string) => boolean> = {
  'entries of a new meeting': (one, other) => distinctPeople([named(one), named(other)]).people.length === 1,
  'the organizer among them': (one, other) => isOrganizer(named(one), { id: 'alice-id', ...named(other) }),
  'a participant in a PATCH': (one, other) => patched(one, other).participants[0]?.id === 'p0',
  'what a PATCH tells of': (one, other) => patched(one, other).sequence === 1,
  'who is taken off by a PATCH': (one, other) => patched(one, other).removed.length === 0,
  'the claims of who reads it': (one, other) => viewerOf(inviting(one), callerOf(other)) === 'participant',
  'the rows of deliveries': (one, other) => addressHash('m', one) === addressHash('m', other),
  reminders: (one, other) => {
    const facts = {
      organizer: undefined,
      attendees: new Map(),
      addressesOf,
      devices: new Map(),
      states: new Map(),
      toldLately: new Set<string>(),
    };
    const meeting = inviting(one, other);
    const part = new Set(remindedIds(meeting));
    return owedReminders(meeting, { ...facts, part, channels: [email, sms] }).length === 1;
  },
  'the rows of listings': (one, other) => invitedKeys(inviting(one, other), 'alice-id').length === 1,
  erasure: (one, other) => withoutUser(inviting(one), callerOf(other), now).participants.length === 0,
};

describe.each(Object.entries(places))('two spellings in %s', (_, isOne) => {
  test.each(onePerson)('are one person: %s, %s', (one, other) => {
    expect([isOne(one, other), isOne(other, one)]).toEqual([true, true]);
  });

  test.each(twoPeople)('are two people: %s, %s', (one, other) => {
    expect([isOne(one, other), isOne(other, one)]).toEqual([false, false]);
  });
});

describe('the directory', () => {
  let service: TestService;
  let users: Directory;
  let people = 0;

  beforeAll(async () => {
    service = await startService();
    users = directory(service.table);
  });

  afterAll(() => service.stop());

  /** Whether a participant named by one address is the user who verified the other, and no more once the first user did. */
  async function isFound(one: string, other: string): Promise<boolean> {
    people += 1;
    const id = `user-${people}`;
    await users.admit(claimsOf(id, other), now);
    const found = await usersAmong([{ id: 'p', ...named(one) }], users);
    await users.remove(id, now);
    await users.erase(id, now);
    return found.get('p')?.id === id;
  }

  test.each(onePerson)('finds one person by %s, %s', async (one, other) => {
    expect([await isFound(one, other), await isFound(other, one)]).toEqual([true, true]);
  });

  test.each(twoPeople)('does not take for one person %s, %s', async (one, other) => {
    expect([await isFound(one, other), await isFound(other, one)]).toEqual([false, false]);
  });
});

test.each(onePerson.filter(([one]) => one.includes('@')))(
  'the listing of the directory finds %s by %s',
  (one, other) => {
    expect([entryPrefix('email', one), entryPrefix('email', other)]).toEqual([
      entryPrefix('email', other),
      entryPrefix('email', one),
    ]);
  },
);

describe('an address in a meeting', () => {
  test.each([
    ['sampark@कंपनी.भारत', 'sampark@कंपनी.भारत'],
    ['ana@bu\u0308cher.example', 'ana@bücher.example'],
    ['Ana@Example.ORG', 'Ana@Example.ORG'],
    ['ana@xn--bcher-kva.example', 'ana@xn--bcher-kva.example'],
    [`ana@${'a'.repeat(63)}.org`, `ana@${'a'.repeat(63)}.org`],
    [`${'a'.repeat(64)}@example.org`, `${'a'.repeat(64)}@example.org`],
    ['ana@r3---sn.example', 'ana@r3---sn.example'],
    ['ana@1.2.example', 'ana@1.2.example'],
    ['ana@例え\u3002jp', 'ana@例え\u3002jp'],
    ['ana@例え\uff0ejp', 'ana@例え\uff0ejp'],
    ['ana@例え\uff61jp', 'ana@例え\uff61jp'],
    ['ana@mail\uff61example\uff0eorg', 'ana@mail\uff61example\uff0eorg'],
  ])('is taken: %s', (given, kept) => {
    expect(participantFields.email.safeParse(given)).toEqual({ success: true, data: kept });
  });

  test.each([
    'x@x.123',
    'x@127.0.0.1',
    'x@x.0x1',
    'a@a.-b',
    'a@-a.example',
    'a@a-.example',
    'a@xn--zzzzzz.com',
    'a@xn--.com',
    'a@xn--abc-.com',
    'a@bücher.xn--zzzzzz',
    'a@example',
    'a@example.org.',
    'a@.example.org',
    'a@例え\uff0e\uff0ejp',
    'a\uff0eb@example.org',
    'a@a..example',
    'a@a_b.example',
    'a@ex%61mple.org',
    'a@ex%61mple.bücher.example',
    `a@${'a'.repeat(64)}.org`,
    `a@${'é'.repeat(60)}.example`,
    `${'a'.repeat(65)}@example.org`,
    `a@${'a.'.repeat(126)}org`,
    'a@exam\u00adple.org',
    'a@example.org\n',
    '\u212aevin@example.org',
    'josé@example.org',
    '"ana"@example.org',
    'a@[127.0.0.1]',
  ])('is refused: %j', (given) => {
    const { error } = participantFields.email.safeParse(given);

    expect(error?.issues.map(({ message }) => message)).toEqual([
      'must be a mail address such as ana@example.org, of at most 254 characters',
    ]);
  });
});

describe('what an issuer verified', () => {
  test.each([
    ['an address that is none', { email: 'ana', email_verified: 'true' }],
    ['a number in place of an address', { email: '+34600000001', email_verified: 'true' }],
    [
      'an address longer than a key of the table',
      { email: `${'a'.repeat(3_000)}@example.org`, email_verified: 'true' },
    ],
    ['half a character', { email: 'ana\ud83c@example.org', email_verified: 'true' }],
  ])('counts for nothing where it is %s', (_, claims) => {
    const { email: mail, phone } = parseClaims(
      { sub: 'ana-id', ...claims },
      { capabilitiesClaim: 'groups', trustIssuerAddresses: false },
    );

    expect({ mail, phone }).toEqual({ mail: undefined, phone: undefined });
  });
});
