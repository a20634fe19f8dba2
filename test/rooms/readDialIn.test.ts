import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { meetingStore } from '../../functions/meetings/meetingStore.ts';
import { queryRows, writeRows } from '../../functions/runtime/table.ts';
import { alice, bob, type Call, type Claims, call, root, startService, type TestService } from '../service.ts';

let service: TestService;
let post: (body: object) => ReturnType<typeof call>;
let patch: (id: string, body: object) => ReturnType<typeof call>;
let cancel: (id: string) => ReturnType<typeof call>;
let get: (options: Call) => ReturnType<typeof call>;
let dial: (pin: string, claims?: Claims) => ReturnType<typeof call>;
let enter: (pin: string, password: string, claims?: Claims) => ReturnType<typeof call>;

const exchange: Claims = { sub: 'exchange-id', 'cognito:username': 'exchange', 'cognito:groups': '[dial-in]' };
const minutes = 60_000;
const inMinutes = (count: number) => new Date(Date.now() + count * minutes).toISOString();

beforeAll(async () => {
  service = await startService();
  const [create, read, change, remove, dialIn] = await Promise.all([
    import('../../functions/handlers/http/meetings/createMeeting.handler.ts'),
    import('../../functions/handlers/http/meetings/readMeeting.handler.ts'),
    import('../../functions/handlers/http/meetings/patchMeeting.handler.ts'),
    import('../../functions/handlers/http/meetings/cancelMeeting.handler.ts'),
    import('../../functions/handlers/http/rooms/answerDialIn.handler.ts'),
  ]);
  post = (body) =>
    call(create.handler as never, {
      claims: alice,
      body: { name: 'Planning', participants: [{ email: 'bob@example.org' }], validSince: inMinutes(5), ...body },
    });
  patch = (id, body) => call(change.handler as never, { claims: alice, path: { id }, body });
  cancel = (id) => call(remove.handler as never, { claims: alice, path: { id } });
  get = (options) => call(read.handler as never, options);
  const dialled = (method: string, pin: string, options: object) =>
    call(dialIn.handler as never, { routeKey: `${method} /dial-in/{pin}`, path: { pin }, ...options });
  dial = (pin, claims = exchange) => dialled('GET', pin, { claims });
  enter = (pin, password, claims = exchange) => dialled('POST', pin, { claims, body: { password } });
});

afterAll(() => service.stop());

async function pinRow(pin: string) {
  for await (const row of queryRows(service.table, `PIN#${pin}`, 'PIN#')) return row;
  return undefined;
}

describe('a meeting’s dial-in code', () => {
  test('is nine digits, and shown to the organizer and the participants', async () => {
    const { body: meeting } = await post({});

    expect(meeting.ddi).toEqual({ extension: '+34999999999', pin: expect.stringMatching(/^[1-9]\d{8}$/) });
    expect((await get({ claims: bob, path: { id: meeting.id } })).body.ddi).toEqual(meeting.ddi);
  });

  test('is another for each meeting, and in no order', async () => {
    const pins: string[] = [];
    for (let count = 0; count < 12; count += 1) pins.push((await post({})).body.ddi.pin);

    expect(new Set(pins).size).toBe(12);
    expect([...pins].sort()).not.toEqual(pins);
  });

  test('opens the meeting for a telephone exchange, and for an admin', async () => {
    const { body: meeting } = await post({ language: 'es' });

    for (const claims of [exchange, root]) {
      expect(await dial(meeting.ddi.pin, claims)).toMatchObject({
        status: 200,
        body: {
          meetingId: meeting.id,
          name: 'Planning',
          validSince: meeting.validSince,
          validUntil: meeting.validUntil,
          language: 'es',
        },
      });
    }
  });

  test('opens it for nobody else, be it their own', async () => {
    const { body: meeting } = await post({});

    for (const claims of [alice, bob]) {
      expect(await dial(meeting.ddi.pin, claims)).toMatchObject({ status: 403, body: { code: 'capability-missing' } });
    }
  });

  test('opens nothing before its time, and says when', async () => {
    const { body: meeting } = await post({ validSince: inMinutes(11) });
    const { status, body: problem } = await dial(meeting.ddi.pin);

    expect(status).toBe(403);
    expect(problem.code).toBe('too-early');
    expect(Date.parse(meeting.validSince) - Date.parse(problem.opensAt)).toBe(10 * minutes);
  });

  test('opens nothing after its end, or once it is cancelled', async () => {
    const { body: ended } = await post({ validSince: inMinutes(-4), validUntil: inMinutes(1) });
    const { body: cancelled } = await post({});
    await cancel(cancelled.id);
    await endNow(ended.id);

    expect(await dial(ended.ddi.pin)).toMatchObject({ status: 410, body: { code: 'ended' } });
    expect(await dial(cancelled.ddi.pin)).toMatchObject({ status: 410, body: { code: 'cancelled' } });
    expect(await pinRow(cancelled.ddi.pin)).toMatchObject({ meetingId: cancelled.id });
  });

  test('stays when the meeting changes, and lives as long as it', async () => {
    const { body: meeting } = await post({});
    const { body: moved } = await patch(meeting.id, { validSince: inMinutes(120) });

    expect(moved.ddi).toEqual(meeting.ddi);
    const expiresAt = Math.floor(Date.parse(moved.validUntil) / 1_000) + 30 * 86_400;
    expect(await pinRow(meeting.ddi.pin)).toMatchObject({ meetingId: meeting.id, expiresAt });
  });
});

