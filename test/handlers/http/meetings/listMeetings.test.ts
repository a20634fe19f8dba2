import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { invitedRows, listingRow } from '../../../../functions/meetings/listings/listing.ts';
import type { Meeting } from '../../../../functions/meetings/meeting.ts';
import { meetingStore } from '../../../../functions/meetings/meetingStore.ts';
import { writeRows } from '../../../../functions/runtime/table.ts';
import { meetingOf, participantOf } from '../../../meetings/meetings.ts';
import { type Call, type Claims, call, startService, type TestService } from '../../../service.ts';

let service: TestService;
let list: (claims: Claims, query?: Record<string, string>) => ReturnType<typeof call>;

beforeAll(async () => {
  service = await startService();
  const { handler } = await import('../../../../functions/handlers/http/meetings/listMeetings.handler.ts');
  list = (claims, query = {}) => call(handler as never, { claims, query } satisfies Call);
});

afterAll(() => service.stop());

let users = 0;

/** Somebody whom no other test knows. */
function somebody(): Claims {
  users += 1;
  return { sub: `user-${users}`, email: `user-${users}@example.org`, email_verified: 'true' };
}

let meetings = 0;

/** A meeting of a user, or one that they attend, with its entry as the stream writes it. */
async function keep(claims: Claims, role: 'organizer' | 'participant', changes: Partial<Meeting>): Promise<Meeting> {
  meetings += 1;
  const userId = claims.sub ?? '';
  const meeting = meetingOf({
    id: `m${String(meetings).padStart(25, '0')}`,
    organizerId: role === 'organizer' ? userId : 'another',
    participants: [participantOf({ id: 'p', ...(claims.email ? { email: claims.email } : {}) })],
    ...changes,
  });
  await meetingStore(service.table, 30).create(meeting, undefined);
  if (role === 'participant') await writeRows(service.table, [listingRow(meeting, userId, role, 9e9)]);
  return meeting;
}

const day = (number: number) => new Date(Date.UTC(2030, 0, number, 10));
const ids = (body: { meetings: { id: string }[] }) => body.meetings.map(({ id }) => id);

/** All pages, until there is no cursor. */
async function pagesOf(claims: Claims, query: Record<string, string>): Promise<string[][]> {
  const pages: string[][] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const { status, body } = await list(claims, { ...query, ...(cursor === '' ? {} : { cursor }) });
    expect(status).toBe(200);
    pages.push(ids(body));
    cursor = body.cursor;
  }
  return pages;
}

describe('the first list of a user', () => {
  /** Meetings as the stream enters them for addresses that nobody has verified yet. */
  async function invite(person: { email?: string; phone?: string }, count: number): Promise<string[]> {
    const kept: string[] = [];
    for (let index = 1; index <= count; index += 1) {
      meetings += 1;
      const meeting = meetingOf({
        id: `m${String(meetings).padStart(25, '0')}`,
        organizerId: 'another',
        participants: [participantOf({ id: 'p', ...person })],
        validSince: day(index),
      });
      await meetingStore(service.table, 30).create(meeting, undefined);
      await writeRows(service.table, invitedRows(meeting, 9e9));
      kept.push(meeting.id);
    }
    return kept;
  }

  test('holds at once what their addresses were invited to before, each meeting once, in pages', async () => {
    const byMail = await invite({ email: 'Nova@bücher.example' }, 3);
    const byPhone = await invite({ phone: '+525512345678' }, 2);
    const both = await invite({ email: 'nova@xn--bcher-kva.example', phone: '+525512345678' }, 1);
    const claims = {
      sub: 'nova-id',
      email: 'nova@BÜCHER.example',
      email_verified: 'true',
      phone_number: '+5215512345678',
      phone_number_verified: 'true',
    };

    const { status, body } = await list(claims);

    expect(status).toBe(200);
    const byDay = [byMail[0], byPhone[0], both[0], byMail[1], byPhone[1], byMail[2]];
    expect(ids(body)).toEqual(byDay);
    expect(body.meetings.map(({ role }: { role: string }) => role)).toEqual(byDay.map(() => 'participant'));
    expect(await pagesOf(claims, { limit: '4' })).toEqual([byDay.slice(0, 4), byDay.slice(4)]);
  });

  test('holds nothing of an address that their issuer has not verified', async () => {
    await invite({ email: 'vera@example.org' }, 1);

    expect((await list({ sub: 'vera-id', email: 'vera@example.org', email_verified: 'false' })).body).toEqual({
      meetings: [],
    });
  });
});

