import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alice, bob, type Call, call, root, startService, type TestService } from '../../../service.ts';

let service: TestService;
let post: (options: Call) => ReturnType<typeof call>;
let get: (options: Call) => ReturnType<typeof call>;

beforeAll(async () => {
  service = await startService();
  const { handler: create } = await import('../../../../functions/handlers/http/meetings/createMeeting.handler.ts');
  const { handler: read } = await import('../../../../functions/handlers/http/meetings/readMeeting.handler.ts');
  post = (options) => call(create as never, { claims: alice, ...options });
  get = (options) => call(read as never, { claims: alice, ...options });
});

afterAll(() => service.stop());

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const body = (fields: object = {}) => ({
  name: 'Planning',
  participants: [{ email: 'Bob@Example.org', name: 'Bob' }, { phone: '34600000002' }],
  validSince: inAnHour(),
  ...fields,
});

describe('a new meeting', () => {
  test('is answered with where it is, its tag, and itself', async () => {
    const { status, headers, body: meeting } = await post({ body: body() });

    expect(status).toBe(201);
    expect(headers).toMatchObject({ location: `/meetings/${meeting.id}`, etag: '"1"' });
    expect(meeting.url).toMatch(/^https:\/\/meet\.example\.org\/m\/[0-9a-z]{26}\.[0-9a-z]{16}$/);
    expect(Date.parse(meeting.validUntil) - Date.parse(meeting.validSince)).toBe(3_600_000);
    expect(meeting).toMatchObject({
      organizerId: 'alice-id',
      status: 'scheduled',
      revision: 1,
      sequence: 0,
      timeZone: 'Europe/Madrid',
    });
    expect(meeting.participants).toMatchObject([{ email: 'Bob@Example.org', name: 'Bob' }, { phone: '+34600000002' }]);
    expect((await get({ path: { id: meeting.id } })).body).toEqual(meeting);
  });

  test('takes epoch milliseconds, and any offset', async () => {
    const at = Math.floor(Date.now() / 60_000 + 60) * 60_000;
    const fromNumber = await post({ body: body({ validSince: at }) });
    const local = new Date(at + 5.5 * 3_600_000).toISOString().replace('Z', '+05:30');
    const fromText = await post({ body: body({ validSince: local }) });

    expect(fromNumber.body.validSince).toBe(new Date(at).toISOString());
    expect(fromText.body.validSince).toBe(new Date(at).toISOString());
  });

  test('takes what the clocks of a zone show, and has that zone where it names none', async () => {
    const start = { dateTime: '2030-03-31T02:30', timeZone: 'america/new_york' };
    const ends = { dateTime: '2030-03-31T10:00', timeZone: 'Europe/Madrid' };
    const { status, body: meeting } = await post({ body: body({ validSince: start, validUntil: ends }) });
    const { body: named } = await post({
      body: body({ validSince: { ...start, timeZone: 'Europe/Madrid' }, timeZone: 'Asia/Tokyo' }),
    });

    expect(status).toBe(201);
    expect(meeting).toMatchObject({
      validSince: '2030-03-31T06:30:00.000Z',
      validUntil: '2030-03-31T08:00:00.000Z',
      timeZone: 'America/New_York',
    });
    // The hour from two to three is skipped there that night.
    expect(named).toMatchObject({ validSince: '2030-03-31T01:30:00.000Z', timeZone: 'Asia/Tokyo' });
  });

  test.each([
    ['europe/madrid', 'Europe/Madrid'],
    ['AMERICA/NEW_YORK', 'America/New_York'],
    ['asia/calcutta', 'Asia/Calcutta'],
  ])('gives the zone %s back as IANA spells it', async (timeZone, spelled) => {
    const { status, body: meeting } = await post({ body: body({ timeZone }) });

    expect([status, meeting.timeZone]).toEqual([201, spelled]);
  });

  test('keeps a hostile name as it is', async () => {
    const { status, body: meeting } = await post({
      body: body({ name: 'Ünï, "cöde"; \\ 会议 🎉', participants: [{ email: 'a@example.org', name: ' Ana BCC: x ' }] }),
    });

    expect(status).toBe(201);
    expect(meeting.name).toBe('Ünï, "cöde"; \\ 会议 🎉');
    expect(meeting.participants[0].name).toBe('Ana BCC: x');
  });

  test('holds each person once, whatever they are named by', async () => {
    const participants = [
      { email: 'ana@example.org' },
      { phone: '+34600000003' },
      { email: 'ANA@example.org', phone: '34600000003', name: 'Ana' },
    ];
    const { body: meeting } = await post({ body: body({ participants }) });

    expect(meeting.participants).toMatchObject([{ email: 'ana@example.org', phone: '+34600000003', name: 'Ana' }]);
    expect(meeting.participants).toHaveLength(1);
  });

  test('takes 2,000 participants', async () => {
    const participants = Array.from({ length: 2_000 }, (_, index) => ({ email: `someone-${index}@example.org` }));
    const { status, body: meeting } = await post({ body: body({ participants }) });

    expect(status).toBe(201);
    expect(meeting.participants).toHaveLength(2_000);
  });

  test('is refused with the path where it would not fit into one item', async () => {
    const participants = Array.from({ length: 2_000 }, (_, index) => ({
      email: `${'x'.repeat(60)}@${'y'.repeat(60)}.${'z'.repeat(59)}${index}.example.org`,
      name: '会'.repeat(100),
    }));
    const { status, body: problem } = await post({ body: body({ participants }) });

    expect(status).toBe(400);
    expect(problem).toMatchObject({
      code: 'invalid-input',
      errors: [{ path: '/participants', message: 'must fit, with the rest of the meeting, into 390,000 bytes' }],
    });
  });
});

