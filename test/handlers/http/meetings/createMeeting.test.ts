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

  test('keeps a hostile name as it is, but for line ends in it', async () => {
    const { status, body: meeting } = await post({
      body: body({ name: 'Ünï, "cöde"; \\ 会议 🎉', participants: [{ email: 'a@example.org', name: 'Ana\rBCC: x' }] }),
    });

    expect(status).toBe(201);
    expect(meeting.name).toBe('Ünï, "cöde"; \\ 会议 🎉');
    expect(meeting.participants[0].name).toBe('Ana BCC: x');
  });

  test('holds each person once, whatever he is named by', async () => {
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
      email: `${'x'.repeat(60)}@${'y'.repeat(60)}.${'z'.repeat(60)}${index}.example.org`,
      name: '会'.repeat(100),
    }));
    const { status, body: problem } = await post({ body: body({ participants }) });

    expect(status).toBe(400);
    expect(problem).toMatchObject({ code: 'invalid-input', errors: [{ path: 'participants' }] });
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

  test.each(['', 'x'.repeat(256), 'ümlaut'])('is refused as %j', async (key) => {
    const { status, body: problem } = await post({ headers: { 'Idempotency-Key': key }, body: body() });

    expect(status).toBe(400);
    expect(problem.errors).toMatchObject([{ path: 'Idempotency-Key' }]);
  });
});

describe('wrong input is refused with its path', () => {
  const past = new Date(Date.now() - 6 * 60_000).toISOString();
  const decade = new Date(Date.now() + 10 * 365 * 86_400_000).toISOString();
  const cases: [path: string, fields: unknown][] = [
    ['name', { name: undefined }],
    ['name', { name: '' }],
    ['name', { name: ' \n ' }],
    ['name', { name: 7 }],
    ['name', { name: 'x'.repeat(201) }],
    ['participants', { participants: undefined }],
    ['participants', { participants: 'bob@example.org' }],
    ['participants', { participants: Array.from({ length: 2_001 }, () => ({ email: 'a@example.org' })) }],
    ['participants[0]', { participants: ['bob@example.org'] }],
    ['participants[0]', { participants: [{}] }],
    ['participants[0]', { participants: [{ name: 'Nobody' }] }],
    ['participants[0].email', { participants: [{ email: 'bob' }] }],
    ['participants[0].email', { participants: [{ email: 'a@b.c\r\nBcc: x@example.org' }] }],
    ['participants[0].email', { participants: [{ email: `${'x'.repeat(300)}@example.org` }] }],
    ['participants[0].phone', { participants: [{ phone: '12345' }] }],
    ['participants[0].phone', { participants: [{ phone: '+34 600 000 002' }] }],
    ['participants[0].userId', { participants: [{ userId: '' }] }],
    ['participants[0].language', { participants: [{ email: 'a@example.org', language: 'not a tag' }] }],
    ['participants[0].language', { participants: [{ email: 'a@example.org', language: 'de' }] }],
    ['participants[0].mail', { participants: [{ email: 'a@example.org', mail: 'x' }] }],
    [
      'participants[1].phone',
      {
        participants: [
          { email: 'a@example.org', phone: '+34600000005' },
          { email: 'a@example.org', phone: '+34600000006' },
        ],
      },
    ],
    ['validSince', { validSince: undefined }],
    ['validSince', { validSince: 'tomorrow' }],
    ['validSince', { validSince: '2027-03-01T09:30:00' }],
    ['validSince', { validSince: '2027-02-30T09:30:00Z' }],
    ['validSince', { validSince: 1_800_000_000 }],
    ['validSince', { validSince: past }],
    ['validSince', { validSince: decade }],
    ['validSince', { validSince: null }],
    ['validUntil', { validUntil: inAnHour(), validSince: new Date(Date.now() + 7_200_000).toISOString() }],
    ['validUntil', { validUntil: new Date(Date.now() + 33 * 86_400_000).toISOString() }],
    ['language', { language: 'de' }],
    ['language', { language: 5 }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['description', { description: 'x'.repeat(2_001) }],
    ['sendInvitations', { sendInvitations: 'yes' }],
    ['lobby', { lobby: 1 }],
    ['organizerId', { organizerId: '' }],
    ['status', { status: 'cancelled' }],
  ];

  test.each(cases)('%s as in %j', async (path, fields) => {
    const { status, headers, body: problem } = await post({ body: body(fields as object) });

    expect(status).toBe(400);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(problem.errors.map((error: { path: string }) => error.path)).toContain(path);
    expect(problem.errors[0].message).not.toMatch(/invalid input/i);
  });

  test('every fault at once', async () => {
    const { body: problem } = await post({ body: { name: '', participants: [{}], validSince: 'x', colour: 'red' } });

    expect(problem.errors.map((error: { path: string }) => error.path).sort()).toEqual([
      'colour',
      'name',
      'participants[0]',
      'validSince',
    ]);
  });

  test.each(['{"name": ', 'null', '[]', '"text"', undefined])('a body that is %s', async (text) => {
    const { status } = await post(text === undefined ? {} : { body: text });

    expect(status).toBe(400);
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
    expect(unknown).toMatchObject({ status: 400, body: { errors: [{ path: 'organizerId' }] } });
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
