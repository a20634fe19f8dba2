import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { answerStore } from '../../../../functions/meetings/answers/answerStore.ts';
import { personalLinkOf } from '../../../../functions/meetings/links/personalLink.ts';
import { meetingKey, meetingStore } from '../../../../functions/meetings/meetingStore.ts';
import { allRows, writeRows } from '../../../../functions/runtime/table.ts';
import { startAws, type TestAws } from '../../../aws.ts';
import { takeJobs } from '../../../deliveries/deliveries.ts';
import { catchLog, type LogLines } from '../../../logLines.ts';
import { alice, bob, type Call, call, root, startService, type TestService, testSettings } from '../../../service.ts';

let aws: TestAws;
let service: TestService;
let log: LogLines;
const doors: Record<string, (options: Call) => ReturnType<typeof call>> = {};
let follow: (event: never) => Promise<unknown>;

const start = new Date('2027-03-01T08:00:00Z');
const carol = { sub: 'carol-id', 'cognito:username': 'carol', email: 'carol@example.org', email_verified: 'true' };

beforeAll(async () => {
  aws = await startAws();
  service = await startService();
  log = catchLog();
  vi.useFakeTimers({ toFake: ['Date'], now: start });
  const http = '../../../../functions/handlers/http';
  const handlers = {
    create: await import(`${http}/meetings/createMeeting.handler.ts`),
    read: await import(`${http}/meetings/readMeeting.handler.ts`),
    patch: await import(`${http}/meetings/patchMeeting.handler.ts`),
    cancel: await import(`${http}/meetings/cancelMeeting.handler.ts`),
    answer: await import(`${http}/meetings/answerMeeting.handler.ts`),
    show: await import(`${http}/rooms/readAnswer.handler.ts`),
    give: await import(`${http}/rooms/giveAnswer.handler.ts`),
  };
  for (const [name, { handler }] of Object.entries(handlers)) {
    doors[name] = (options) => call(handler as never, { claims: alice, ...options });
  }
  ({ handler: follow } = await import('../../../../functions/handlers/stream/onMeetingChanged.handler.ts'));
});

afterAll(async () => {
  vi.useRealTimers();
  log.stop();
  await service.stop();
  await aws.stop();
});

const use = (name: string, options: Call) => doors[name]?.(options) ?? Promise.reject(new Error(name));
const at = (text: string) => vi.setSystemTime(new Date(text));
const people = [
  { email: 'bob@example.org', name: 'Bob' },
  { email: 'carol@example.org', name: 'Carol' },
];

async function schedule(fields: object = {}) {
  vi.setSystemTime(start);
  const body = { name: 'Planning', participants: people, validSince: '2027-03-02T09:00:00Z', ...fields };
  return (await use('create', { body })).body;
}

const kept = async (id: string) => {
  const meeting = await meetingStore(service.table, 30).get(id);
  if (!meeting) throw new Error('no meeting');
  return meeting;
};

async function linksOf(id: string): Promise<string[]> {
  const meeting = await kept(id);
  return meeting.participants.map((person) => {
    const link = personalLinkOf(meeting, person, testSettings) ?? '';
    return link.slice(link.lastIndexOf('/') + 1);
  });
}

const read = async (id: string, claims = alice) => (await use('read', { path: { id }, claims })).body;
const answer = (id: string, body: unknown, claims: Call['claims'] = bob) =>
  use('answer', { path: { id }, body, ...(claims ? { claims } : {}) });
const give = (link: string | undefined, body: unknown) => use('give', { path: { link: link ?? '' }, body });
const rowsOf = (id: string) => allRows(service.table, `MEETING#${id}`, 'ANSWER#');

/** Has the stream tell of a meeting. */
async function changed(id: string) {
  const dynamodb = { Keys: marshall(meetingKey(id)), SequenceNumber: '1', StreamViewType: 'NEW_AND_OLD_IMAGES' };
  await follow({ Records: [{ eventID: '1', eventName: 'MODIFY', dynamodb }] } as never);
}

