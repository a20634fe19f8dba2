import type { Route } from '../runtime/route.ts';

/** As whom somebody calls: in general, or with regard to the meeting that is called about. */
export const callers = [
  'an admin',
  'the organizer',
  'a co-host who manages',
  'a co-host',
  'a participant',
  'another user',
  'nobody known',
] as const;

export type CallerKind = (typeof callers)[number];

/** Whether a caller is let in, or the status by which they are refused. */
export type Verdict = 'in' | 401 | 403 | 404;

type Verdicts = readonly [Verdict, Verdict, Verdict, Verdict, Verdict, Verdict, Verdict];

/**
 * Who is let in where, in the order of `callers`. The organizer, and a co-host of a meeting with `cohostsManage`, have the
 * capability `meetings` here, as they must; nobody else has any. A meeting does not exist for whoever takes no part in it.
 */
const admitted = {
  all: ['in', 'in', 'in', 'in', 'in', 'in', 'in'],
  users: ['in', 'in', 'in', 'in', 'in', 'in', 401],
  schedulers: ['in', 'in', 'in', 403, 403, 403, 401],
  managers: ['in', 'in', 'in', 403, 403, 404, 401],
  hosts: ['in', 'in', 'in', 'in', 403, 404, 401],
  attendees: ['in', 'in', 'in', 'in', 'in', 404, 401],
  participants: [403, 403, 'in', 'in', 'in', 404, 401],
  admins: ['in', 403, 403, 403, 403, 403, 401],
} as const satisfies Readonly<Record<string, Verdicts>>;

/** Of each call, by its method and path. */
const admission: Readonly<Record<string, keyof typeof admitted>> = {
  'POST /meetings': 'schedulers',
  'GET /meetings': 'users',
  'GET /meetings/{id}': 'attendees',
  'PATCH /meetings/{id}': 'managers',
  'DELETE /meetings/{id}': 'managers',
  'GET /meetings/{id}/changes': 'managers',
  'GET /meetings/{id}/invitations': 'managers',
  'POST /meetings/{id}/invitations': 'managers',
  'POST /meetings/{id}/participants': 'managers',
  'DELETE /meetings/{id}/participants/{participantId}': 'managers',
  'PUT /meetings/{id}/answer': 'participants',
  'GET /meetings/{id}/calendar.ics': 'attendees',
  'POST /meetings/{id}/host-token': 'hosts',
  'GET /meetings/{id}/attendance': 'managers',
  'GET /users/me': 'users',
  'PATCH /users/me': 'users',
  'GET /users/me/devices': 'users',
  'PUT /users/me/devices/{id}': 'users',
  'DELETE /users/me/devices/{id}': 'users',
  'GET /users': 'admins',
  'GET /users/{id}': 'admins',
  'PUT /users/{id}': 'admins',
  'DELETE /users/{id}': 'admins',
  'POST /webhooks': 'admins',
  'GET /webhooks': 'admins',
  'GET /webhooks/{id}': 'admins',
  'PATCH /webhooks/{id}': 'admins',
  'DELETE /webhooks/{id}': 'admins',
  'GET /webhooks/{id}/attempts': 'admins',
  'POST /webhooks/{id}/test': 'admins',
  'POST /webhooks/{id}/secret': 'admins',
  'GET /dial-in/{pin}': 'admins',
  'POST /dial-in/{pin}': 'admins',
  'GET {linkPath}/{link}': 'all',
  'GET {linkPath}/{link}/answer': 'all',
  'POST {linkPath}/{link}/answer': 'all',
  'GET /j/{code}': 'all',
  'GET /c/{identifier}': 'all',
  'GET /assets/{hash}': 'all',
  'GET /openapi.json': 'all',
  'GET /health': 'all',
  'ANY $default': 'all',
};

/** Who is let in at a route, in the order of `callers`. @throws Error where nobody has said */
export function verdictsOf({ method, path }: Pick<Route, 'method' | 'path'>): readonly Verdict[] {
  const kind = admission[`${method} ${path}`];
  if (!kind) throw new Error(`Nobody has said who is let in at ${method} ${path}`);
  return admitted[kind];
}
