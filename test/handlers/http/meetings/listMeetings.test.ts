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
  if (role === 'participant') await enter(meeting, userId);
  return meeting;
}

/** Enters a meeting for a participant, as the stream does. */
async function enter(meeting: Meeting, userId = ''): Promise<void> {
  const named = meeting.participants;
  await writeRows(service.table, [listingRow(meeting, { userId, role: 'participant', named }, 9e9)]);
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

describe('an entry', () => {
  const me = somebody();
  const stays = { validSince: day(1), participants: [participantOf({ id: 'p', userId: me.sub ?? '' })] };

  test('of a meeting that is being moved counts once: as its later revision has it', async () => {
    for (const [before, after] of [
      [day(2), day(3)],
      [day(3), day(2)],
    ]) {
      const mover = somebody();
      const meeting = await keep(mover, 'participant', { validSince: after as Date, revision: 2 });
      await enter({ ...meeting, validSince: before as Date, revision: 1 }, mover.sub);

      const { body } = await list(mover);
      expect(body.meetings.map(({ id, validSince }: Meeting) => [id, validSince])).toEqual([
        [meeting.id, after?.toISOString()],
      ]);
    }
  });

  test.each<[string, Partial<Meeting>['participants']]>([
    ['another user', [participantOf({ id: 'p', userId: 'another-id' })]],
    ['an address that they have no more', [participantOf({ id: 'p', email: 'before@example.org' })]],
    ['another user with their address', [participantOf({ id: 'p', userId: 'another-id', email: `${me.email}` })]],
    ['nobody', []],
  ])('for %s is left out of their list', async (_, participants = []) => {
    const meeting = await keep(somebody(), 'organizer', { ...stays, participants });
    await enter(meeting, me.sub);
    await writeRows(service.table, invitedRows(meeting, 9e9));

    expect(ids((await list(me)).body)).toEqual([]);
  });

  test('as a participant of what one organizes is left out: one has another', async () => {
    const organizer = somebody();
    const participants = [participantOf({ id: 'p', email: `${organizer.email}` })];
    const meeting = await keep(organizer, 'organizer', { validSince: day(2), participants });
    await writeRows(service.table, invitedRows({ ...meeting, validSince: day(1) }, 9e9));
    await writeRows(service.table, invitedRows(meeting, 9e9));

    const { body } = await list(organizer);
    expect(body.meetings.map(({ id, role }: { id: string; role: string }) => [id, role])).toEqual([
      [meeting.id, 'organizer'],
    ]);
  });

  test('of a later revision counts before that of an address, which marks that they were taken off', async () => {
    const attendee = somebody();
    const participants = [participantOf({ id: 'p', email: `${attendee.email}` })];
    const meeting = await keep(somebody(), 'organizer', { validSince: day(2), participants });
    await enter(meeting, attendee.sub);
    expect(ids((await list(attendee)).body)).toEqual([meeting.id]);
    const { pk, sk } = invitedRows(meeting, 9e9)[0] ?? { pk: '', sk: '' };
    await writeRows(service.table, [{ pk, sk, meetingId: meeting.id, revision: 2, gone: true, expiresAt: 9e9 }]);

    expect(ids((await list(attendee)).body)).toEqual([]);
  });

  test('that has expired is left out, whether DynamoDB has taken it out or not', async () => {
    const past = new Date(Date.now() - 31 * 86_400_000);
    const organizer = somebody();
    await keep(organizer, 'organizer', { validSince: new Date(past.getTime() - 3_600_000), validUntil: past });

    expect(ids((await list(organizer)).body)).toEqual([]);
    const late = new Date(Date.now() - 30 * 86_400_000 + 60_000);
    const last = await keep(organizer, 'organizer', { validSince: past, validUntil: late });
    expect(ids((await list(organizer)).body)).toEqual([last.id]);
  });

  test('is its user’s own: an admin sees their own list, not everybody’s', async () => {
    const admin: Claims = { ...somebody(), 'cognito:groups': '[admin]' };
    const meeting = await keep(somebody(), 'organizer', stays);
    await enter(meeting, admin.sub);

    expect(ids((await list(admin)).body)).toEqual([]);
  });

  test('says all that the meeting itself says, but for who takes part', async () => {
    const { handler } = await import('../../../../functions/handlers/http/meetings/readMeeting.handler.ts');
    const organizer = somebody();
    const meeting = await keep(organizer, 'organizer', {
      validSince: day(4),
      description: 'The plan',
      language: 'ca',
      pin: '123456789',
      linkName: 'alice',
      lobby: true,
      showAnswers: true,
      cohostsManage: true,
      sendInvitations: false,
      revision: 7,
      sequence: 3,
    });
    const { body } = await call(handler as never, { claims: organizer, path: { id: meeting.id } });
    const { answers, participants, organizerName, ...facts } = body;

    expect((await list(organizer)).body.meetings).toEqual([{ ...facts, role: 'organizer', participantCount: 1 }]);
    expect(organizerName).toBe(organizer.email);
    expect([facts.ddi, facts.url, facts.revision]).toEqual([
      { extension: '+34999999999', pin: '123456789' },
      'https://meet.example.org/m/alice',
      7,
    ]);
  });
});

describe('a list of large meetings', () => {
  /** What the table was asked by the calls of `work`, and how many rows it gave. */
  async function asked(work: () => Promise<unknown>): Promise<string[]> {
    const { documents } = await import('../../../../functions/runtime/clients.ts');
    const calls: string[] = [];
    documents().middlewareStack.add(
      (next, { commandName }) =>
        async (request) => {
          const reply = await next(request);
          const { Count, ScannedCount } = reply.output as { Count?: number; ScannedCount?: number };
          calls.push(Count === undefined ? `${commandName}` : `${commandName} ${Count} of ${ScannedCount}`);
          return reply;
        },
      { step: 'initialize', name: 'asked' },
    );
    await work();
    documents().middlewareStack.remove('asked');
    return calls;
  }

  test('reads the entries of its page, and no meeting', async () => {
    const me = somebody();
    const others = Array.from({ length: 1_500 }, (_, index) =>
      participantOf({ id: `p${index}`, email: `p${index}@example.org` }),
    );
    const own = participantOf({ id: 'me', email: `${me.email}` });
    const kept: Meeting[] = [];
    for (let index = 0; index < 30; index += 1)
      kept.push(
        await keep(me, index % 2 ? 'organizer' : 'participant', {
          validSince: day(1 + index),
          participants: [own, ...others],
        }),
      );
    await list(me);
    let page: string[] = [];
    const calls = await asked(async () => {
      page = ids((await list(me, { limit: '1' })).body);
    });

    expect(page).toEqual([kept[0]?.id]);
    // The user; two entries of theirs, of which one is the next page's; none that their address was invited to.
    expect(calls.sort()).toEqual(['GetItemCommand', 'QueryCommand 0 of 0', 'QueryCommand 2 of 2']);
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
