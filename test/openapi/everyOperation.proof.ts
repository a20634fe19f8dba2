import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operationIdOf, operations } from '../../functions/openapi/document.ts';
import { problems } from '../../functions/openapi/problems.ts';
import { routes } from '../../functions/routes.ts';
import { beginJourney, type Journey } from '../journeys/journey.ts';
import { type GeneratedClient, generateClient } from './generatedClient.ts';
import { allowances, provocations, unprovoked } from './provocations.ts';
import { admin, bob, createScenes, gone, organizer, type Scenes, usual } from './scenes.ts';

let service: Journey;
let client: GeneratedClient;
let scenes: Scenes;

/** What was answered, as `createMeeting 201`. */
const answered = new Set<string>();

beforeAll(async () => {
  service = await beginJourney({ ...allowances, throttleRate: 1_000, throttleBurst: 1_000 });
  client = recording(await generateClient(service));
  scenes = createScenes(client, () => service.sms());
  await client.send('readMe', { as: gone });
  await client.send('deleteUser', { as: admin, parameters: { id: gone.sub } });
});

afterAll(() => service.end());

function recording(plain: GeneratedClient): GeneratedClient {
  return {
    ...plain,
    send: async (operationId, sending) => {
      const answer = await plain.send(operationId, sending);
      answered.add(`${operationId} ${answer.status}`);
      return answer;
    },
  };
}

const described = routes.flatMap((route) => {
  const operation = operations[`${route.method} ${route.path}`];
  return operation ? [{ id: operationIdOf(route), access: route.access, operation }] : [];
});
const ids = described.map(({ id }) => id);
const closed = described.filter(({ access }) => access === 'user').map(({ id }) => id);
const pairs = described.flatMap(({ id, access, operation }) =>
  [...operation.problems, ...(access === 'user' ? (['user-deleted'] as const) : [])]
    .filter((code) => !unprovoked.includes(code))
    .map((code) => [id, code] as const),
);

test('the client has every operation, and there is a call for each', () => {
  expect(client.conformance.operations.map(({ operationId }) => operationId).sort()).toEqual([...ids].sort());
  expect(Object.keys(usual).sort()).toEqual([...ids].sort());
});

describe('an operation', () => {
  test.each(ids)('%s succeeds as the document says', async (id) => {
    const { status, body } = await client.send(id, (await usual[id]?.(scenes)) ?? {});

    expect(status, JSON.stringify(body)).toBeLessThan(400);
  });

  test.each(closed)('%s refuses who has no token as the document says', async (id) => {
    expect(await client.send(id, { ...(await usual[id]?.(scenes)), as: undefined })).toMatchObject({ status: 401 });
  });

  test.each(pairs)(
    '%s refuses with %s as the document says',
    async (id, code) => {
      const sending = await provocations[code]?.({ id, scenes, client });

      const { status, body } = await client.send(id, sending ?? {});

      expect({ status, code: body.code, body }).toMatchObject({ status: problems[code].status, code });
    },
    60_000,
  );
});