describe('Idempotency-Key', () => {
  test('makes one meeting of the same call made twice, at once or later', async () => {
    const same = { headers: { 'Idempotency-Key': 'one' }, body: body() };
    const answers = await Promise.all([post(same), post(same), post(same)]);
    const later = await post(same);

    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set([...answers, later].map(({ body }) => body.id)).size).toBe(1);
  });

  test('belongs to its caller', async () => {
    const same = { headers: { 'Idempotency-Key': 'mine' }, body: body() };
    const [mine, anothers] = [await post(same), await post({ ...same, claims: root })];

    expect(anothers.status).toBe(201);
    expect(anothers.body.id).not.toBe(mine.body.id);
  });

  test('is refused with another body', async () => {
    const headers = { 'Idempotency-Key': 'two' };
    await post({ headers, body: body() });
    const { status, body: problem } = await post({ headers, body: body({ name: 'Another' }) });

    expect(status).toBe(422);
    expect(problem.code).toBe('idempotency-key-reused');
  });

  test.each([undefined, '[', '['.repeat(20_000), '{"name":'.repeat(20_000)])(
    'is no reason to fail on a body that is %s',
    async (text) => {
      const { status, body: problem } = await post({
        headers: { 'Idempotency-Key': 'bad' },
        ...(text === undefined ? {} : { body: text }),
      });

      expect({ status, code: problem.code, detail: problem.detail }).toEqual(
        text === undefined
          ? { status: 400, code: 'invalid-input', detail: 'The body is required.' }
          : { status: 400, code: 'invalid-json', detail: 'The body is not valid JSON.' },
      );
    },
  );

  test.each(['name', 'participants', 'anything'])(
    'is no reason to fail on a %s of 20,000 lists in one another',
    async (field) => {
      const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
      const text = JSON.stringify({ ...body(), [field]: 'DEEP' }).replace('"DEEP"', deep);
      const { status, body: problem } = await post({ headers: { 'Idempotency-Key': 'deep' }, body: text });

      expect({ status, code: problem.code }).toEqual({ status: 400, code: 'invalid-input' });
      expect(problem.errors).toHaveLength(1);
    },
  );
});

