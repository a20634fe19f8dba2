import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alice, bob, type Call, call, root, startService, type TestService } from '../../../service.ts';

let service: TestService;
const doors: Record<string, (options: Call) => ReturnType<typeof call>> = {};

beforeAll(async () => {
  service = await startService();
  const handlers = {
    create: await import('../../../../functions/handlers/http/meetings/createMeeting.handler.ts'),
    get: await import('../../../../functions/handlers/http/meetings/readMeeting.handler.ts'),
    patch: await import('../../../../functions/handlers/http/meetings/patchMeeting.handler.ts'),
    remove: await import('../../../../functions/handlers/http/meetings/cancelMeeting.handler.ts'),
    again: await import('../../../../functions/handlers/http/meetings/inviteAgain.handler.ts'),
    list: await import('../../../../functions/handlers/http/meetings/listMeetings.handler.ts'),
  };
  for (const [name, { handler }] of Object.entries(handlers)) {
    doors[name] = (options) => call(handler as never, { claims: alice, ...options });
  }
});

afterAll(() => service.stop());

const use = (name: string, options: Call) => doors[name]?.(options) ?? Promise.reject(new Error(name));
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

async function meetingOf(fields: object = {}) {
  const participants = [{ email: 'bob@example.org', name: 'Bob' }, { phone: '34600000002' }];
  const { body } = await use('create', { body: { name: 'Planning', participants, validSince: inAnHour(), ...fields } });
  return body;
}

const patch = (id: string, body: unknown, options: Call = {}) => use('patch', { path: { id }, body, ...options });
const read = async (id: string) => (await use('get', { path: { id } })).body;

/** Moves a meeting into the past, behind the doors' backs. */
async function end(id: string): Promise<void> {
  const { meetingStore } = await import('../../../../functions/meetings/meetingStore.ts');
  const meetings = meetingStore(service.table, 30);
  const meeting = await meetings.get(id);
  if (!meeting) throw new Error('no meeting');
  const [validSince, validUntil] = [new Date(Date.now() - 7_200_000), new Date(Date.now() - 3_600_000)];
  expect(await meetings.change(meeting, { ...meeting, validSince, validUntil })).toBe(true);
}

test('a life: each write raises the revision in its ETag, and what people are told of the sequence', async () => {
  const { id } = await meetingOf();
  const said: [what: string, etag: unknown, sequence: number][] = [];
  const say = async (what: string) => {
    const { headers, body } = await use('get', { path: { id } });
    expect(headers.etag).toBe(`"${body.revision}"`);
    said.push([what, headers.etag, body.sequence]);
  };
  await say('created');
  await patch(id, { validSince: new Date(Date.now() + 7_200_000).toISOString() });
  await say('moved');
  await patch(id, { description: 'The plan' });
  await say('described');
  await patch(id, { validSince: new Date(Date.now() + 10_800_000).toISOString() });
  await say('moved again');
  await use('again', { path: { id } });
  await say('invited again');
  await use('remove', { path: { id } });
  await say('cancelled');

  expect(said).toEqual([
    ['created', '"1"', 0],
    ['moved', '"2"', 1],
    ['described', '"3"', 1],
    ['moved again', '"4"', 2],
    ['invited again', '"5"', 3],
    ['cancelled', '"6"', 4],
  ]);
});

