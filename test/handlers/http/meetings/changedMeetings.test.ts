import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { changedStore } from '../../../../functions/meetings/changed/changedStore.ts';
import type { Meeting } from '../../../../functions/meetings/meeting.ts';
import { meetingKey, meetingStore } from '../../../../functions/meetings/meetingStore.ts';
import { allRows, writeRows } from '../../../../functions/runtime/table.ts';
import { meetingOf, participantOf } from '../../../meetings/meetings.ts';
import { type Claims, call, startService, type TestService } from '../../../service.ts';

let service: TestService;
let list: (claims: Claims, query: Record<string, string>) => ReturnType<typeof call>;

const start = new Date('2027-01-15T10:00:00.000Z');

beforeAll(async () => {
  service = await startService();
  const { handler } = await import('../../../../functions/handlers/http/meetings/listMeetings.handler.ts');
  list = (claims, query) => call(handler as never, { claims, query });
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: start });
});

afterEach(() => {
  vi.useRealTimers();
});

afterAll(() => service.stop());

const at = (seconds: number) => new Date(start.getTime() + seconds * 1_000);
const text = (seconds: number) => at(seconds).toISOString();
let made = 0;

/** Somebody whom no other test knows. */
function somebody(): Claims & { readonly sub: string } {
  made += 1;
  return { sub: `changed-${made}`, email: `changed-${made}@example.org`, email_verified: 'true' };
}

async function keep(changes: Partial<Meeting>): Promise<Meeting> {
  made += 1;
  const meeting = meetingOf({ id: `c${String(made).padStart(25, '0')}`, organizerId: 'another', ...changes });
  await meetingStore(service.table, 30).create(meeting, undefined);
  return meeting;
}

const note = ({ sub }: { readonly sub: string }, meeting: Pick<Meeting, 'id'>, seconds: number) =>
  changedStore(service.table).note([sub], [meeting.id], at(seconds));

