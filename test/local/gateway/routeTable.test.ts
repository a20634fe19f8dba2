import { describe, expect, test } from 'vitest';
import type { GatewayRoute } from '../../../infra/local/gateway/httpApi.ts';
import { createRouteTable } from '../../../infra/local/gateway/routeTable.ts';

const match = createRouteTable(
  [
    '$default',
    'ANY /files/{path+}',
    'GET /files/{name}',
    'GET /users/{id}',
    'GET /users/me',
    'ANY /users/{id}',
    'GET /users/{id}/devices/{device}',
    'GET /',
    'POST /a/{b}/c',
    'ANY /a/b/{c}',
  ].map(route),
);

describe('createRouteTable', () => {
  test.each([
    ['GET', '/users/me', 'GET /users/me', {}],
    ['GET', '/users/7', 'GET /users/{id}', { id: '7' }],
    ['PUT', '/users/me', 'ANY /users/{id}', { id: 'me' }],
    ['GET', '/users/7/devices/a%2Fb', 'GET /users/{id}/devices/{device}', { id: '7', device: 'a/b' }],
    ['GET', '/users/Jos%C3%A9', 'GET /users/{id}', { id: 'José' }],
    ['GET', '/users/100%', 'GET /users/{id}', { id: '100%' }],
    ['GET', '/files/a', 'GET /files/{name}', { name: 'a' }],
    ['GET', '/files/a/b%20c', 'ANY /files/{path+}', { path: 'a/b c' }],
    ['POST', '/files/a', 'ANY /files/{path+}', { path: 'a' }],
    ['GET', '/', 'GET /', {}],
    ['POST', '/a/b/c', 'ANY /a/b/{c}', { c: 'c' }],
    ['GET', '/users', '$default', {}],
    ['GET', '/users/', '$default', {}],
    ['GET', '/users/7/', '$default', {}],
    ['GET', '/Users/me', '$default', {}],
    ['POST', '/', '$default', {}],
  ])('%s %s takes %s', (method, path, routeKey, pathParameters) => {
    const found = match(method, path);

    expect(found?.route.routeKey).toBe(routeKey);
    expect(found?.pathParameters).toEqual(pathParameters);
  });

  test('finds nothing where there is no $default', () => {
    expect(createRouteTable([route('GET /users')])('POST', '/users')).toBeUndefined();
  });
});

function route(routeKey: string): GatewayRoute {
  return { routeKey, functionArn: 'arn', timeoutMs: 30_000, jwt: undefined, throttling: {} };
}
