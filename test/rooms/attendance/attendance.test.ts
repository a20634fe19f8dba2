import { parse } from 'csv-parse/sync';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { personalLinkOf } from '../../../functions/meetings/links/personalLink.ts';
import type { Meeting } from '../../../functions/meetings/meeting.ts';
import { expiryOf, meetingStore } from '../../../functions/meetings/meetingStore.ts';
import { hostTokenStore } from '../../../functions/rooms/hostTokenStore.ts';
import { allRows, writeRows } from '../../../functions/runtime/table.ts';
import { meetingOf, participantOf } from '../../meetings/meetings.ts';
import { alice, bob, type Call, call, root, startService, type TestService, testSettings } from '../../service.ts';
import { startSockets, type TestSocket, type TestSockets } from '../sockets.ts';

type Door = (options: Call) => ReturnType<typeof call>;

let service: TestService;
let sockets: TestSockets;
let attendance: Door;
let sweep: (meeting: Meeting) => Promise<void>;
let made = 0;

const start = new Date('2027-03-01T09:00:00Z');

beforeAll(async () => {
  service = await startService({ roomCapacity: 4 });
  sockets = await startSockets();
  const { handler } = await import('../../../functions/handlers/http/rooms/readAttendance.handler.ts');
  attendance = (options) => call(handler as never, { claims: alice, ...options });
  const { handler: due } = await import('../../../functions/handlers/schedule/onRoomDue.handler.ts');
  sweep = ({ id }) => due({ roomId: id });
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: start });
});

afterEach(() => {
  vi.useRealTimers();
});

afterAll(async () => {
  await sockets.stop();
  await service.stop();
});

/** Moves the clock; whoever is to be there all the time says so every few minutes, as pages do. */
async function at(minutes: number, ...there: readonly TestSocket[]): Promise<void> {
  const to = start.getTime() + minutes * 60_000;
  while (there.length > 0 && to - Date.now() > 4 * 60_000) {
    vi.setSystemTime(Date.now() + 4 * 60_000);
    for (const socket of there) await sockets.send(socket, { action: 'ping' });
  }
  vi.setSystemTime(to);
}

const time = (minutes: number) => new Date(start.getTime() + minutes * 60_000).toISOString();

const ana = participantOf({ id: 'ana000000000', email: 'ana@example.org', name: 'Ana' });
const ben = participantOf({ id: 'ben000000000', phone: '+34600000002' });

/** A meeting from 9:00 to 10:00 with Ana and Ben, but for what a test changes. */
async function newMeeting(changes: Partial<Meeting> = {}): Promise<Meeting> {
  made += 1;
  const id = String(made).padStart(26, 'v');
  const times = { validSince: start, validUntil: new Date(start.getTime() + 60 * 60_000) };
  const meeting = meetingOf({
    id,
    seal: 'seal',
    participants: [ana, ben],
    organizerId: 'alice-id',
    ...times,
    ...changes,
  });
  await meetingStore(service.table, testSettings.retentionDays).create(meeting, undefined);
  return meeting;
}

/** What the page of a personal link says of who comes. */
function personOf(meeting: Meeting, person: { readonly id: string }): string {
  return personalLinkOf(meeting, person, testSettings)?.split('~')[1] ?? '';
}

async function enter(meeting: Meeting, name: string, fields: object = {}): Promise<TestSocket> {
  const socket = await sockets.open({ room: meeting.id, key: meeting.key });
  if (!socket) throw new Error('The socket was refused');
  await sockets.send(socket, { action: 'join', name, camera: false, microphone: true, ...fields });
  return socket;
}

const seatOf = ({ received }: TestSocket) => {
  const joined = received.find((message) => message.type === 'joined');
  if (joined?.type !== 'joined') throw new Error(`Not let in: ${JSON.stringify(received)}`);
  return joined.seat.token;
};

const read = async (meeting: Meeting) => (await attendance({ path: { id: meeting.id } })).body;
const none = { seen: false, seconds: 0, visits: [] };

