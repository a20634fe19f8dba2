import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { meetingKey } from '../../functions/meetings/meetingStore.ts';
import { openapiDocument } from '../../functions/openapi/document.ts';
import { attemptLimit } from '../../functions/rooms/attemptLimit.ts';
import { documents } from '../../functions/runtime/clients.ts';
import { limitStore } from '../../functions/runtime/limitStore.ts';
import { writeRows } from '../../functions/runtime/table.ts';
import { catchLog, type LogLines } from '../logLines.ts';
import { type Answer, alice, call, root, startService, type TestService } from '../service.ts';
import { readConformance } from './conformance.ts';
import { unprovoked } from './provocations.ts';

const conformance = readConformance(JSON.stringify(openapiDocument('/m')));
const provoked = new Set<string>();

let service: TestService;
let log: LogLines;
/** What happens just before a call of DynamoDB. */
let beforeCall: ((command: string) => Promise<void>) | undefined;

beforeAll(async () => {
  service = await startService({ publicRooms: false, attendance: false });
  log = catchLog();
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-03-01T10:00:00Z') });
  documents().middlewareStack.add(
    (next, { commandName }) =>
      async (input) => {
        await beforeCall?.(String(commandName));
        return next(input);
      },
    { step: 'initialize' },
  );
});

afterAll(async () => {
  vi.useRealTimers();
  log.stop();
  await service.stop();
});

const doors = {
  createMeeting: () => import('../../functions/handlers/http/meetings/createMeeting.handler.ts'),
  patchMeeting: () => import('../../functions/handlers/http/meetings/patchMeeting.handler.ts'),
  openRoom: () => import('../../functions/handlers/http/rooms/openRoom.handler.ts'),
  openPublicRoom: () => import('../../functions/handlers/http/rooms/openPublicRoom.handler.ts'),
  readAttendance: () => import('../../functions/handlers/http/rooms/readAttendance.handler.ts'),
  createWebhook: async () => ({
    handler: (await import('../../functions/handlers/http/webhooks/createWebhook.ts')).createWebhook,
  }),
  rotateSecret: async () => ({
    handler: (await import('../../functions/handlers/http/webhooks/rotateSecret.ts')).rotateSecret,
  }),
  readMe: () => import('../../functions/handlers/http/users/readMe.handler.ts'),
};

async function send(id: keyof typeof doors, options: Parameters<typeof call>[1]): Promise<Answer> {
  return call((await doors[id]()).handler, options);
}

/** Holds an answer against what the document says of its operation. */
function expectRefused(id: keyof typeof doors, { status, headers, body }: Answer, expected: object): void {
  expect({ status, ...body }).toMatchObject(expected);
  const texts = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  conformance.check(id, { status, headers: Object.fromEntries(texts), body });
  provoked.add(body.code);
}

const newMeeting = { name: 'Planning', validSince: '2027-03-01T12:00:00Z', participants: [] };

test('call-in-progress: the same call was made before, and what it made is not to be read', async () => {
  const sending = { claims: alice, headers: { 'idempotency-key': 'rare' }, body: newMeeting };
  const { body } = await send('createMeeting', sending);
  await writeRows(service.table, [], [meetingKey(body.id)]);

  expectRefused('createMeeting', await send('createMeeting', sending), { status: 409, code: 'call-in-progress' });
});

test('meeting-busy: somebody else is faster, each time', async () => {
  const { body } = await send('createMeeting', { claims: alice, body: newMeeting });
  const faster = new UpdateCommand({
    TableName: service.table.name,
    Key: meetingKey(body.id),
    UpdateExpression: 'ADD revision :one',
    ExpressionAttributeValues: { ':one': 1 },
  });
  beforeCall = async (command) => {
    if (command === 'TransactWriteItemsCommand') await service.table.documents.send(faster);
  };
  const path = { id: body.id };
  const answer = await send('patchMeeting', { claims: alice, path, body: { name: 'Mine' } }).finally(() => {
    beforeCall = undefined;
  });

  expectRefused('patchMeeting', answer, { status: 409, code: 'meeting-busy' });
  expect(answer.headers['retry-after']).toBe('1');
});

test('limited: a scan of links', async () => {
  const sourceAddress = '198.51.100.9';
  const limit = attemptLimit(sourceAddress);
  for (let attempt = 1; attempt <= 300; attempt += 1) await limitStore(service.table).count(limit, new Date());
  const answer = await send('openRoom', { sourceAddress, path: { link: 'no.room' } });

  expectRefused('openRoom', answer, { status: 429, code: 'limited' });
});

test('public-rooms-off: an operator who wants none', async () => {
  const answer = await send('openPublicRoom', { path: { identifier: 'place' } });

  expectRefused('openPublicRoom', answer, { status: 404, code: 'public-rooms-off' });
});

test('attendance-unavailable: an operator who wants none kept', async () => {
  const { body } = await send('createMeeting', { claims: alice, body: newMeeting });
  const answer = await send('readAttendance', { claims: alice, path: { id: body.id } });

  expectRefused('readAttendance', answer, { status: 404, code: 'attendance-unavailable' });
});

test('webhook-busy: somebody else gives it a new secret at once', async () => {
  const { body } = await send('createWebhook', { claims: root, body: { url: 'https://hooks.example.org/' } });
  const rotate = () => send('rotateSecret', { claims: root, path: { id: body.id } });
  beforeCall = async (command) => {
    if (command !== 'UpdateItemCommand') return;
    beforeCall = undefined;
    expect((await rotate()).status).toBe(200);
  };

  expectRefused('rotateSecret', await rotate(), { status: 409, code: 'webhook-busy' });
});

test('internal-error: a table that does not answer', async () => {
  beforeCall = async () => {
    throw new Error('No answer');
  };
  const answer = await send('readMe', { claims: alice }).finally(() => {
    beforeCall = undefined;
  });

  expectRefused('readMe', answer, { status: 500, code: 'internal-error' });
  expect(JSON.stringify(answer.body)).not.toContain('No answer');
  expect(log.of('Request failed')).toMatchObject([{ level: 'error', error: { message: 'No answer' } }]);
});

test('no documented problem is left that neither these provoke nor a call over HTTP', () => {
  expect([...provoked].sort()).toEqual([...unprovoked].sort());
});
