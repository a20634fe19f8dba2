import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { clientConfiguration } from './fixture/fixtureClients.ts';
import { type Fixture, type FixtureEvent, startFixture } from './fixture/startFixture.ts';

let directory: string;
let fixture: Fixture;
let management: ApiGatewayManagementApiClient;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sockets-'));
  fixture = await startFixture(directory, { socketLimits: { lifeMs: 3_000, idleMs: 1_500 } });
  management = new ApiGatewayManagementApiClient({
    ...clientConfiguration(fixture.service, 'Socket'),
    endpoint: `${fixture.service.awsUrl}/live`,
  });
}, 60_000);

afterAll(async () => {
  await fixture.service.stop();
  rmSync(directory, { recursive: true });
});

describe('a WebSocket API', () => {
  test('takes a connection, its messages and its end to the routes', async () => {
    const { socket, id } = await open('?room=1&room=2', { Origin: 'https://app.example' });

    expect(eventsOf(id)[0]).toMatchObject({
      headers: { Host: new URL(address()).host, Origin: 'https://app.example', 'X-Forwarded-For': '127.0.0.1' },
      multiValueHeaders: { 'X-Forwarded-Proto': ['http'] },
      queryStringParameters: { room: '2' },
      multiValueQueryStringParameters: { room: ['1', '2'] },
      requestContext: {
        routeKey: '$connect',
        eventType: 'CONNECT',
        messageDirection: 'IN',
        stage: 'live',
        apiId: 'Sockets',
        identity: { sourceIp: '127.0.0.1' },
        connectionId: expect.stringMatching(/^[A-Za-z0-9]{15}=$/),
      },
      isBase64Encoded: false,
    });

    const body = JSON.stringify({ action: 'echo', text: 'à bientôt' });
    socket.send(body);
    expect(await nextMessage(socket)).toBe(body);
    expect(eventsOf(id)[1]).toMatchObject({ requestContext: { routeKey: 'echo', eventType: 'MESSAGE' }, body });

    socket.close(1000, 'done');
    await vi.waitFor(() => expect(eventsOf(id)).toHaveLength(3));
    expect(eventsOf(id)[2].requestContext).toMatchObject({
      routeKey: '$disconnect',
      eventType: 'DISCONNECT',
      disconnectStatusCode: 1000,
      disconnectReason: 'done',
    });
  });

  test.each([
    ['?do=refuse', 403],
    ['?do=throw', 502],
  ])('does not open where $connect %s', async (query, status) => {
    const before = fixture.events('Socket').length;

    await expect(open(query)).rejects.toThrow(`Unexpected server response: ${status}`);
    expect(
      fixture
        .events('Socket')
        .slice(before)
        .map(({ event }) => event.requestContext.eventType),
    ).toEqual(['CONNECT']);
  });

  test('is at its stage alone', async () => {
    const socket = new WebSocket(address().replace('/live', '/other'));

    await expect(once(socket, 'open')).rejects.toThrow('403');
  });

  test('speaks a subprotocol that $connect has chosen, and none of its own accord', async () => {
    const { socket } = await open('?do=protocol', {}, ['talk', 'chat']);
    expect(socket.protocol).toBe('chat');
    socket.close();

    await expect(open('', {}, ['chat'])).rejects.toThrow('Server sent no subprotocol');
  });

  test('forbids what no route takes, JSON or not', async () => {
    const { socket, id } = await open();

    for (const text of ['{"action":"dance"}', 'no JSON', '[]', '{"action":7}']) {
      socket.send(text);
      const reply = JSON.parse(await nextMessage(socket));
      expect(reply).toEqual({ message: 'Forbidden', connectionId: id, requestId: expect.any(String) });
    }
    socket.close();
  });

  test('tells of a function’s error', async () => {
    const { socket, id } = await open();

    socket.send('{"action":"echo","do":"throw"}');

    expect(JSON.parse(await nextMessage(socket))).toMatchObject({ message: 'Internal server error', connectionId: id });
    socket.close();
  });

  test('cannot be posted to while $connect runs', async () => {
    const { socket, id } = await open('?do=post');

    expect(
      fixture
        .events('Socket')
        .filter(({ result }) => result !== undefined)
        .at(-1)?.result,
    ).toBe('GoneException');
    const message = nextMessage(socket);
    await management.send(new PostToConnectionCommand({ ConnectionId: id, Data: 'now' }));
    expect(await message).toBe('now');
    socket.close();
  });

  test('gives what a connection is, ends it, and says that it is gone', async () => {
    const { socket, id } = await open();
    const closed = once(socket, 'close');

    expect(await management.send(new GetConnectionCommand({ ConnectionId: id }))).toMatchObject({
      ConnectedAt: expect.any(Date),
      LastActiveAt: expect.any(Date),
      Identity: { SourceIp: '127.0.0.1' },
    });
    await management.send(new DeleteConnectionCommand({ ConnectionId: id }));
    await closed;

    const post = () => management.send(new PostToConnectionCommand({ ConnectionId: id, Data: 'late' }));
    await vi.waitFor(() =>
      expect(post()).rejects.toMatchObject({ name: 'GoneException', $metadata: { httpStatusCode: 410 } }),
    );
  });

  test('carries no post over 128 KB, and none by who may not', async () => {
    const { socket, id } = await open();
    const large = new PostToConnectionCommand({ ConnectionId: id, Data: 'x'.repeat(131_073) });
    await expect(management.send(large)).rejects.toMatchObject({ name: 'PayloadTooLargeException' });

    const stranger = new ApiGatewayManagementApiClient(clientConfiguration(fixture.service, 'Direct'));
    const post = stranger.send(new PostToConnectionCommand({ ConnectionId: id, Data: 'x' }));
    await expect(post).rejects.toMatchObject({ name: 'ForbiddenException' });
    socket.close();
  });

  test('carries a message of 128 KB in frames of 32 KB, and ends at a larger frame or message', async () => {
    const { socket } = await open();
    const body = JSON.stringify({ action: 'echo', text: 'x'.repeat(131_072 - 27) });
    expect(body).toHaveLength(131_072);
    sendInFrames(socket, body);
    expect(await nextMessage(socket)).toBe(body);

    sendInFrames(socket, `${body} `);
    expect((await once(socket, 'close'))[0]).toBe(1009);

    const { socket: other } = await open();
    other.send('x'.repeat(32_769));
    expect((await once(other, 'close'))[0]).toBe(1009);
  });

  test('ends at a binary message', async () => {
    const { socket } = await open();

    socket.send(Buffer.from([1, 2, 3]));

    expect((await once(socket, 'close'))[0]).toBe(1003);
  });

  test('ends when it is idle for too long, and when it has lived for too long', async () => {
    const [{ socket: idle }, { socket: busy }] = await Promise.all([open(), open()]);
    const timer = setInterval(() => busy.send('{"action":"echo"}'), 200);
    const ends: { readonly name: string; readonly code: number }[] = [];
    const recordClose = async (name: string, socket: WebSocket) => {
      const [code] = await once(socket, 'close');
      ends.push({ name, code });
    };

    await Promise.all([recordClose('idle', idle), recordClose('busy', busy)]);
    clearInterval(timer);

    expect(ends).toEqual([
      { name: 'idle', code: 1001 },
      { name: 'busy', code: 1001 },
    ]);
  });
});

function address(): string {
  return fixture.service.socketUrl ?? '';
}

async function open(query = '', headers: Record<string, string> = {}, protocols: string[] = []) {
  const mark = `mark=${Math.random()}`;
  const socket = new WebSocket(`${address()}${query === '' ? '?' : `${query}&`}${mark}`, protocols, { headers });
  await once(socket, 'open');
  const connect = fixture.events('Socket').find(({ event }) => JSON.stringify(event ?? {}).includes(mark.slice(5)));
  const id: string = connect?.event.requestContext.connectionId;
  return { socket, id };
}

function eventsOf(id: string): FixtureEvent[] {
  return fixture
    .events('Socket')
    .map(({ event }) => event)
    .filter((event) => event?.requestContext.connectionId === id);
}

async function nextMessage(socket: WebSocket): Promise<string> {
  const [data] = await once(socket, 'message');
  return String(data);
}

function sendInFrames(socket: WebSocket, text: string): void {
  for (let start = 0; start < text.length; start += 32_768) {
    socket.send(text.slice(start, start + 32_768), { fin: start + 32_768 >= text.length });
  }
}
