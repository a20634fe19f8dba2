import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listingRow } from '../../functions/meetings/listings/listing.ts';
import type { Meeting } from '../../functions/meetings/meeting.ts';
import { meetingStore } from '../../functions/meetings/meetingStore.ts';
import { writeRows } from '../../functions/runtime/table.ts';
import { meetingOf } from '../meetings/meetings.ts';
import { alice, type Call, call, startService, type TestService } from '../service.ts';

let service: TestService;
let open: (link: string) => ReturnType<typeof call>;
let users = 0;
let user: { id: string; alias: string };

beforeAll(async () => {
  service = await startService({ linkFormat: 'user' });
  const { handler: openRoom } = await import('../../functions/handlers/http/rooms/openRoom.handler.ts');
  open = (link) => call(openRoom as never, { path: { link } } satisfies Call);
});

beforeEach(async () => {
  const { handler: readMe } = await import('../../functions/handlers/http/users/readMe.handler.ts');
  users += 1;
  user = { id: `user-${users}`, alias: `Ana.${users}` };
  await call(readMe as never, { claims: { ...alice, sub: user.id, 'cognito:username': user.alias } });
});

afterAll(() => service.stop());

const minutes = (count: number) => new Date(Date.now() + count * 60_000);
const kept: Meeting[] = [];

async function meetingFrom(start: number, end: number, changes: Partial<Meeting> = {}): Promise<Meeting> {
  const id = String(kept.length).padStart(26, 'a');
  const times = { validSince: minutes(start), validUntil: minutes(end) };
  const meeting = meetingOf({ id, organizerId: user.id, linkName: user.alias, ...times, ...changes });
  await meetingStore(service.table, 30).create(meeting, undefined);
  kept.push(meeting);
  return meeting;
}

describe('a link that ends in an organizer’s alias', () => {
  test('opens their meeting that is on, the latest begun of several', async () => {
    await meetingFrom(-60, 60, { name: 'long' });
    await meetingFrom(-300, -240, { name: 'over' });
    const meeting = await meetingFrom(-5, 30, { name: 'latest' });
    await meetingFrom(-2, 30, { name: 'cancelled', status: 'cancelled' });
    await meetingFrom(5, 60, { name: 'next' });
    const { status, body: room } = await open(user.alias.toLowerCase());

    expect(status).toBe(200);
    expect(room).toMatchObject({ name: 'latest', organizer: user.alias });
    expect(room.room).toBe(`${meeting.id}.${meeting.key}`);
  });

  test('tells of the next where none is on', async () => {
    await meetingFrom(-300, -240);
    const meeting = await meetingFrom(120, 180, { name: 'next' });
    await meetingFrom(60, 90, { status: 'cancelled' });
    await meetingFrom(600, 700, { name: 'later' });

    expect(await open(user.alias)).toMatchObject({
      status: 403,
      body: { code: 'too-early', name: 'next', validSince: meeting.validSince.toISOString() },
    });
  });

  test('opens the next within the minutes that rooms open early', async () => {
    await meetingFrom(9, 60, { name: 'soon' });

    expect((await open(user.alias)).body).toMatchObject({ name: 'soon' });
  });

  test('opens nothing where they attend a meeting that another organizes, or have moved it', async () => {
    const attended = await meetingFrom(-5, 30, { organizerId: 'another' });
    const moved = await meetingFrom(-5, 30);
    const later = { validSince: minutes(600), validUntil: minutes(660) };
    await writeRows(service.table, [
      listingRow(attended, { userId: user.id, role: 'participant', named: [] }, 4_000_000_000),
    ]);
    expect(await meetingStore(service.table, 30).change(moved, { ...moved, ...later, revision: 2 })).toBe(true);

    expect(await open(user.alias)).toMatchObject({ status: 403, body: { validSince: later.validSince.toISOString() } });
  });

  test.each(['nobody', '%E0%A4%A', '', 'a'.repeat(5_000)])('does not exist as %j', async (link) => {
    expect(await open(link)).toMatchObject({ status: 404, body: { code: 'no-such-room' } });
  });

  test('does not exist where they have no meeting', async () => {
    expect(await open(user.alias)).toMatchObject({ status: 404, body: { code: 'no-such-room' } });
  });

  test('finds their meeting among many', async () => {
    for (let index = 0; index < 70; index += 1) await meetingFrom(-1_000 - index, -900);
    await meetingFrom(-5, 30, { name: 'on' });

    expect((await open(user.alias)).body.name).toBe('on');
  });

  test('is what people are sent, and stays after the alias has changed', async () => {
    const { handler: createMeeting } = await import('../../functions/handlers/http/meetings/createMeeting.handler.ts');
    const { handler: patchMe } = await import('../../functions/handlers/http/users/patchMe.handler.ts');
    const claims = { ...alice, sub: user.id, 'cognito:username': user.alias };
    const body = { name: 'Mine', participants: [], validSince: minutes(5).toISOString() };
    const first = await call(createMeeting as never, { claims, body });
    const headers = { 'content-type': 'application/merge-patch+json' };
    for (const alias of [`ana-${users}`, `anne-${users}`]) {
      expect((await call(patchMe as never, { claims, headers, body: { alias } })).status).toBe(200);
    }
    const second = await call(createMeeting as never, { claims, body: { ...body, validSince: minutes(600) } });

    expect(first.body.url).toBe(`https://meet.example.org/m/${user.alias}`);
    expect(second.body.url).toBe(`https://meet.example.org/m/anne-${users}`);
    for (const link of [user.alias, `ana-${users}`, `ANNE-${users}`]) {
      expect((await open(link)).body.name).toBe('Mine');
    }
  });

  test('opens a meeting no more that got a new link, which is its own', async () => {
    const { handler: createMeeting } = await import('../../functions/handlers/http/meetings/createMeeting.handler.ts');
    const { handler: patchMeeting } = await import('../../functions/handlers/http/meetings/patchMeeting.handler.ts');
    const claims = { ...alice, sub: user.id, 'cognito:username': user.alias };
    const body = { name: 'Mine', participants: [], validSince: minutes(5).toISOString() };
    const { body: created } = await call(createMeeting as never, { claims, body });
    expect((await open(user.alias)).status).toBe(200);
    const headers = { 'content-type': 'application/merge-patch+json' };
    const change = { claims, headers, path: { id: created.id }, body: { rotateLink: true } };
    const { body: first } = await call(patchMeeting as never, change);
    const { body: second } = await call(patchMeeting as never, change);

    expect(await open(user.alias)).toMatchObject({ status: 404, body: { code: 'no-such-room' } });
    expect(first.url).toMatch(new RegExp(`/m/${created.id}\\.[0-9a-z]+$`));
    expect(second.url).not.toBe(first.url);
    expect((await open(first.url.split('/').at(-1))).status).toBe(404);
    expect((await open(second.url.split('/').at(-1))).body).toMatchObject({ name: 'Mine', room: created.id });
  });

  test('opens no meeting that has had a link of its own from the beginning', async () => {
    await meetingFrom(-5, 30, { linkName: undefined });

    expect((await open(user.alias)).status).toBe(404);
  });

  test('leaves the links of single meetings as they are', async () => {
    const meeting = await meetingFrom(-5, 30);
    const { body: room } = await open(`${meeting.id}.${meeting.key}`);

    expect(room.room).toBe(meeting.id);
  });
});