describe('an answer', () => {
  test('by a personal link is what is shown from then on, to whoever gave it and to the organizer', async () => {
    const { id, participants } = await schedule();
    const [link] = await linksOf(id);
    const facts = {
      name: 'Planning',
      organizer: 'alice',
      timeZone: 'Europe/Madrid',
      validSince: '2027-03-02T09:00:00.000Z',
      validUntil: '2027-03-02T10:00:00.000Z',
      sequence: 0,
      participant: { id: participants[0].id, name: 'Bob' },
    };

    expect(await use('show', { path: { link: link ?? '' } })).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: { ...facts, answer: { status: 'needsAction' }, answers: { needsAction: 2 } },
    });
    at('2027-03-01T08:05:00Z');
    const proposed = [{ validSince: '2027-03-03T10:00:00+01:00' }];
    const given = await give(link, { status: 'tentative', comment: ' Perhaps.\r\nI ask. ', proposed });
    const own = {
      status: 'tentative',
      when: '2027-03-01T08:05:00.000Z',
      how: 'page',
      comment: 'Perhaps.\nI ask.',
      proposed: [{ validSince: '2027-03-03T09:00:00.000Z', validUntil: '2027-03-03T10:00:00.000Z' }],
      sequence: 0,
    };
    const answers = { accepted: 0, tentative: 1, declined: 0, needsAction: 1 };

    expect(given.status).toBe(200);
    expect(given.body).toEqual({ ...facts, answer: own, answers });
    expect((await use('show', { path: { link: link ?? '' } })).body).toEqual({ ...facts, answer: own, answers });
    const meeting = await read(id);
    expect(meeting.answers).toEqual(answers);
    expect(meeting.participants.map((person: { answer: unknown }) => person.answer)).toEqual([
      own,
      { status: 'needsAction' },
    ]);
  });

  test('of whoever is signed in is kept the same way', async () => {
    const { id } = await schedule();
    const { status, body } = await answer(id, { status: 'accepted' });

    expect([status, body.answer]).toEqual([
      200,
      { status: 'accepted', when: '2027-03-01T08:00:00.000Z', how: 'api', sequence: 0 },
    ]);
  });

  test('raises neither revision nor sequence, and tells nobody', async () => {
    const { id } = await schedule();
    await changed(id);
    takeJobs(aws.queue);
    const before = await kept(id);
    await answer(id, { status: 'declined', comment: 'No.' });
    await give((await linksOf(id))[1], { status: 'accepted' });
    await changed(id);

    expect(await kept(id)).toEqual(before);
    // What is owed since the meeting was scheduled, and no more.
    expect(takeJobs(aws.queue).map(({ participantId }) => participantId)).toEqual([
      'organizer',
      ...before.participants.map((person) => person.id),
    ]);
    expect((await read(id)).revision).toBe(1);
  });

  test('is the last one that they gave, whatever comes late', async () => {
    const { id, participants } = await schedule();
    at('2027-03-01T09:00:00Z');
    await answer(id, { status: 'accepted' });
    at('2027-03-01T10:00:00Z');
    await answer(id, { status: 'declined' });
    await answer(id, { status: 'tentative' });
    const participantId = participants[0].id;
    const late = { status: 'accepted', when: new Date('2027-03-01T09:59:59Z'), how: 'api', sequence: 0 } as const;
    await answerStore(service.table).keep(id, { participantId, ...late, expiresAt: 1 });

    expect((await read(id)).answers).toEqual({ accepted: 0, tentative: 1, declined: 0, needsAction: 1 });
    expect(await rowsOf(id)).toHaveLength(1);
  });

  test('to a time that was moved since needs another, and stands beside', async () => {
    const { id } = await schedule();
    await answer(id, { status: 'accepted' });
    await use('patch', { path: { id }, body: { validSince: '2027-03-02T12:00:00Z' } });
    const stale = { status: 'needsAction', earlier: { status: 'accepted', sequence: 0 } };

    expect((await read(id)).participants[0].answer).toMatchObject(stale);
    // A page that was open before the move answers what it showed.
    const { body } = await answer(id, { status: 'declined', sequence: 0 });
    expect(body.answer).toMatchObject({ status: 'needsAction', earlier: { status: 'declined', sequence: 0 } });
    expect((await answer(id, { status: 'declined', sequence: 1 })).body.answer).toMatchObject({ status: 'declined' });
    expect((await read(id)).answers).toEqual({ accepted: 0, tentative: 0, declined: 1, needsAction: 1 });
  });

  test('changes nothing where the link is only opened, however often', async () => {
    const { id } = await schedule();
    const [link = ''] = await linksOf(id);
    for (const query of [{}, { answer: 'accepted' }, { status: 'declined' }])
      await use('show', { path: { link }, query, headers: { accept: 'text/html' } });

    expect(await rowsOf(id)).toEqual([]);
  });
});

describe('who sees what was answered', () => {
  test('participants how many, and their own; who, where the meeting shows that', async () => {
    const { id } = await schedule();
    await answer(id, { status: 'accepted', comment: 'For the organizer alone' });
    const counts = { accepted: 1, tentative: 0, declined: 0, needsAction: 1 };
    const asCarol = await read(id, carol as never);
    const asBob = await read(id, bob);

    expect(asCarol.answers).toEqual(counts);
    expect(asCarol.participants.map((person: { answer: unknown }) => person.answer)).toEqual([
      undefined,
      { status: 'needsAction' },
    ]);
    expect(asBob.participants[0].answer).toMatchObject({ status: 'accepted', comment: 'For the organizer alone' });
    expect(JSON.stringify(asCarol)).not.toContain('alone');

    await use('patch', { path: { id }, body: { showAnswers: true } });
    const [, link = ''] = await linksOf(id);
    expect((await read(id, carol as never)).participants.map((one: { answer: unknown }) => one.answer)).toEqual([
      { status: 'accepted' },
      { status: 'needsAction' },
    ]);
    const { body } = await use('show', { path: { link } });
    expect(body.participants).toEqual([{ id: asBob.participants[0].id, name: 'Bob', answer: { status: 'accepted' } }]);
  });
});