describe('a code of a meeting with a password', () => {
  const problem = (status: number, code: string, title: string, detail: string) => ({
    type: `/docs/problems.md#${code}`,
    title,
    status,
    code,
    detail,
    instance: 'urn:request:request-1',
  });
  const exchangeOf = (sub: string): Claims => ({ ...exchange, sub });

  test('tells an exchange to ask for it, and not which meeting it is', async () => {
    const { body: meeting } = await post({ password: '730164', language: 'ca' });

    expect(await dial(meeting.ddi.pin)).toMatchObject({ status: 200 });
    expect((await dial(meeting.ddi.pin)).body).toEqual({ isPasswordProtected: true, language: 'ca' });
  });

  test('opens it with the password that was typed', async () => {
    const { body: meeting } = await post({ password: '730164' });
    const { id: meetingId, name, validSince, validUntil } = meeting;

    expect(await enter(meeting.ddi.pin, '730164')).toMatchObject({ status: 200 });
    expect(await enter(meeting.ddi.pin, `730164${' '.repeat(250)}`)).toMatchObject({ status: 200 });
    expect(await enter(meeting.ddi.pin, `730164${' '.repeat(251)}`)).toMatchObject({
      status: 400,
      body: { errors: [{ path: '/password', message: 'must be text of 1 to 256 characters' }] },
    });
    expect((await enter(meeting.ddi.pin, '730164')).body).toEqual({
      meetingId,
      name,
      validSince,
      validUntil,
      isPasswordProtected: true,
      language: 'en',
    });
  });

  test('does not open it with another', async () => {
    const { body: meeting } = await post({ password: '730164' });
    const { status, body } = await enter(meeting.ddi.pin, '7');

    expect(status).toBe(403);
    expect(body).toEqual(problem(403, 'wrong-password', 'The password is wrong', 'The password is wrong.'));
  });

  test('is not asked for one where the meeting has none', async () => {
    const { body: meeting } = await post({});

    expect((await dial(meeting.ddi.pin)).body.isPasswordProtected).toBe(false);
    expect(await enter(meeting.ddi.pin, '1')).toMatchObject({ status: 200, body: { meetingId: meeting.id } });
  });

  test('is no way to a meeting that is not open, be the password right, nor to nobody’s', async () => {
    const { body: meeting } = await post({ password: '730164', validSince: inMinutes(11) });

    expect(await enter(meeting.ddi.pin, '730164')).toMatchObject({ status: 403, body: { code: 'too-early' } });
    expect(await enter('100000002', '730164', exchangeOf('typos'))).toMatchObject({
      status: 404,
      body: { code: 'no-such-code' },
    });
    for (const claims of [alice, bob]) {
      expect(await enter(meeting.ddi.pin, '730164', claims)).toMatchObject({
        status: 403,
        body: { code: 'capability-missing' },
      });
    }
  });

  test('takes twenty passwords within ten minutes of an exchange, right ones counted, and then no right one', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(Math.ceil(Date.now() / 600_000) * 600_000) });
    try {
      const { body: meeting } = await post({ password: '730164' });
      const guesser = exchangeOf('password-guesser');
      for (let count = 0; count < 19; count += 1) expect((await enter(meeting.ddi.pin, '1', guesser)).status).toBe(403);
      expect((await enter(meeting.ddi.pin, '730164', guesser)).status).toBe(200);
      const { status, headers, body } = await enter(meeting.ddi.pin, '730164', guesser);

      expect(status).toBe(429);
      expect(headers['retry-after']).toBe('600');
      const detail = 'That was too often; it can be tried again in 600 seconds.';
      expect(body).toEqual(problem(429, 'too-many-passwords', 'Too many passwords have been tried', detail));
      expect((await enter(meeting.ddi.pin, '730164')).status).toBe(200);
    } finally {
      vi.useRealTimers();
    }
  });
});