describe('the meetings that have changed since an instant', () => {
  test('are shown as a list shows them, each once as it is now, in the order of their changes', async () => {
    const bob = somebody();
    const own = await keep({ organizerId: bob.sub, name: 'Own' });
    const attended = await keep({ participants: [participantOf({ id: 'p', userId: bob.sub })], name: 'Attended' });
    await note(bob, own, -90);
    await note(bob, attended, -60);
    await note(bob, own, -30);

    const { status, body } = await list(bob, { updatedSince: text(-120) });

    expect(status).toBe(200);
    expect(body).toEqual({
      meetings: [
        expect.objectContaining({ id: own.id, name: 'Own', role: 'organizer', participantCount: 0, revision: 1 }),
        expect.objectContaining({ id: attended.id, name: 'Attended', role: 'participant', participantCount: 1 }),
      ],
      left: [],
      updatedSince: text(-120),
    });
    expect(JSON.stringify(body.meetings[1])).not.toContain(bob.sub);
    expect((await list(bob, { updatedSince: text(-89) })).body.meetings.map(({ id }: Meeting) => id)).toEqual([
      attended.id,
      own.id,
    ]);
    expect((await list(bob, { updatedSince: text(-29) })).body).toMatchObject({ meetings: [], left: [] });
  });

  test('tell of those that one has left, and of those that are kept no more', async () => {
    const bob = somebody();
    const left = await keep({ participants: [participantOf({ id: 'p', email: 'other@example.org' })] });
    await note(bob, left, -60);
    await note(bob, { id: 'x'.repeat(26) }, -50);
    expect((await list(bob, { updatedSince: text(-120) })).body).toEqual({
      meetings: [],
      left: [left.id, 'x'.repeat(26)],
      updatedSince: text(-120),
    });
  });

  test('come page by page, and what was written late meanwhile comes with the next call', async () => {
    const bob = somebody();
    const meetings = [];
    for (const seconds of [-300, -200, -100]) {
      const meeting = await keep({ organizerId: bob.sub });
      meetings.push(meeting.id);
      await note(bob, meeting, seconds);
    }
    const first = await list(bob, { updatedSince: text(-300), limit: '2' });
    expect(first.body).toMatchObject({ meetings: [{ id: meetings[0] }, { id: meetings[1] }], left: [] });
    expect(first.body).not.toHaveProperty('updatedSince');

    // By a clock that is behind, and once the first page had been read.
    const late = await keep({ organizerId: bob.sub });
    await note(bob, late, -110);
    vi.setSystemTime(at(40));
    const second = await list(bob, { updatedSince: text(-300), limit: '3', cursor: first.body.cursor });
    expect(second.body.meetings.map(({ id }: Meeting) => id)).toEqual([late.id, meetings[2]]);
    expect(second.body.updatedSince).toBe(text(-120));
    const next = await list(bob, { updatedSince: second.body.updatedSince });
    expect(next.body.meetings.map(({ id }: Meeting) => id)).toEqual([late.id, meetings[2]]);
    expect(next.body.updatedSince).toBe(text(-80));
  });

  test('are those of the caller alone, whose cursor means nothing to another', async () => {
    const [bob, eve] = [somebody(), somebody()];
    for (const seconds of [-60, -50]) await note(bob, await keep({ organizerId: bob.sub }), seconds);
    const { body } = await list(bob, { updatedSince: text(-60), limit: '1' });
    const refused = await list(eve, { updatedSince: text(-60), cursor: body.cursor });
    expect(refused.status).toBe(400);
    expect(refused.body.errors).toEqual([
      { path: '/cursor', message: 'must be the cursor of a page that you were given' },
    ]);
    expect((await list(eve, { updatedSince: text(-60) })).body).toMatchObject({ meetings: [], left: [] });
    const { body: all } = await list(bob, { limit: '1' });
    expect((await list(bob, { updatedSince: text(-60), cursor: all.cursor ?? '' })).status).toBe(400);
  });

  test('that cannot be read are named, and keep none of the others back', async () => {
    const bob = somebody();
    const [next, own] = [await keep({ organizerId: bob.sub }), await keep({ organizerId: bob.sub })];
    const [row] = await allRows(service.table, meetingKey(next.id).pk);
    await writeRows(service.table, [{ ...row, status: 'postponed' }]);
    for (const meeting of [next, own]) await note(bob, meeting, -60);
    expect((await list(bob, { updatedSince: text(-60) })).body).toMatchObject({
      meetings: [{ id: own.id }],
      left: [],
      unreadable: [next.id],
    });
  });

  test('are kept for 30 days: who asks for longer ago has to begin anew', async () => {
    const bob = somebody();
    await note(bob, await keep({}), 0);
    const rows = await allRows(service.table, `USER#${bob.sub}`, 'CHANGED#');
    expect(rows.map(({ expiresAt }) => expiresAt)).toEqual([start.getTime() / 1_000 + 30 * 86_400]);
    expect((await list(bob, { updatedSince: text(-30 * 86_400) })).status).toBe(200);

    const refused = await list(bob, { updatedSince: text(-30 * 86_400 - 1) });
    expect(refused.status).toBe(410);
    expect(refused.headers['content-type']).toBe('application/problem+json');
    expect(refused.body).toEqual({
      type: '/docs/problems.md#updates-expired',
      title: 'What has changed is not kept for that long',
      status: 410,
      code: 'updates-expired',
      detail: 'What has changed is kept for 30 days: read the whole list again, and begin anew from then.',
      instance: 'urn:request:request-1',
    });
  });

  test.each([
    ['from', text(0)],
    ['until', text(0)],
    ['role', 'organizer'],
    ['status', 'ended'],
  ])('are not narrowed by %s', async (name, value) => {
    const { status, body } = await list(somebody(), { updatedSince: text(-60), [name]: value });
    expect(status).toBe(400);
    expect(body.errors).toEqual([{ path: `/${name}`, message: 'must not stand beside updatedSince' }]);
  });
});