describe('an answer is refused', () => {
  const problem = (status: number, code: string, title: string, detail: string) => ({
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    body: {
      type: `/docs/problems.md#${code}`,
      title,
      status,
      code,
      detail,
      instance: 'urn:request:request-1',
    },
  });
  const yes = { status: 'accepted' };

  test('to a cancelled meeting', async () => {
    const { id } = await schedule();
    const [link = ''] = await linksOf(id);
    await use('cancel', { path: { id } });
    const gone = problem(
      410,
      'cancelled',
      'The meeting of the room has been cancelled',
      'This meeting has been cancelled.',
    );

    expect(await answer(id, yes)).toEqual(
      problem(409, 'meeting-cancelled', 'The meeting has been cancelled', 'This meeting has been cancelled.'),
    );
    const named = { ...gone, body: { name: 'Planning', ...gone.body } };
    expect([await give(link, yes), await use('show', { path: { link } })]).toEqual([named, named]);
    expect(await rowsOf(id)).toEqual([]);
  });

  test('to a meeting that has ended, and to none that is on', async () => {
    const { id } = await schedule();
    const [link = ''] = await linksOf(id);
    at('2027-03-02T09:59:59Z');
    expect((await give(link, yes)).status).toBe(200);
    at('2027-03-02T10:00:00Z');
    const gone = problem(410, 'ended', 'The meeting of the room has ended', 'This meeting has ended.');

    expect(await answer(id, yes)).toEqual(
      problem(409, 'meeting-ended', 'The meeting has ended', 'This meeting has ended.'),
    );
    expect(await give(link, yes)).toEqual({ ...gone, body: { name: 'Planning', ...gone.body } });
  });

  test('of whoever takes no part', async () => {
    const { id } = await schedule();
    const refused = problem(
      403,
      'not-participant',
      'Only a participant may do this',
      'Only whoever takes part in a meeting may answer its invitation.',
    );
    const missing = problem(404, 'meeting-not-found', 'There is no such meeting', 'There is no such meeting.');
    const stranger = { sub: 'dave-id', 'cognito:username': 'dave' };

    expect(await Promise.all([alice, root].map((claims) => answer(id, yes, claims)))).toEqual([refused, refused]);
    expect(await answer(id, yes, stranger)).toEqual(missing);
  });

  test('by a link that is not the person’s own, or no more', async () => {
    const { id, participants } = await schedule();
    const [bobs = '', carols = ''] = await linksOf(id);
    const { key } = await kept(id);
    const refused = problem(404, 'no-such-room', 'There is no such room', 'There is no room behind this link.');
    const forged = `${bobs.slice(0, bobs.indexOf('~'))}~${participants[0].id}${carols.slice(carols.lastIndexOf('.'))}`;
    for (const link of [forged, `${id}.${key}`, 'no.room', '']) {
      expect([await give(link, yes), await use('show', { path: { link } })]).toEqual([refused, refused]);
    }
    await use('patch', { path: { id }, body: { participants: [people[1]] } });

    expect(await give(bobs, yes)).toEqual(refused);
    expect((await give(carols, yes)).status).toBe(200);
  });
});

test('participants can be sent back as they were read, with their answers', async () => {
  const { id } = await schedule({ participants: [...people, { phone: '+34910000001' }] });
  await answer(id, { status: 'accepted' });
  const before = await read(id);
  const { status, body } = await use('patch', { path: { id }, body: { participants: before.participants } });

  expect(before.participants[2].phoneType).toBe('landline');
  expect([status, body]).toEqual([200, before]);
});

describe('what is kept of answers', () => {
  test('goes with the person, and lives as long as the meeting', async () => {
    const { id, participants } = await schedule();
    await answer(id, { status: 'accepted' });
    await answer(id, { status: 'declined', comment: 'Private' }, carol as never);
    await use('patch', { path: { id }, body: { participants: [people[0]], validUntil: '2027-03-05T09:00:00Z' } });
    await changed(id);

    expect(await rowsOf(id)).toMatchObject([
      {
        sk: `ANSWER#${participants[0].id}`,
        status: 'accepted',
        expiresAt: Date.parse('2027-04-04T09:00:00Z') / 1_000,
      },
    ]);
  });

  test('is left out, and said in the log, where another release wrote it', async () => {
    const { id, participants } = await schedule();
    await answer(id, { status: 'accepted' });
    const [row] = await rowsOf(id);
    await writeRows(service.table, [{ ...row, status: 'delegated' }]);

    expect((await read(id)).participants[0]).toMatchObject({
      id: participants[0].id,
      answer: { status: 'needsAction' },
    });
    expect(log.all().find(({ message }) => message === 'Answer left out')).toMatchObject({ meetingId: id });
  });
});
