import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handler as health } from '../../../../functions/handlers/http/service/health.handler.ts';
import { handler as notFound } from '../../../../functions/handlers/http/service/notFound.handler.ts';
import { routes } from '../../../../functions/routes.ts';
import { startService, type TestService } from '../../../service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startService({ linkPath: '/join/us' });
});

afterAll(() => service.stop());

async function ask(handler: typeof notFound, method: string, address: string) {
  const event = {
    rawPath: address,
    headers: {},
    requestContext: { requestId: 'JKJaXmPLvHcESHA=', http: { method, path: address, sourceIp: '192.0.2.1' } },
    isBase64Encoded: false,
  };
  const result = await handler(event as unknown as APIGatewayProxyEventV2, {} as Context);
  return { ...result, body: result.body === undefined ? undefined : JSON.parse(result.body) };
}

test.each([
  ['PUT', '/meetings', 'POST, GET'],
  ['HEAD', '/meetings', 'POST, GET'],
  ['POST', '/meetings/k3v9x0q2m7c1t8r5w4z6b0n2p1', 'GET, PATCH, DELETE'],
  ['PUT', '/meetings/any/invitations', 'GET, POST'],
  ['POST', '/users/me', 'GET, PATCH'],
  ['POST', '/users/someone', 'GET, PUT, DELETE'],
  ['PATCH', '/health', 'GET, HEAD'],
  ['POST', '/openapi.json', 'GET, HEAD'],
  ['DELETE', '/join/us/link.key', 'GET, HEAD'],
  ['POST', '/c/our-place', 'GET, HEAD'],
  ['GET', '/meetings/any/host-token', 'POST'],
])('%s %s is refused with the methods that the address has: %s', async (method, address, allow) => {
  const { statusCode, headers, body } = await ask(notFound, method, address);

  expect({ statusCode, headers }).toEqual({
    statusCode: 405,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', allow },
  });
  expect(body).toEqual(
    method === 'HEAD'
      ? undefined
      : {
          type: '/docs/problems.md#method-not-allowed',
          title: 'The address does not answer this method',
          status: 405,
          code: 'method-not-allowed',
          detail: `This address answers ${allow}, not ${method}.`,
          instance: 'urn:request:JKJaXmPLvHcESHA=',
        },
  );
});

test.each([
  ['GET', '/'],
  ['GET', '/nothing'],
  ['GET', '/health/'],
  ['PUT', '/meetings/'],
  ['GET', '/meetings//invitations'],
  ['GET', '/join/us/'],
  ['GET', '/m/link.key'],
  ['GET', '/c/our/place'],
  ['GET', '/$default'],
  ['GET', '/reservation/conference/room'],
  ['GET', '//health'],
])('%s %s is at no address', async (method, address) => {
  const { statusCode, headers, body } = await ask(notFound, method, address);

  expect({ statusCode, headers }).toEqual({
    statusCode: 404,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
  expect(body).toEqual({
    type: '/docs/problems.md#no-such-route',
    title: 'Nothing is at this address',
    status: 404,
    code: 'no-such-route',
    detail: 'There is nothing at this address.',
    instance: 'urn:request:JKJaXmPLvHcESHA=',
  });
});

test('HEAD is answered as GET, without its content', async () => {
  const [get, head] = [await ask(health, 'GET', '/health'), await ask(health, 'HEAD', '/health')];

  expect(get).toEqual({
    statusCode: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: { status: 'ok' },
  });
  expect(head).toEqual({ ...get, body: undefined });
});

test('every address refuses a method that no route has', async () => {
  for (const { path, method } of routes.filter((route) => route.method !== 'ANY')) {
    const address = path.replace('{linkPath}', '/join/us').replaceAll(/\{\w+\}/g, 'some');
    const { statusCode, headers } = await ask(notFound, 'TRACE', address);

    expect({ address, statusCode }).toEqual({ address, statusCode: 405 });
    expect(String(headers?.allow).split(', ')).toContain(method);
  }
});
