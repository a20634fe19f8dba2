import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixtureIssuer } from './fixture/fixtureStack.ts';
import { type Fixture, type FixtureEvent, startFixture } from './fixture/startFixture.ts';

let directory: string;
let fixture: Fixture;
let url: string;
let token: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'door-'));
  fixture = await startFixture(directory, {
    pages: ({ method, url: page }, { stateDirectory }) => ({
      status: 200,
      headers: { 'content-type': 'text/plain' },
      body: `${method} ${page.pathname} ${stateDirectory}`,
    }),
  });
  url = fixture.service.url;
  token = await fixture.service.token('alice');
}, 60_000);

afterAll(async () => {
  await fixture.service.stop();
  rmSync(directory, { recursive: true });
});

describe('the event', () => {
  test('is that of payload format 2.0', async () => {
    const path = '/open/caf%C3%A9%20a/b/c?tag=x&tag=y%2Cz&empty=&q=%E2%82%AC';
    const response = await fetch(url + path, {
      headers: { 'X-Many': 'one', cookie: 'a=1; b=2', 'user-agent': 'Tester/1', 'x-forwarded-for': '203.0.113.7' },
    });

    const event: FixtureEvent = await response.json();
    const host = new URL(url).host;
    expect(event).toEqual({
      version: '2.0',
      routeKey: 'GET /open/{name}/{rest+}',
      rawPath: '/open/café a/b/c',
      rawQueryString: 'tag=x&tag=y%2Cz&empty=&q=%E2%82%AC',
      cookies: ['a=1', 'b=2'],
      headers: expect.objectContaining({
        host,
        'x-many': 'one',
        'user-agent': 'Tester/1',
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
        'x-forwarded-for': '203.0.113.7, 127.0.0.1',
        'x-forwarded-proto': 'http',
      }),
      queryStringParameters: { tag: 'x,y,z', empty: '', q: '€' },
      requestContext: {
        accountId: '000000000000',
        apiId: 'Api',
        domainName: host,
        domainPrefix: '127',
        http: {
          method: 'GET',
          path: '/open/café a/b/c',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'Tester/1',
        },
        requestId: response.headers.get('apigw-requestid'),
        routeKey: 'GET /open/{name}/{rest+}',
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
      pathParameters: { name: 'café a', rest: 'b/c' },
      isBase64Encoded: false,
    });
    expect(event.headers.cookie).toBeUndefined();
  });

  test.each([
    ['application/json', '{"a":"é"}', '{"a":"é"}', false],
    ['text/calendar; charset=utf-8', 'BEGIN', 'BEGIN', false],
    ['application/merge-patch+json', '{}', 'e30=', true],
    ['application/x-www-form-urlencoded', 'a=1', 'YT0x', true],
  ])('has a body of %s as text or base64', async (contentType, body, expected, isBase64Encoded) => {
    const response = await fetch(`${url}/open`, { method: 'POST', headers: { 'content-type': contentType }, body });

    expect(await response.json()).toMatchObject({ body: expected, isBase64Encoded });
  });

  test('has the claims of the token, each a text', async () => {
    const claims = { sub: 'x', 'cognito:groups': ['a', 'b'], email_verified: true, iat: 1_000 };
    const own = await fixture.service.token('carol', claims);

    const event: FixtureEvent = await (await get('/anything', own)).json();

    expect(event.routeKey).toBe('$default');
    expect(event.requestContext.authorizer).toEqual({
      jwt: {
        claims: expect.objectContaining({
          iss: fixtureIssuer.issuer,
          aud: fixtureIssuer.audience,
          'cognito:groups': '[a b]',
          'cognito:username': 'carol',
          email_verified: 'true',
          iat: '1000',
        }),
        scopes: null,
      },
    });
  });
});

describe('the reply', () => {
  test.each([
    ['throw', 500, '{"message":"Internal Server Error"}'],
    ['exit', 500, '{"message":"Internal Server Error"}'],
    ['hang', 500, '{"message":"Internal Server Error"}'],
    ['shape', 500, '{"message":"Internal Server Error"}'],
    ['large', 500, '{"message":"Internal Server Error"}'],
    ['nothing', 200, 'null'],
  ])('to a function that is told to %s is %d', async (order, status, body) => {
    const response = await fetch(`${url}/open?do=${order}`);

    expect(response.status).toBe(status);
    expect(await response.text()).toBe(body);
    expect(response.headers.get('content-type')).toBe('application/json');
  });

  test('may be binary', async () => {
    const response = await fetch(`${url}/open?do=binary`);

    expect(response.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from([0, 1, 2]));
  });

  test('may set several cookies', async () => {
    const response = await fetch(`${url}/open?do=cookies`);

    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2']);
  });

  test('comes too late after the integration’s time', async () => {
    const response = await fetch(`${url}/quick?do=wait`);

    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ message: 'Service Unavailable' });
  });
});

describe('the gateway', () => {
  test('lets nobody in without a token, where the route wants one', async () => {
    for (const given of [undefined, 'nonsense', `${token}x`]) {
      const response = await get('/anything', given);
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({ message: 'Unauthorized' });
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
    expect((await get('/anything', token)).status).toBe(200);
  });

  test('lets nobody in whose token has no scope of the route', async () => {
    const scoped = await fixture.service.token('alice', { scope: 'openid items/read' });

    expect((await get('/scoped', token)).status).toBe(403);
    const event: FixtureEvent = await (await get('/scoped', scoped)).json();
    expect(event.requestContext.authorizer.jwt.scopes).toEqual(['items/read']);
  });

  test('refuses what comes too often', async () => {
    const statuses = [];
    for (let call = 0; call < 3; call++) statuses.push((await fetch(`${url}/throttled`)).status);

    expect(statuses).toEqual([200, 200, 429]);
    expect(await (await fetch(`${url}/throttled`)).json()).toEqual({ message: 'Too Many Requests' });
  });

  test('refuses a body over 10 MB, and one that is too large for the function’s event', async () => {
    for (const megabytes of [5, 11]) {
      const response = await fetch(`${url}/open`, { method: 'POST', body: Buffer.alloc(megabytes * 1024 * 1024) });
      expect(response.status).toBe(413);
      expect(await response.json()).toEqual({ message: 'Request Entity Too Large' });
    }
  });

  test('refuses headers over 10,240 bytes', async () => {
    expect((await fetch(`${url}/open`, { headers: { 'x-long': 'x'.repeat(10_240) } })).status).toBe(431);
  });

  test('answers a preflight itself, and permits the origin that is allowed', async () => {
    const origin = { origin: 'https://app.example' };
    const preflight = await fetch(`${url}/anything`, {
      method: 'OPTIONS',
      headers: { ...origin, 'access-control-request-method': 'GET' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://app.example');

    const response = await fetch(`${url}/open`, { headers: origin });
    expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect((await fetch(`${url}/open`)).headers.get('access-control-allow-origin')).toBeNull();
  });

  test('answers only who asks for this machine', async () => {
    const status = await new Promise((resolve) => {
      request(`${url}/open`, { headers: { host: 'evil.example' } }, (response) => resolve(response.statusCode)).end();
    });

    expect(status).toBe(403);
  });

  test('leaves the runner’s own pages to the runner', async () => {
    const response = await fetch(`${url}/_local/inbox?a=b`, { method: 'POST' });

    expect(await response.text()).toBe(`POST /_local/inbox ${fixture.service.stateDirectory}`);
  });
});

function get(path: string, given?: string): Promise<Response> {
  return fetch(url + path, given === undefined ? {} : { headers: { authorization: `Bearer ${given}` } });
}