describe('a patch', () => {
  test('is answered with the meeting as it is then, and its tag', async () => {
    const before = await meetingOf();
    const { status, headers, body } = await patch(before.id, { name: 'Review', description: 'The plan' });

    expect(status).toBe(200);
    expect(headers).toMatchObject({ etag: '"2"' });
    expect(body).toEqual({
      ...before,
      name: 'Review',
      description: 'The plan',
      revision: 2,
      sequence: 1,
      updated: body.updated,
    });
    expect(await read(before.id)).toEqual(body);
  });

  test('that changes nothing leaves revision and sequence, and every byte', async () => {
    const before = await meetingOf({ description: 'The plan' });
    const { name, participants, validSince, validUntil, timeZone, description, sendInvitations } = before;
    const same = { name, participants, validSince, validUntil, timeZone, description, sendInvitations, language: null };
    const answers = [await patch(before.id, same), await patch(before.id, {})];

    for (const { status, headers, body } of answers) {
      expect(status).toBe(200);
      expect(headers.etag).toBe('"1"');
      expect(body).toEqual(before);
    }
  });

  test('takes both media types, and refuses a patch of another kind', async () => {
    const { id } = await meetingOf();
    const types = ['application/merge-patch+json', 'application/json; charset=utf-8', 'Application/JSON'];
    for (const type of types) expect((await patch(id, {}, { headers: { 'content-type': type } })).status).toBe(200);
    const other = await patch(id, [], { headers: { 'content-type': 'application/json-patch+json' } });

    expect(other).toMatchObject({ status: 415, body: { code: 'unsupported-media-type' } });
  });

  test('removes optional fields by null', async () => {
    const { id } = await meetingOf({
      description: 'x',
      language: 'ca',
      timeZone: 'America/Lima',
      sendInvitations: false,
      validUntil: new Date(Date.now() + 5 * 3_600_000).toISOString(),
    });
    const nothing = { description: null, language: null, timeZone: null, sendInvitations: null, validUntil: null };
    const { body } = await patch(id, nothing);

    expect(body).not.toHaveProperty('description');
    expect(body).not.toHaveProperty('language');
    expect(body).toMatchObject({ timeZone: 'Europe/Madrid', sendInvitations: true });
    expect(Date.parse(body.validUntil) - Date.parse(body.validSince)).toBe(3_600_000);
  });

  test('rotates the link: the id stays, the key does not', async () => {
    const before = await meetingOf();
    const { body } = await patch(before.id, { rotateLink: true });

    expect(body.url).toMatch(new RegExp(`^https://meet\\.example\\.org/m/${before.id}\\.[0-9a-z]{16}$`));
    expect(body.url).not.toBe(before.url);
    expect((await patch(before.id, { rotateLink: false })).body.url).toBe(body.url);
  });

  test('moves the organizer’s entry with the start, and leaves none behind', async () => {
    const { id } = await meetingOf({ validSince: '2031-05-05T10:00:00Z' });
    await patch(id, { validSince: '2031-06-06T10:00:00Z' });
    const { body } = await use('list', { query: { from: '2031-01-01T00:00:00Z', until: '2032-01-01T00:00:00Z' } });

    expect(body.meetings).toMatchObject([{ id, validSince: '2031-06-06T10:00:00.000Z' }]);
  });
});

describe('If-Match', () => {
  test.each(['"1"', '"9", "1"', '"9","1"', 'W/"9" , "1"', '*', ' * '])('lets %s change revision 1', async (tag) => {
    const { id } = await meetingOf();

    expect((await patch(id, { name: 'Review' }, { headers: { 'If-Match': tag } })).status).toBe(200);
  });

  test.each([
    ['"2"', 'read it again'],
    ['"2", W/"1"', 'read it again'],
    ['"1,"', 'read it again'],
    ['W/"1"', 'a weak one (W/) never is'],
    ['W/"1", W/"2"', 'a weak one (W/) never is'],
  ])('refuses %s at revision 1', async (tag, reason) => {
    const { id } = await meetingOf();
    const headers = { 'If-Match': tag };
    const answers = [
      await patch(id, { name: 'Review' }, { headers }),
      await use('remove', { path: { id }, headers }),
      await use('again', { path: { id }, headers }),
    ];

    for (const { status, body } of answers) {
      expect({ status, body }).toEqual({
        status: 412,
        body: {
          type: '/docs/problems.md#precondition-failed',
          title: 'The meeting is not at a revision that was named',
          status: 412,
          code: 'precondition-failed',
          detail: `None of the entity tags in If-Match is the meeting's, which is "1": ${reason}.`,
          instance: 'urn:request:request-1',
        },
      });
    }
    expect((await read(id)).revision).toBe(1);
  });

  test('lets one of two changes through that were made of the same revision', async () => {
    const { id } = await meetingOf();
    const headers = { 'If-Match': '"1"' };
    const answers = await Promise.all([
      patch(id, { name: 'One' }, { headers }),
      patch(id, { name: 'Two' }, { headers }),
    ]);
    const after = await read(id);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect(after).toEqual(answers.find(({ status }) => status === 200)?.body);
  });
});

test('changes at once, without If-Match, all happen', async () => {
  const { id } = await meetingOf();
  const patches = [{ name: 'Review' }, { description: 'x' }, { language: 'es' }, { timeZone: 'America/Lima' }];
  const answers = await Promise.all(patches.map((body) => patch(id, body)));

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(new Set(answers.map(({ body }) => body.revision))).toEqual(new Set([2, 3, 4, 5]));
  expect(await read(id)).toMatchObject(Object.assign({}, ...patches, { revision: 5 }));
});