describe('wrong input', () => {
  test('is refused for every fault at once', async () => {
    const { status, body: problem } = await post({
      body: { name: '', participants: [{}], validSince: 'x', colour: 'red' },
    });

    expect(status).toBe(400);
    expect(problem).toEqual({
      type: '/docs/problems.md#invalid-input',
      title: 'The input is not as it must be',
      status: 400,
      code: 'invalid-input',
      detail: '/name must be text of 1 to 200 characters (and 3 more).',
      instance: 'urn:request:request-1',
      errors: [
        { path: '/name', message: 'must be text of 1 to 200 characters' },
        { path: '/participants/0', message: 'must have userId, email or phone' },
        {
          path: '/validSince',
          message:
            'must be an RFC 3339 date-time with an offset (2027-03-01T09:30:00+01:00), epoch milliseconds, or a dateTime with its timeZone',
        },
        { path: '/colour', message: 'is not a known field' },
      ],
    });
  });

  test('is refused for its first hundred faults, however many there are', async () => {
    const participants = Array.from({ length: 2_000 }, () => ({ phone: 'x' }));
    const { status, body: problem } = await post({ body: body({ participants }) });

    expect(status).toBe(400);
    expect(problem.detail).toBe(
      '/participants/0/phone must be an MSISDN: 7 to 15 digits with the country code, with or without + (and 1999 more).',
    );
    expect(problem.errors).toHaveLength(100);
  });

  test('that is not UTF-8 is refused', async () => {
    const bytes = Buffer.from(JSON.stringify(body({ name: 'Reuni\xf3' })), 'latin1').toString('base64');

    expect(await post({ body: bytes, isBase64Encoded: true })).toMatchObject({
      status: 400,
      body: { code: 'invalid-json', detail: 'The body is not valid JSON.' },
    });
    const utf8 = Buffer.from(JSON.stringify(body({ name: 'Reunió' }))).toString('base64');
    expect((await post({ body: utf8, isBase64Encoded: true })).body.name).toBe('Reunió');
  });

  test('that is no JSON is refused', async () => {
    const { status, headers, body: problem } = await post({ body: '{"name": ' });

    expect(status).toBe(400);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(problem).toEqual({
      type: '/docs/problems.md#invalid-json',
      title: 'The body is not JSON',
      status: 400,
      code: 'invalid-json',
      detail: 'The body is not valid JSON.',
      instance: 'urn:request:request-1',
    });
  });
});

describe('who may', () => {
  test('schedule: nobody without the capability', async () => {
    const { status, body: problem } = await post({ claims: bob, body: body() });

    expect(status).toBe(403);
    expect(problem.code).toBe('capability-missing');
  });

  test('schedule for another: an admin, for a user who is known', async () => {
    await post({ body: body() });
    const named = await post({ claims: root, body: body({ organizerId: 'alice-id' }) });
    const unknown = await post({ claims: root, body: body({ organizerId: 'nobody' }) });
    const notAdmin = await post({ body: body({ organizerId: 'root-id' }) });

    expect(named.body.organizerId).toBe('alice-id');
    expect(unknown).toMatchObject({
      status: 400,
      body: { errors: [{ path: '/organizerId', message: 'must be the id of a known user' }] },
    });
    expect(notAdmin).toMatchObject({ status: 403, body: { code: 'admin-needed' } });
  });

  test('see it: a participant, without the others’ addresses', async () => {
    const { body: meeting } = await post({ body: body() });
    const { status, body: seen } = await get({ claims: bob, path: { id: meeting.id } });

    expect(status).toBe(200);
    expect(seen.url).toBe(meeting.url);
    expect(JSON.stringify(seen)).not.toMatch(/example\.org"|34600/);
  });

  test('see it: not by an address that the issuer did not verify', async () => {
    const { body: meeting } = await post({ body: body() });
    const unverified = { ...bob, sub: 'another-bob', email_verified: 'false' };

    expect((await get({ claims: unverified, path: { id: meeting.id } })).status).toBe(404);
  });

  test.each(['unknown', 'x'.repeat(26), 'y'.repeat(3_000)])('see %s: nobody', async (id) => {
    expect(await get({ path: { id } })).toMatchObject({ status: 404, body: { code: 'meeting-not-found' } });
  });
});