describe('the list of one’s meetings', () => {
  test('is empty for a newcomer', async () => {
    expect(await list(somebody())).toMatchObject({ status: 200, body: { meetings: [] } });
  });

  test('holds those that one organizes and attends, by their start, and says as what', async () => {
    const me = somebody();
    const second = await keep(me, 'participant', { validSince: day(2), description: 'The plan' });
    const first = await keep(me, 'organizer', { validSince: day(1) });
    await keep(somebody(), 'organizer', { validSince: day(1) });
    const { body } = await list(me);

    expect(body.meetings).toMatchObject([
      { id: first.id, role: 'organizer', participantCount: 1, status: 'scheduled' },
      { id: second.id, role: 'participant', description: 'The plan', validSince: day(2).toISOString() },
    ]);
    expect(body.meetings[1].url).toContain(`/m/${second.id}.`);
    expect(body.cursor).toBeUndefined();
    expect(JSON.stringify(body)).not.toMatch(/example\.org"/);
  });

  test('is bounded by from, which counts, and until, which does not', async () => {
    const me = somebody();
    const kept = await Promise.all([1, 2, 3, 4].map((number) => keep(me, 'organizer', { validSince: day(number) })));
    const expected = [kept[1]?.id, kept[2]?.id];
    const [from, until] = [day(2), day(4)];
    const queries = [
      { from: from.toISOString(), until: until.toISOString() },
      { from: String(from.getTime()), until: String(until.getTime()) },
      { from: '2030-01-02T11:00:00 01:00', until: '2030-01-04T11:00:00+01:00' },
    ];

    for (const query of queries) expect(ids((await list(me, query)).body)).toEqual(expected);
    expect(ids((await list(me, { from: '8640000000000000' })).body)).toEqual([]);
  });

  test('is filtered by role and status', async () => {
    const me = somebody();
    const past = new Date(Date.now() - 86_400_000);
    const own = await keep(me, 'organizer', { validSince: day(1) });
    const cancelled = await keep(me, 'organizer', { validSince: day(2), status: 'cancelled' });
    const ended = await keep(me, 'participant', { validSince: past });
    const cases: [query: Record<string, string>, expected: Meeting[]][] = [
      [{ role: 'organizer' }, [own, cancelled]],
      [{ role: 'participant' }, [ended]],
      [{ status: 'scheduled' }, [own]],
      [{ status: 'cancelled' }, [cancelled]],
      [{ status: 'ended' }, [ended]],
      [{ status: 'ended', role: 'organizer' }, []],
    ];

    for (const [query, expected] of cases) {
      expect(ids((await list(me, query)).body)).toEqual(expected.map(({ id }) => id));
    }
  });
});

describe('an entry that its meeting does not bear out is left out', () => {
  const me = somebody();
  const stays = { validSince: day(1) };
  const stale: [why: string, meeting: Partial<Meeting>, entry: Partial<Meeting>][] = [
    ['moved', { validSince: day(3) }, { validSince: day(2) }],
    ['left', { participants: [] }, {}],
    ['gone', {}, { id: 'x'.repeat(26) }],
  ];

  test.each(stale)('%s', async (_, changes, entry) => {
    const meeting = await keep(somebody(), 'organizer', {
      ...stays,
      participants: [participantOf({ id: 'p', userId: me.sub ?? '' })],
      ...changes,
    });
    await writeRows(service.table, [listingRow({ ...meeting, ...entry }, me.sub ?? '', 'participant', 9e9)]);

    expect(ids((await list(me)).body)).toEqual([]);
  });

  test('moved, once, where the entry of its new start is there too', async () => {
    const mover = somebody();
    const meeting = await keep(mover, 'participant', { validSince: day(3) });
    const before = { ...meeting, validSince: day(2) };
    await writeRows(service.table, [listingRow(before, mover.sub ?? '', 'participant', 9e9)]);

    expect(ids((await list(mover)).body)).toEqual([meeting.id]);
  });

  test('an admin sees their own list, not everybody’s', async () => {
    const admin: Claims = { ...somebody(), 'cognito:groups': '[admin]' };
    const meeting = await keep(somebody(), 'organizer', stays);
    await writeRows(service.table, [listingRow(meeting, admin.sub ?? '', 'participant', 9e9)]);

    expect(ids((await list(admin)).body)).toEqual([]);
  });
});

describe('pages', () => {
  const me = somebody();
  let all: string[];

  beforeAll(async () => {
    const kept: Meeting[] = [];
    for (let index = 0; index < 60; index += 1) {
      kept.push(
        await keep(me, index % 2 === 0 ? 'organizer' : 'participant', {
          // Every three begin at once.
          validSince: day(1 + Math.floor(index / 3)),
          status: index % 10 === 0 ? 'cancelled' : 'scheduled',
        }),
      );
    }
    all = kept.map(({ id }) => id);
  });

  test('are of fifty, where no limit is given', async () => {
    expect((await pagesOf(me, {})).map((page) => page.length)).toEqual([50, 10]);
  });

  test.each(['1', '7', '25', '26', '60', '100'])('of %s hold each meeting once, in order', async (limit) => {
    const pages = await pagesOf(me, { limit });

    expect(pages.flat()).toEqual(all);
    expect(pages.slice(0, -1).every((page) => page.length === Number(limit))).toBe(true);
  });

  test('are filled where few meetings are wanted', async () => {
    const wanted = all.filter((_, index) => index % 10 === 0);

    expect((await pagesOf(me, { status: 'cancelled', limit: '4' })).map((page) => page.length)).toEqual([4, 2]);
    expect((await pagesOf(me, { status: 'cancelled', limit: '4' })).flat()).toEqual(wanted);
  });

  test('go on within from and until', async () => {
    const range = { from: day(5).toISOString(), until: day(9).toISOString(), limit: '5' };

    expect((await pagesOf(me, range)).flat()).toEqual(all.slice(12, 24));
  });

  test('end where their cursor lies behind a later until', async () => {
    const { body } = await list(me, { limit: '30' });

    expect(await list(me, { cursor: body.cursor, until: day(2).toISOString() })).toMatchObject({
      status: 200,
      body: { meetings: [] },
    });
  });

  test('cannot be gone on with by another user, or with another place', async () => {
    const { cursor } = (await list(me, { limit: '5' })).body;
    const text = Buffer.from(cursor, 'base64url').toString();
    const forged = Buffer.from(text.replace(/2030-01-0\d/, '2030-01-09')).toString('base64url');
    expect(text).not.toContain(me.sub);

    for (const refused of [await list(somebody(), { cursor }), await list(me, { cursor: forged })]) {
      expect(refused).toMatchObject({
        status: 400,
        body: {
          code: 'invalid-input',
          errors: [{ path: '/cursor', message: 'must be the cursor of a page that you were given' }],
        },
      });
    }
  });
});
