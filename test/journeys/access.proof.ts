import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routes } from '../../functions/routes.ts';
import type { Route } from '../../functions/runtime/route.ts';
import { callAs } from '../../infra/run/demo/call.ts';
import { beginJourney, inAnHour, type Journey, type ShownMeeting } from './journey.ts';

/** Whom a door is tried as; each has a token of the right issuer but the last two. */
const visitors = ['admin', 'organizer', 'participant', 'stranger', 'unverified', 'wrong token', 'no token'] as const;
type Visitor = (typeof visitors)[number];

/** Whether a visitor gets in, or how they are refused. */
type Verdict = 'in' | 401 | 403 | 404;

interface Expectation {
  readonly body?: object;
  readonly verdicts: readonly [Verdict, Verdict, Verdict, Verdict, Verdict, Verdict, Verdict];
}

//                              admin organizer participant stranger unverified wrong no token
const open: Expectation = { verdicts: ['in', 'in', 'in', 'in', 'in', 'in', 'in'] };
const oneself: Expectation = { verdicts: ['in', 'in', 'in', 'in', 'in', 401, 401] };
const adminsOnly: Expectation = { verdicts: ['in', 403, 403, 403, 403, 401, 401] };
const organizers: Expectation = { verdicts: ['in', 'in', 403, 404, 404, 401, 401] };
const invited: Expectation = { verdicts: ['in', 'in', 'in', 404, 404, 401, 401] };
const capable: Expectation = { verdicts: ['in', 'in', 403, 403, 403, 401, 401] };

/** Every door there is; a new one without an entry fails the first test. */
const expectations: Readonly<Record<string, Expectation>> = {
  'POST /meetings': { ...capable, body: { name: 'Another', participants: [], validSince: inAnHour() } },
  'GET /meetings': oneself,
  'GET /meetings/{id}': invited,
  'PATCH /meetings/{id}': { ...organizers, body: { description: 'Changed' } },
  'DELETE /meetings/{id}': organizers,
  'GET /meetings/{id}/invitations': organizers,
  'POST /meetings/{id}/invitations': organizers,
  'GET /meetings/{id}/calendar.ics': invited,
  'POST /meetings/{id}/participants': { ...organizers, body: { email: 'carla@example.org' } },
  'DELETE /meetings/{id}/participants/{participantId}': organizers,
  'PUT /meetings/{id}/answer': { verdicts: [403, 403, 'in', 404, 404, 401, 401], body: { status: 'accepted' } },
  'POST /meetings/{id}/host-token': organizers,
  'GET /meetings/{id}/attendance': organizers,
  'POST /webhooks': { ...adminsOnly, body: { url: 'https://hooks.example.org/', events: ['delivery.failed'] } },
  'GET /webhooks': adminsOnly,
  'GET /webhooks/{id}': adminsOnly,
  'PATCH /webhooks/{id}': { ...adminsOnly, body: { enabled: false } },
  'DELETE /webhooks/{id}': adminsOnly,
  'GET /webhooks/{id}/attempts': adminsOnly,
  'POST /webhooks/{id}/test': adminsOnly,
  'POST /webhooks/{id}/secret': adminsOnly,
  'GET /dial-in/{pin}': { verdicts: ['in', 403, 403, 403, 403, 401, 401] },
  'POST /dial-in/{pin}': { verdicts: ['in', 403, 403, 403, 403, 401, 401], body: { password: '730164' } },
  'GET /users/me': oneself,
  'PATCH /users/me': { ...oneself, body: { language: 'es' } },
  'GET /users/me/devices': oneself,
  'PUT /users/me/devices/{id}': { ...oneself, body: { platform: 'fcm', token: 'a-token' } },
  'DELETE /users/me/devices/{id}': oneself,
  'GET /users': adminsOnly,
  'GET /users/{id}': adminsOnly,
  'PUT /users/{id}': { ...adminsOnly, body: { capabilities: [], language: 'es' } },
  'DELETE /users/{id}': adminsOnly,
  'GET {linkPath}/{link}': open,
  'GET {linkPath}/{link}/answer': open,
  'POST {linkPath}/{link}/answer': { ...open, body: { status: 'accepted' } },
  'GET /j/{code}': open,
  'GET /c/{identifier}': open,
  'GET /assets/{hash}': open,
  'GET /openapi.json': open,
  'GET /health': open,
  'ANY $default': open,
};

let service: Journey;
/** For the doors that open on none. */
let common: ShownMeeting;