describe('a cancellation', () => {
  test('leaves the meeting readable, and is the same when it is repeated', async () => {
    const { id } = await meetingOf();
    const headers = { 'If-Match': '"1"' };
    const first = await use('remove', { path: { id }, headers });
    const again = await use('remove', { path: { id }, headers });

    expect(first).toEqual({ status: 204, headers: {}, body: undefined });
    expect(again.status).toBe(204);
    expect(await read(id)).toMatchObject({ status: 'cancelled', revision: 2, sequence: 1 });
  });

  test('is made once by calls at once', async () => {
    const { id } = await meetingOf();
    const answers = await Promise.all([1, 2, 3].map(() => use('remove', { path: { id } })));

    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
    expect((await read(id)).revision).toBe(2);
  });

  test('of a meeting that has ended is a 204 too', async () => {
    const { id } = await meetingOf();
    await end(id);

    expect((await use('remove', { path: { id } })).status).toBe(204);
    expect(await read(id)).toMatchObject({ status: 'cancelled' });
  });
});

describe('inviting again', () => {
  test('is accepted once in ten minutes', async () => {
    const { id } = await meetingOf();
    const answers = await Promise.all([use('again', { path: { id } }), use('again', { path: { id } })]);
    const [accepted, refused] = answers.sort((one, other) => one.status - other.status);

    expect(accepted).toMatchObject({
      status: 202,
      headers: { etag: '"2"', location: `/meetings/${id}/invitations` },
      body: { id, revision: 2, sequence: 1 },
    });
    expect(refused).toMatchObject({ status: 429, body: { code: 'resend-too-soon' } });
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(590);
  });

  test('is refused where the meeting sends no invitations, or the body says something', async () => {
    const { id } = await meetingOf({ sendInvitations: false });

    expect(await use('again', { path: { id } })).toMatchObject({
      status: 409,
      body: { code: 'invitations-silenced' },
    });
    expect(await use('again', { path: { id }, body: { to: 'all' } })).toMatchObject({
      status: 400,
      body: { errors: [{ path: '/to', message: 'is not a known field' }] },
    });
  });
});

describe('a meeting that is over changes no more', () => {
  const changes: [name: string, body?: unknown][] = [['patch', { name: 'Review' }], ['again']];

  test.each(changes)('%s: cancelled', async (door, body) => {
    const { id } = await meetingOf();
    await use('remove', { path: { id } });

    expect(await use(door, { path: { id }, body })).toMatchObject({ status: 409, body: { code: 'meeting-cancelled' } });
  });

  test.each(changes)('%s: ended', async (door, body) => {
    const { id } = await meetingOf();
    await end(id);

    expect(await use(door, { path: { id }, body })).toMatchObject({ status: 409, body: { code: 'meeting-ended' } });
  });
});

describe('who may', () => {
  const doorsOfOwners: [door: string, body?: unknown][] = [['patch', { name: 'Mine' }], ['remove'], ['again']];
  const stranger = { sub: 'stranger-id', 'cognito:groups': '[meetings]', email: 'bob@example.org' };

  test.each(doorsOfOwners)('%s: not a participant, and to a stranger there is nothing', async (door, body) => {
    const { id } = await meetingOf();
    const participant = { ...bob, 'cognito:groups': '[meetings]' };

    expect(await use(door, { claims: participant, path: { id }, body })).toMatchObject({
      status: 403,
      body: { code: 'not-organizer' },
    });
    expect(await use(door, { claims: stranger, path: { id }, body })).toMatchObject({
      status: 404,
      body: { code: 'meeting-not-found' },
    });
    expect((await read(id)).revision).toBe(1);
  });

  test.each(doorsOfOwners)('%s: not an organizer who lost the capability; an admin', async (door, body) => {
    const { id } = await meetingOf();
    const { 'cognito:groups': _, ...powerless } = alice;

    expect(await use(door, { claims: powerless, path: { id }, body })).toMatchObject({
      status: 403,
      body: { code: 'capability-missing' },
    });
    expect((await use(door, { claims: root, path: { id }, body })).status).toBeLessThan(300);
    expect((await read(id)).organizerId).toBe('alice-id');
  });

  test.each(doorsOfOwners)('%s: nobody an unknown meeting', async (door, body) => {
    expect(await use(door, { path: { id: 'x'.repeat(26) }, body })).toMatchObject({ status: 404 });
  });
});

describe('a patch is refused', () => {
  let id: string;

  beforeAll(async () => {
    id = (await meetingOf()).id;
  });

  test.each(['[]', 'null', '"text"', '{"name": ', undefined])('a body that is %s', async (body) => {
    expect((await patch(id, body)).status).toBe(400);
  });
});
