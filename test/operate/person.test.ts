import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { invitedRows } from '../../functions/meetings/listings/listing.ts';
import type { Meeting, Participant } from '../../functions/meetings/meeting.ts';
import { expiryOf, meetingKey, meetingStore } from '../../functions/meetings/meetingStore.ts';
import { allRows, writeRows } from '../../functions/runtime/table.ts';
import { directory } from '../../functions/users/directoryStore.ts';
import { addressKey } from '../../functions/users/userRows.ts';
import { erasePerson } from '../../infra/operate/erasePerson.ts';
import { exportPerson } from '../../infra/operate/exportPerson.ts';
import { personOptions } from '../../infra/operate/options.ts';
import { keepMeeting, writeMeeting } from '../deliveries/deliveries.ts';
import { participantOf } from '../meetings/meetings.ts';
import { startService, type TestService } from '../service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const bob = participantOf({ id: 'bob', email: 'bob@example.org' });
const visit = { seatId: 'seat', name: 'Somebody', host: false, from: '2027-03-01T10:00:00.000Z' };
const meetings = () => meetingStore(service.table, 30);

/** A meeting as the stream has listed it for the addresses that were invited. */
async function invite(person: Partial<Participant>, changes: Partial<Meeting> = {}): Promise<Meeting> {
  const guest = participantOf({ id: 'guest', name: 'Guest', ...person });
  const meeting = await keepMeeting(service.table, { participants: [guest, bob], ...changes });
  const sent = { pk: meetingKey(meeting.id).pk, state: 'sent', expiresAt: expiryOf(meeting, 30) };
  await writeRows(service.table, [
    ...invitedRows(meeting, expiryOf(meeting, 30)),
    { ...sent, sk: 'DELIVERY#0#email#guest' },
    { ...sent, sk: 'DELIVERY#0#email#bob' },
    { ...sent, ...visit, sk: 'VISIT#2027-03-01T10:00:00.000Z#seat-1#guest' },
    { ...sent, ...visit, sk: 'VISIT#2027-03-01T10:00:00.000Z#seat-2#bob' },
  ]);
  return meeting;
}

describe('export', () => {
  test('holds the meetings of an address with what is theirs alone, and neither keys nor anybody else', async () => {
    const first = await invite({ email: 'eve@bücher.example' });
    const second = await invite({ email: 'EVE@xn--bcher-kva.example' });

    const all = await exportPerson('Eve@Bücher.example', service.table);

    expect(all).toMatchObject({ user: undefined, devices: [] });
    expect(new Set(all.meetings.map(({ id }) => id))).toEqual(new Set([first.id, second.id]));
    const [one] = all.meetings.filter(({ id }) => id === first.id);
    expect(one).toEqual({
      id: first.id,
      name: first.name,
      description: first.description,
      validSince: first.validSince.toISOString(),
      validUntil: first.validUntil.toISOString(),
      status: 'scheduled',
      isOrganizer: false,
      entries: first.participants.filter(({ id }) => id === 'guest'),
      rows: [
        expect.objectContaining({ sk: 'DELIVERY#0#email#guest', state: 'sent' }),
        expect.objectContaining({ sk: 'VISIT#2027-03-01T10:00:00.000Z#seat-1#guest', name: 'Somebody' }),
      ],
    });
    expect(JSON.stringify(all)).not.toContain('bob@example.org');
    expect(JSON.stringify(all)).not.toContain(first.key);
  });

  test('holds the entry and the devices of a user, and what they are invited to by their other address', async () => {
    const claims = { id: 'ana-id', username: 'ana', email: 'ana@example.org', phone: '+34610000001', capabilities: [] };
    await directory(service.table).admit(claims, new Date());
    const { id } = await invite({ phone: '+34610000001' });

    const all = await exportPerson('ana@example.org', service.table);

    expect(all.user).toMatchObject({ id: 'ana-id', username: 'ana', mobilePhone: '+34610000001' });
    expect(all.meetings.map((meeting) => meeting.id)).toEqual([id]);
  });

  test('holds what became of what an organizer was told of their own meeting, to them alone', async () => {
    const claims = { id: 'oda-id', username: 'oda', email: 'oda@example.org', phone: undefined, capabilities: [] };
    await directory(service.table).admit(claims, new Date());
    const meeting = await invite({ email: 'pia@example.org' }, { organizerId: 'oda-id' });
    const { pk } = meetingKey(meeting.id);
    await writeRows(service.table, [
      { pk, sk: 'DELIVERY#0#email#organizer', state: 'sent' },
      { pk: 'USER#oda-id', sk: `MEETING#${meeting.validSince.toISOString()}#${meeting.id}`, meetingId: meeting.id },
    ]);

    const [hers] = (await exportPerson('oda@example.org', service.table)).meetings;
    const [others] = (await exportPerson('pia@example.org', service.table)).meetings;

    expect(hers).toMatchObject({ isOrganizer: true, entries: [] });
    expect(hers?.rows).toEqual([{ pk, sk: 'DELIVERY#0#email#organizer', state: 'sent' }]);
    expect(others?.rows.map(({ sk }) => sk)).not.toContain('DELIVERY#0#email#organizer');
  });

  test('refuses what is no address, in words', async () => {
    await expect(exportPerson('eve@localhost', service.table)).rejects.toThrow(
      '--person must be a mail address such as ana@example.org, of at most 254 characters',
    );
    await expect(exportPerson('12', service.table)).rejects.toThrow(
      '--person must be an MSISDN: 7 to 15 digits with the country code, with or without +',
    );
  });
});