beforeAll(async () => {
  service = await beginJourney();
  await callAs(service, 'alice', 'PUT', '/users/spare', { username: 'spare', capabilities: [] });
  common = await freshMeeting();
});

afterAll(() => service.end());

const nameOf = ({ method, path }: Route) => `${method} ${path}`;

describe('every door', () => {
  test('is expected here', () => {
    expect(routes.map(nameOf).filter((name) => !(name in expectations))).toEqual([]);
  });

  test.each(routes.map((route) => [nameOf(route), route] as const))(
    '%s lets in whom it should',
    async (name, route) => {
      const { verdicts, body } = expectations[name] ?? open;
      const seen: unknown[] = [];
      for (const visitor of visitors) seen.push(await verdictOf(visitor, route, body));

      expect(Object.fromEntries(visitors.map((visitor, index) => [visitor, seen[index]]))).toEqual(
        Object.fromEntries(visitors.map((visitor, index) => [visitor, verdicts[index]])),
      );
    },
  );
});

/** Refusals of a door's own concern (a code that opens nothing, a meeting that is not open yet) let the visitor in. */
async function verdictOf(visitor: Visitor, route: Route, body: object | undefined): Promise<unknown> {
  // A visit may cancel the meeting: each has another.
  const { id, url } = /\/meetings\/|\{link\}/.test(route.path) ? await freshMeeting() : common;
  const path = route.path
    .replace('{linkPath}/{link}', new URL(url).pathname)
    .replace('/users/{id}', '/users/spare')
    .replace('/devices/{id}', '/devices/phone')
    .replace('{id}', id)
    .replace('{participantId}', 'nobody')
    .replace('{pin}', '123456789')
    .replace('{code}', '000000000000')
    .replace('{identifier}', 'anything')
    .replace('{hash}', 'AAAAAAAA.js')
    .replace('$default', '/nowhere');
  const method = route.method === 'ANY' ? 'GET' : route.method;
  const response = await fetch(service.url + path, {
    method,
    headers: { ...(await authorizationOf(visitor)), 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  expect(response.status, text).toBeLessThan(500);
  if (response.status === 401) return 401;
  const code = response.headers.get('content-type')?.includes('problem') ? JSON.parse(text).code : undefined;
  if (/^(capability-missing|not-organizer|not-participant|admin-needed|admin-only)$/.test(code)) return 403;
  return code === 'meeting-not-found' || code === 'user-not-found' ? 404 : 'in';
}

const claims: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  admin: { sub: 'admin', 'cognito:groups': ['admin'], email: 'admin@example.org' },
  organizer: { sub: 'organizer', 'cognito:groups': ['meetings'], email: 'organizer@example.org' },
  participant: { sub: 'participant', 'cognito:groups': [], email: 'participant@example.org' },
  stranger: { sub: 'stranger', 'cognito:groups': [], email: 'stranger@example.org' },
  unverified: {
    sub: 'unverified',
    'cognito:groups': [],
    email: 'participant@example.org',
    email_verified: false,
    role: 'admin',
    capabilities: ['admin', 'meetings'],
  },
};

async function authorizationOf(visitor: Visitor): Promise<Record<string, string>> {
  if (visitor === 'no token') return {};
  if (visitor === 'wrong token') {
    const [header, , signature] = (await service.token('alice')).split('.');
    const forged = Buffer.from(JSON.stringify({ sub: 'admin', 'cognito:groups': ['admin'] })).toString('base64url');
    return { authorization: `Bearer ${header}.${forged}.${signature}` };
  }
  const anonymous = { phone_number: undefined, phone_number_verified: undefined, 'cognito:username': visitor };
  return { authorization: `Bearer ${await service.token('bob', { ...anonymous, ...claims[visitor] })}` };
}

/** A meeting of the organizer's own. */
async function freshMeeting(): Promise<ShownMeeting> {
  const asOrganizer = { url: service.url, token: async () => tokenOf(await authorizationOf('organizer')) };
  const { json, status } = await callAs<ShownMeeting>(asOrganizer, 'organizer', 'POST', '/meetings', {
    name: 'Mine',
    participants: [{ email: 'participant@example.org' }],
    validSince: inAnHour(),
    sendInvitations: false,
  });
  expect(status).toBe(201);
  return json;
}

function tokenOf({ authorization = '' }: Record<string, string>): string {
  return authorization.replace('Bearer ', '');
}