describe('what is answered in more than one way', () => {
  test('a participant sees a meeting without addresses', async () => {
    const { id } = await scenes.meeting();

    const { body } = await client.send('readMeeting', { as: bob, parameters: { id } });

    expect(body.participants).toEqual([{ id: expect.any(String), answer: { status: 'needsAction' } }]);
  });

  test('a user who is new is created', async () => {
    const body = { username: 'newcomer', capabilities: [] };

    expect(await client.send('putUser', { as: admin, parameters: { id: 'newcomer' }, body })).toMatchObject({
      status: 201,
      headers: { location: '/users/newcomer' },
    });
  });

  test('a list goes on from its cursor', async () => {
    for (const _ of [1, 2]) await scenes.user();
    const first = await client.send('listUsers', { as: admin, parameters: { username: 'user', limit: 1 } });

    const second = await client.send('listUsers', {
      as: admin,
      parameters: { username: 'user', limit: 1, cursor: first.body.cursor },
    });

    expect(second.body.users).toHaveLength(1);
    expect(second.body.users[0].id).not.toBe(first.body.users[0].id);
  });

  test('deliveries that were made are shown', async () => {
    const { id } = await scenes.meeting({ sendInvitations: true });

    await expect
      .poll(
        async () => {
          const { body } = await client.send('readInvitations', { as: organizer, parameters: { id } });
          return body.participants[0].deliveries[0]?.state;
        },
        { timeout: 20_000 },
      )
      .toBe('sent');
  });

  test('a browser is given the page of a room', async () => {
    const headers = { accept: 'text/html' };

    const { body } = await client.send('openPublicRoom', { parameters: { identifier: 'place' }, headers });

    expect(body).toMatch(/^<!doctype html>/i);
  });

  test('a participant who is added again is answered with as they are', async () => {
    const { id, participantId } = await scenes.meeting();
    const body = { email: 'bob@example.org' };

    const again = await client.send('addParticipant', { as: organizer, parameters: { id }, body });

    expect(again).toMatchObject({ status: 200, body: { id: participantId, ...body } });
  });

  test('the document is not sent twice', async () => {
    const { headers } = await client.send('readDocument', {});

    const again = await client.send('readDocument', { parameters: { 'If-None-Match': headers.etag ?? '' } });

    expect(again.status).toBe(304);
  });
});

describe('over HTTP', () => {
  const ask = async (method: string, path: string, headers: Record<string, string> = {}) => {
    const reply = await fetch(`${service.url}${path}`, { method, headers });
    return {
      status: reply.status,
      allow: reply.headers.get('allow'),
      text: await reply.text(),
      headers: reply.headers,
    };
  };

  test.each([
    ['PUT', '/meetings', 405, 'POST, GET'],
    ['HEAD', '/meetings', 405, 'POST, GET'],
    ['POST', '/health', 405, 'GET, HEAD'],
    ['HEAD', '/health', 200, null],
    ['HEAD', '/openapi.json', 200, null],
    ['HEAD', '/c/place', 200, null],
    ['GET', '/health/', 404, null],
  ])('%s %s is answered with %i and allows %s', async (method, path, status, allow) => {
    const reply = await ask(method, path);

    expect({ status: reply.status, allow: reply.allow }).toEqual({ status, allow });
    if (method === 'HEAD') expect(reply.text).toBe('');
  });

  test('a refusal names the request as the gateway does', async () => {
    const { headers, text } = await ask('GET', '/nothing');

    expect(JSON.parse(text).instance).toBe(`urn:request:${headers.get('apigw-requestid')}`);
  });

  test('a token without a subject is refused, and no fault of the service', async () => {
    const token = await service.token('bob', { sub: undefined });
    const { status, text } = await ask('GET', '/users/me', { authorization: `Bearer ${token}` });

    expect({ status, code: JSON.parse(text).code }).toEqual({ status: 403, code: 'invalid-subject' });
  });
});

test('calls beyond what the gateway takes are refused as the document says', async () => {
  const narrow = await beginJourney({ throttleRate: 1, throttleBurst: 5 });
  const impatient = recording(await generateClient(narrow));

  await Promise.all(
    ['health', 'readDocument'].flatMap((id) => Array.from({ length: 30 }, () => impatient.send(id, {}))),
  );

  expect([...answered]).toEqual(expect.arrayContaining(['health 429', 'readDocument 429']));
  await narrow.end();
}, 120_000);

test('every success that the document says has been seen, and a refusal by every operation', () => {
  const successes = client.conformance.operations.flatMap(({ operationId, responses }) =>
    Object.keys(responses)
      .filter((status) => Number(status) < 400)
      .map((status) => `${operationId} ${status}`),
  );
  const refusing = new Set(
    [...answered].filter((answer) => /[45]\d\d$/.test(answer)).map((answer) => answer.split(' ')[0]),
  );

  expect(successes.filter((success) => !answered.has(success))).toEqual([]);
  expect(ids.filter((id) => !refusing.has(id))).toEqual([]);
});