describe('erase', () => {
  const options = (yes: boolean) => ({ table: service.table, retentionDays: 30, yes });

  test('says what it would do, and changes nothing until told to', async () => {
    const { id } = await invite({ email: 'dry@example.org' });

    expect(await erasePerson('dry@example.org', options(false))).toEqual({
      meetings: [id],
      isDone: false,
      failures: [],
    });

    expect((await meetings().get(id))?.revision).toBe(1);
  });

  test('takes somebody who is no user out of every meeting, those taken off and past ones too, and tells nobody', async () => {
    const past = { validSince: new Date('2026-01-01T10:00Z'), validUntil: new Date('2026-01-01T11:00Z') };
    const coming = await invite({ email: 'gone@example.org' });
    const ended = await invite({ email: 'Gone@example.org' }, past);

    const erasure = await erasePerson('gone@example.org', options(true));

    expect(erasure).toMatchObject({ isDone: true, failures: [] });
    for (const before of [coming, ended]) {
      const after = await meetings().get(before.id);
      expect(after).toMatchObject({ participants: [bob], removed: [], revision: 2, sequence: before.sequence });
      const visits = await allRows(service.table, meetingKey(before.id).pk, 'VISIT#');
      expect(visits.map(({ sk }) => sk)).toEqual(['VISIT#2027-03-01T10:00:00.000Z#seat-2#bob']);
    }
    expect(await allRows(service.table, addressKey('gone@example.org').pk)).toEqual([]);
    expect(await erasePerson('gone@example.org', options(true))).toEqual({ meetings: [], isDone: true, failures: [] });
  });

  test('finds the meetings that they were taken off lately, too', async () => {
    const guest = participantOf({ id: 'guest', email: 'off@example.org' });
    const { id, ...before } = await invite({ email: 'off@example.org' });
    const meeting = { ...before, id, participants: [bob], removed: [guest], revision: 2 };
    await writeMeeting(service.table, meeting);
    const [{ pk, sk } = { pk: '', sk: '' }] = invitedRows({ ...meeting, participants: [guest] }, 9e9);
    await writeRows(service.table, [{ pk, sk, meetingId: id, revision: 2, gone: true, expiresAt: 9e9 }]);

    expect(await erasePerson('off@example.org', options(true))).toEqual({ meetings: [id], isDone: true, failures: [] });
    expect(await meetings().get(id)).toMatchObject({ participants: [bob], removed: [], revision: 3 });
    expect(await allRows(service.table, pk)).toEqual([]);
  });

  test('leaves a user to the call that deletes users', async () => {
    const claims = { id: 'kim-id', username: 'kim', email: 'kim@example.org', phone: undefined, capabilities: [] };
    await directory(service.table).admit(claims, new Date());

    await expect(erasePerson('kim@example.org', options(true))).rejects.toThrow(
      'That address is of the user kim-id; DELETE /users/kim-id erases them.',
    );
  });
});

describe('the options of both', () => {
  const usage = "Usage: npm run erase -- --person ADDRESS --table NAME (the stack's output TableName)";

  test('are a person and a table, and to go on in earnest', () => {
    const args = ['--person', 'eve@example.org', '--table', 'Meetings-Table'];
    const given = { person: 'eve@example.org', table: 'Meetings-Table' };

    expect(personOptions('erase', args)).toEqual({ ...given, yes: false });
    expect(personOptions('erase', [...args, '--yes'])).toEqual({ ...given, yes: true });
  });

  test.each([
    [['--person', 'eve@example.org'], usage],
    [['--table', 'Meetings-Table'], usage],
    [['--persn', 'eve@example.org'], usage],
  ])('%j is told how the command is called', (args, words) => {
    expect(() => personOptions('erase', args)).toThrow(words);
  });
});
