import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CallerKind, callers, type Verdict, verdictsOf } from '../../functions/openapi/access.ts';
import { routes } from '../../functions/routes.ts';
import type { Route } from '../../functions/runtime/route.ts';
import { callAs } from '../../infra/run/demo/call.ts';
import { beginJourney, inAnHour, type Journey, type ShownMeeting } from './journey.ts';

/** Whom a door is tried as: those of `callers`, and whoever says that they are somebody without proof. */
const visitors = [...callers, 'an unverified participant', 'a forger'] as const;
type Visitor = (typeof visitors)[number];

/** What a door is sent, where it wants anything. */
const bodies: Readonly<Record<string, object>> = {
  'POST /meetings': { name: 'Another', participants: [], validSince: inAnHour() },
  'PATCH /meetings/{id}': { description: 'Changed' },
  'POST /meetings/{id}/participants': { email: 'carla@example.org' },
  'PUT /meetings/{id}/answer': { status: 'accepted' },
  'POST {linkPath}/{link}/answer': { status: 'accepted' },
  'POST /webhooks': { url: 'https://hooks.example.org/', events: ['delivery.failed'] },
  'PATCH /webhooks/{id}': { enabled: false },
  'POST /dial-in/{pin}': { password: '730164' },
  'PATCH /users/me': { language: 'es' },
  'PUT /users/me/devices/{id}': { platform: 'fcm', token: 'a-token' },
  'PUT /users/{id}': { capabilities: [], language: 'es' },
};

/** An address that nobody has verified makes nobody a participant, and a token that the issuer did not sign is none. */
function verdictsAt(route: Route): Readonly<Record<string, Verdict>> {
  const known = verdictsOf(route);
  const at = (caller: CallerKind) => known[callers.indexOf(caller)] ?? 401;
  return {
    ...Object.fromEntries(callers.map((caller) => [caller, at(caller)])),
    'an unverified participant': at('another user'),
    'a forger': at('nobody known'),
  };
}

let service: Journey;
/** For the doors that open on none. */
let common: ShownMeeting;

beforeAll(async () => {
  service = await beginJourney();
  for (const id of ['spare', 'cohost']) {
    await callAs(service, 'alice', 'PUT', `/users/${id}`, { username: id, capabilities: [] });
  }
  common = await freshMeeting();
});

afterAll(() => service.end());

const nameOf = ({ method, path }: Route) => `${method} ${path}`;

describe('every door', () => {
  test.each(routes.map((route) => [nameOf(route), route] as const))(
    '%s lets in whom it should',
    async (name, route) => {
      const seen: Record<string, Verdict> = {};
      for (const visitor of visitors) seen[visitor] = await verdictOf(visitor, route, bodies[name]);

      expect(seen).toEqual(verdictsAt(route));
    },
  );
});

/** Refusals of a door's own concern (a code that opens nothing, a meeting that is not open yet) let the visitor in. */
async function verdictOf(visitor: Visitor, route: Route, body: object | undefined): Promise<Verdict> {
  // A visit may cancel the meeting: each has another.
  const { id, url } = /\/meetings\/|\{link\}/.test(route.path) ? await freshMeeting(visitor) : common;
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
  'an admin': { sub: 'admin', 'cognito:groups': ['admin'], email: 'admin@example.org' },
  'the organizer': { sub: 'organizer', 'cognito:groups': ['meetings'], email: 'organizer@example.org' },
  'a co-host who manages': { sub: 'cohost', 'cognito:groups': ['meetings'], email: 'cohost@example.org' },
  'a co-host': { sub: 'cohost', 'cognito:groups': [], email: 'cohost@example.org' },
  'a participant': { sub: 'participant', 'cognito:groups': [], email: 'participant@example.org' },
  'another user': { sub: 'stranger', 'cognito:groups': [], email: 'stranger@example.org' },
  'an unverified participant': {
    sub: 'unverified',
    'cognito:groups': [],
    email: 'participant@example.org',
    email_verified: false,
    role: 'admin',
    capabilities: ['admin', 'meetings'],
  },
};

async function authorizationOf(visitor: Visitor): Promise<Record<string, string>> {
  if (visitor === 'nobody known') return {};
  if (visitor === 'a forger') {
    const [header, , signature] = (await service.token('alice')).split('.');
    const forged = Buffer.from(JSON.stringify({ sub: 'admin', 'cognito:groups': ['admin'] })).toString('base64url');
    return { authorization: `Bearer ${header}.${forged}.${signature}` };
  }
  const anonymous = {
    phone_number: undefined,
    phone_number_verified: undefined,
    'cognito:username': claims[visitor]?.sub,
  };
  return { authorization: `Bearer ${await service.token('bob', { ...anonymous, ...claims[visitor] })}` };
}

/** A meeting of the organizer's own, for one visitor. */
async function freshMeeting(visitor?: Visitor): Promise<ShownMeeting> {
  const asOrganizer = { url: service.url, token: async () => tokenOf(await authorizationOf('the organizer')) };
  const { json, status } = await callAs<ShownMeeting>(asOrganizer, 'organizer', 'POST', '/meetings', {
    name: 'Mine',
    participants: [{ email: 'participant@example.org' }, { userId: 'cohost', role: 'cohost' }],
    cohostsManage: visitor === 'a co-host who manages',
    validSince: inAnHour(),
    sendInvitations: false,
  });
  expect(status).toBe(201);
  return json;
}

function tokenOf({ authorization = '' }: Record<string, string>): string {
  return authorization.replace('Bearer ', '');
}
