import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { catchLog, type LogLines } from '../../../logLines.ts';
import { alice, bob, type Call, call, startService, type TestService } from '../../../service.ts';

let service: TestService;
let logLines: LogLines;
const doors: Record<string, (options: Call) => ReturnType<typeof call>> = {};

/** Of nothing else that is kept or said. */
const password = '730164829';

beforeAll(async () => {
  service = await startService();
  const handlers = {
    create: await import('../../../../functions/handlers/http/meetings/createMeeting.handler.ts'),
    get: await import('../../../../functions/handlers/http/meetings/readMeeting.handler.ts'),
    patch: await import('../../../../functions/handlers/http/meetings/patchMeeting.handler.ts'),
    list: await import('../../../../functions/handlers/http/meetings/listMeetings.handler.ts'),
  };
  for (const [name, { handler }] of Object.entries(handlers)) {
    doors[name] = (options) => call(handler as never, { claims: alice, ...options });
  }
});

beforeEach(() => {
  logLines = catchLog();
});

afterEach(() => logLines.stop());

afterAll(() => service.stop());

const use = (name: string, options: Call) => doors[name]?.(options) ?? Promise.reject(new Error(name));
const validSince = () => new Date(Date.now() + 3_600_000).toISOString();
const newMeeting = (fields: object = {}) => ({
  name: 'Planning',
  participants: [{ email: 'bob@example.org' }],
  validSince: validSince(),
  ...fields,
});
const create = async (fields: object = {}) => (await use('create', { body: newMeeting(fields) })).body;
const patch = (id: string, body: object) => use('patch', { path: { id }, body });

async function rows() {
  const { Items = [] } = await service.table.documents.send(new ScanCommand({ TableName: service.table.name }));
  return Items;
}

const rowOf = async (id: string) => (await rows()).find(({ pk, sk }) => pk === `MEETING#${id}` && sk === 'MEETING');

/** The whole of a refusal of one field. */
const refusalOf = (path: string, message: string) => ({
  status: 400,
  body: { code: 'invalid-input', detail: `${path} ${message}.`, errors: [{ path, message }] },
});

describe('a meeting with a password', () => {
  test('says that it has one to whoever sees it, and to nobody which', async () => {
    const made = await use('create', { body: newMeeting({ password, isPasswordProtected: true, record: false }) });
    const { id } = made.body;
    const replies = [
      made,
      await use('get', { path: { id } }),
      await use('get', { path: { id }, claims: bob }),
      await patch(id, { name: 'Review' }),
    ];
    const { body: list } = await use('list', {});
    const listed = list.meetings.find((one: { id: string }) => one.id === id);

    for (const { status, body } of replies) {
      expect(status).toBeLessThan(300);
      expect(body.isPasswordProtected).toBe(true);
    }
    expect(listed.isPasswordProtected).toBe(true);
    for (const said of [...replies, list]) expect(JSON.stringify(said)).not.toMatch(/730164829|scrypt|passwordHash/);
    expect(JSON.stringify(logLines.all())).not.toMatch(/730164829|scrypt/);
    expect(logLines.all()).toEqual([]);
    const shown = ['id', 'name', 'timeZone', 'validSince', 'validUntil', 'status', 'url', 'ddi', 'organizerId'];
    expect(Object.keys(listed).sort()).toEqual(
      [
        ...shown,
        ...['sendInvitations', 'lobby', 'showAnswers', 'cohostsManage', 'isPasswordProtected', 'revision', 'sequence'],
        ...['created', 'updated', 'role', 'participantCount'],
      ].sort(),
    );
  });

  test('keeps a salted hash of it in the meeting’s own row, and nothing of it anywhere else', async () => {
    const [one, other] = [await create({ password }), await create({ password })];
    const [row, second] = [await rowOf(one.id), await rowOf(other.id)];
    const elsewhere = (await rows()).filter(({ sk }) => sk !== 'MEETING');

    expect(row?.passwordHash).toMatch(/^\$scrypt\$ln=14,r=8,p=5\$[0-9a-z]{26}\$[A-Za-z0-9_-]{43}$/);
    expect(second?.passwordHash.split('$')[3]).not.toBe(row?.passwordHash.split('$')[3]);
    expect(JSON.stringify(await rows())).not.toContain(password);
    expect(JSON.stringify(elsewhere)).not.toContain('scrypt');
  });

  test('is made once by the same call made again, and refused with another password', async () => {
    const body = newMeeting({ password });
    const headers = { 'Idempotency-Key': 'once' };
    const [first, again] = [await use('create', { body, headers }), await use('create', { body, headers })];
    const other = await use('create', { body: { ...body, password: '730164820' }, headers });

    expect(again.body.id).toBe(first.body.id);
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
  });
});

describe('a patch', () => {
  test('sets a password, changes it and takes it off, of which nobody is told', async () => {
    const { id } = await create();
    const said = [
      await patch(id, { password }),
      await patch(id, { password }),
      await patch(id, { password: '999999' }),
      await patch(id, { password: null }),
      await patch(id, { password: null }),
    ];

    expect(said.map(({ body }) => [body.isPasswordProtected, body.revision, body.sequence])).toEqual([
      [true, 2, 0],
      [true, 2, 0],
      [true, 3, 0],
      [false, 4, 0],
      [false, 4, 0],
    ]);
    expect(await rowOf(id)).not.toHaveProperty('passwordHash');
  });

  test('leaves the password as it is where it says nothing of it, or what is so', async () => {
    const { id } = await create({ password });
    const kept = (await rowOf(id))?.passwordHash;
    await patch(id, { name: 'Review', isPasswordProtected: true, record: false });

    expect((await rowOf(id))?.passwordHash).toBe(kept);
    expect((await patch(id, { password: null, isPasswordProtected: false })).body.isPasswordProtected).toBe(false);
  });

  const agreement = 'must be true where the meeting has a password, and false where it has none';

  test.each([
    [{}, { isPasswordProtected: true }, '/isPasswordProtected', agreement],
    [{}, { password: null, isPasswordProtected: true }, '/isPasswordProtected', agreement],
    [{ password }, { isPasswordProtected: false }, '/isPasswordProtected', agreement],
    [{ password }, { password: '999999', isPasswordProtected: false }, '/isPasswordProtected', agreement],
    [{ password }, { record: true }, '/record', 'must be false: this service records nothing'],
  ])('of a meeting with %j by %j is refused', async (fields, changes, path, message) => {
    const { id } = await create(fields);

    expect(await patch(id, changes)).toMatchObject(refusalOf(path, message));
  });
});