describe('the attendance of a meeting', () => {
  test('tells who came by their link, who as the organizer, and who by the link of all', async () => {
    const meeting = await newMeeting();
    await hostTokenStore(service.table).keep(
      meeting.id,
      `host-${meeting.id}`,
      { userId: 'alice-id' },
      new Date(time(5)),
    );
    await at(-5);
    const host = await enter(meeting, 'Alice', { host: `host-${meeting.id}` });
    await at(1, host);
    const first = await enter(meeting, 'Annie', { person: personOf(meeting, ana) });
    await at(10, host, first);
    const eve = await enter(meeting, 'Eve');
    await at(20, host, first, eve);
    await sockets.send(first, { action: 'leave' });
    await sockets.close(eve, 1001);
    await at(30, host);
    const again = await enter(meeting, 'Annie', { person: personOf(meeting, ana) });
    await at(40, host, again);

    const { status, headers, body } = await attendance({ path: { id: meeting.id } });
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store', vary: 'accept' });
    expect(body).toEqual({
      id: meeting.id,
      validSince: time(0),
      validUntil: time(60),
      summary: { invited: 2, seen: 1, others: 1 },
      organizer: { seen: true, seconds: 2_700, visits: [{ from: time(-5) }] },
      participants: [
        {
          id: ana.id,
          name: 'Ana',
          email: 'ana@example.org',
          seen: true,
          seconds: 1_740,
          visits: [{ from: time(1), until: time(20) }, { from: time(30) }],
        },
        { id: ben.id, phone: '+34600000002', ...none },
      ],
      others: [{ name: 'Eve', seen: true, seconds: 600, visits: [{ from: time(10), until: time(20) }] }],
    });
    expect(host.isOpen).toBe(true);
  });

  test('is a file where that is asked for, which a spreadsheet reads and takes nothing of for a formula', async () => {
    const meeting = await newMeeting({
      participants: [{ ...ana, name: '=HYPERLINK("https://evil.example", "Ana")' }, ben],
    });
    await at(1);
    const first = await enter(meeting, 'Annie', { person: personOf(meeting, ana) });
    const other = await enter(meeting, '@Zoë, "the\tgreat"'.replace('\t', ' '));
    await at(3);
    await sockets.close(first, 1000);
    await sockets.close(other, 1000);

    const { status, headers, body } = await attendance({ path: { id: meeting.id }, headers: { accept: 'text/csv' } });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="attendance.csv"',
    });
    expect(body).toBe(
      [
        '\uFEFFkind,id,name,email,phone,seen,from,until,seconds',
        'organizer,,,,,no,,,',
        `participant,ana000000000,"'=HYPERLINK(""https://evil.example"", ""Ana"")",ana@example.org,,yes,${time(1)},${time(3)},120`,
        "participant,ben000000000,,,'+34600000002,no,,,",
        `other,,"'@Zoë, ""the great""",,,yes,${time(1)},${time(3)},120`,
        '',
      ].join('\r\n'),
    );
    expect(parse(body, { bom: true, columns: true, record_delimiter: '\r\n' })[1]).toMatchObject({
      id: 'ana000000000',
      name: '\'=HYPERLINK("https://evil.example", "Ana")',
      seconds: '120',
    });
  });

  test.each([
    ['who reloads at once', 1, [{ from: time(2), until: time(9) }]],
    ['who is back after two minutes', 2, [{ from: time(2), until: time(9) }]],
    [
      'who is back after more',
      2.1,
      [
        { from: time(2), until: time(4) },
        { from: time(6.1), until: time(9) },
      ],
    ],
  ])('counts %s with their seat', async (_who, minutes, visits) => {
    const meeting = await newMeeting();
    await at(2);
    const first = await enter(meeting, 'Ana', { person: personOf(meeting, ana) });
    await at(4);
    await sockets.close(first);
    await at(4 + minutes);
    const second = await enter(meeting, 'Ana', { seat: seatOf(first) });
    await at(9);
    await sockets.close(second, 1000);
    expect((await read(meeting)).participants[0]).toMatchObject({ seen: true, visits });
  });

  test('counts who is back in another seat at once as one visit, and two devices at a time once', async () => {
    const meeting = await newMeeting();
    const phone = await enter(meeting, 'Ana', { person: personOf(meeting, ana) });
    await at(5);
    const laptop = await enter(meeting, 'Ana', { person: personOf(meeting, ana) });
    await at(10, phone, laptop);
    await sockets.close(phone, 1000);
    await at(20, laptop);
    await sockets.close(laptop, 1000);
    await at(21);
    const back = await enter(meeting, 'Ana', { person: personOf(meeting, ana) });
    await at(25);
    await sockets.close(back, 1000);
    expect((await read(meeting)).participants[0]).toMatchObject({
      seconds: 1_500,
      visits: [{ from: time(0), until: time(25) }],
    });
  });

  test('keeps how long somebody was there whose connection ended without a word', async () => {
    const meeting = await newMeeting();
    const socket = await enter(meeting, 'Ana', { person: personOf(meeting, ana) });
    sockets.crash(socket);
    await at(12);
    // Nobody has noticed yet: they were there until their seat lapsed, ten minutes after they were heard of last.
    const visits = [{ from: time(0), until: time(10) }];
    expect((await read(meeting)).participants[0]).toMatchObject({ visits });
    await sweep(meeting);
    expect((await read(meeting)).participants[0]).toMatchObject({ visits });
    await at(18);
    await enter(meeting, 'Ana', { seat: seatOf(socket) });
    expect((await read(meeting)).participants[0]).toMatchObject({ visits: [...visits, { from: time(18) }] });
  });

  test('keeps who was there when a host ended the meeting, and when its time was up', async () => {
    const meeting = await newMeeting();
    await hostTokenStore(service.table).keep(
      meeting.id,
      `host-${meeting.id}`,
      { userId: 'alice-id' },
      new Date(time(5)),
    );
    const host = await enter(meeting, 'Alice', { host: `host-${meeting.id}` });
    await enter(meeting, 'Ana', { person: personOf(meeting, ana) });
    await at(7);
    await sockets.send(host, { action: 'end' });
    const ended = [{ from: time(0), until: time(7) }];
    expect(await read(meeting)).toMatchObject({
      organizer: { visits: ended },
      participants: [{ visits: ended }, none],
    });

    const other = await newMeeting();
    await at(50);
    await enter(other, 'Ana', { person: personOf(other, ana) });
    await at(60);
    await sweep(other);
    expect((await read(other)).participants[0]).toMatchObject({ visits: [{ from: time(50), until: time(60) }] });
  });

  test('keeps who was let in by a host', async () => {
    const meeting = await newMeeting({ lobby: true });
    await hostTokenStore(service.table).keep(
      meeting.id,
      `host-${meeting.id}`,
      { userId: 'alice-id' },
      new Date(time(5)),
    );
    const host = await enter(meeting, 'Alice', { host: `host-${meeting.id}` });
    const guest = await enter(meeting, 'Ana', { person: personOf(meeting, ana) });
    await at(3);
    expect((await read(meeting)).participants[0], 'who waits is not there').toMatchObject(none);
    const knock = host.received.find((message) => message.type === 'knocking');
    await sockets.send(host, { action: 'admit', id: knock?.type === 'knocking' ? knock.id : '' });
    seatOf(guest);
    await at(4);
    expect((await read(meeting)).participants[0]).toMatchObject({ seconds: 60, visits: [{ from: time(3) }] });
  });

  test.each([
    ["another's MAC", (meeting: Meeting) => personOf(meeting, ana).replace(ana.id, ben.id)],
    ['a MAC that is cut', (meeting: Meeting) => personOf(meeting, ana).slice(0, -1)],
    ['no MAC', () => ana.id],
  ])('knows nobody by %s, and lets them in as anybody', async (_what, mark) => {
    const meeting = await newMeeting();
    const socket = await enter(meeting, 'Mallory', { person: mark(meeting) });
    seatOf(socket);
    const { participants, others } = await read(meeting);
    expect(participants).toMatchObject([none, none]);
    expect(others).toMatchObject([{ name: 'Mallory', seen: true }]);
  });

  test('is kept as long as the meeting', async () => {
    const meeting = await newMeeting();
    const socket = await enter(meeting, 'Ana', { person: personOf(meeting, ana) });
    await sockets.close(socket, 1000);
    const rows = await allRows(service.table, `MEETING#${meeting.id}`, 'VISIT#');
    expect(rows.map(({ expiresAt }) => expiresAt)).toEqual([expiryOf(meeting, testSettings.retentionDays)]);
  });

  test('leaves out a visit that a later release wrote otherwise, and shows the rest', async () => {
    const meeting = await newMeeting();
    const socket = await enter(meeting, 'Ana', { person: personOf(meeting, ana) });
    await at(1);
    await sockets.close(socket, 1000);
    const next = { from: 'at nine', until: 'at ten', seatId: 'a', name: 'Ana', host: false, expiresAt: 9e9 };
    await writeRows(service.table, [{ pk: `MEETING#${meeting.id}`, sk: 'VISIT#at nine#a', ...next }]);
    expect(await read(meeting)).toMatchObject({ participants: [{ seconds: 60 }, none], others: [] });
  });

  test('is for the organizer and admins alone', async () => {
    const meeting = await newMeeting();
    const path = { id: meeting.id };
    expect((await attendance({ path, claims: root })).status).toBe(200);
    expect(await attendance({ path, claims: bob })).toMatchObject({
      status: 404,
      body: { code: 'meeting-not-found', detail: 'There is no such meeting.' },
    });
  });
});