/** The end of a meeting, as time alone would bring it. */
async function endNow(id: string) {
  const meeting = await meetingStore(service.table, 30).get(id);
  await service.table.documents.send(
    new UpdateCommand({
      TableName: service.table.name,
      Key: { pk: `MEETING#${meeting?.id}`, sk: 'MEETING' },
      UpdateExpression: 'SET validUntil = :now',
      ExpressionAttributeValues: { ':now': new Date().toISOString() },
    }),
  );
}

/** Has chance give these numbers first. */
function draw(...pins: string[]) {
  const chance = vi.spyOn(crypto, 'randomInt');
  for (const pin of pins) chance.mockImplementationOnce((() => Number(pin)) as never);
  syncBuiltinESMExports();
  return () => {
    chance.mockRestore();
    syncBuiltinESMExports();
  };
}

describe('a code that chance gives twice', () => {
  test('is not that of a second living meeting, which gets another', async () => {
    const { body: first } = await post({});
    const { pin } = first.ddi;
    const restore = draw(pin, pin, '222222222');
    const second = await post({}).finally(restore);

    expect(second).toMatchObject({ status: 201, body: { ddi: { pin: '222222222' } } });
    expect((await dial(pin)).body.meetingId).toBe(first.id);
  });

  test('leads to the later meeting where the row of the earlier one has expired but is not removed yet', async () => {
    const { body: first } = await post({});
    const { pin } = first.ddi;
    const row = await pinRow(pin);
    await writeRows(service.table, [{ ...row, expiresAt: Math.floor(Date.now() / 1_000) - 1 }]);
    const restore = draw(pin);
    const { body: second } = await post({}).finally(restore);

    expect(second.ddi.pin).toBe(pin);
    expect((await dial(pin)).body.meetingId).toBe(second.id);
  });

  test('leaves nothing behind of the call that met it', async () => {
    const { body: first } = await post({});
    const { pin } = first.ddi;
    const restore = draw(pin, pin, pin, pin, pin);
    const second = await post({ name: 'Unlucky' }).finally(restore);

    expect(second.status).toBe(500);
    const listed: unknown[] = [];
    for await (const entry of queryRows(service.table, 'USER#alice-id', 'MEETING#')) listed.push(entry.meetingId);
    const names = await Promise.all(
      listed.map(async (id) => (await get({ claims: alice, path: { id: String(id) } })).body.name),
    );
    expect(names).not.toContain('Unlucky');
  });
});

describe('wrong codes', () => {
  test.each(['100000000', '000000000', '12345678', '1234567890', 'abcdefghi', '123456789%00'])(
    '%s opens nothing',
    async (pin) => {
      expect(await dial(pin, { ...exchange, sub: 'exchange-of-typos' })).toMatchObject({
        status: 404,
        body: { code: 'no-such-code' },
      });
    },
  );

  test('are counted for each exchange by itself, and end in refusing right ones too', async () => {
    const guesser: Claims = { ...exchange, sub: 'guesser-id' };
    const { body: meeting } = await post({});
    for (let count = 0; count < 60; count += 1) expect((await dial('100000001', guesser)).status).toBe(404);
    const refused = await dial(meeting.ddi.pin, guesser);

    expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-attempts' } });
    const seconds = Number(refused.headers['retry-after']);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(3_600);
    expect((await dial(meeting.ddi.pin)).status).toBe(200);
  });

  test('are not what right ones are counted as', async () => {
    const busy: Claims = { ...exchange, sub: 'busy-id' };
    const { body: meeting } = await post({});
    for (let count = 0; count < 70; count += 1) expect((await dial(meeting.ddi.pin, busy)).status).toBe(200);
  });
});
