import type { Route } from './runtime/route.ts';

/** Every route of the service, but for those of who holds the conferences. */
export const routes = [
  { method: 'POST', path: '/meetings', access: 'user', handler: 'http/meetings/createMeeting' },
  { method: 'GET', path: '/meetings', access: 'user', handler: 'http/meetings/listMeetings' },
  { method: 'GET', path: '/meetings/{id}', access: 'user', handler: 'http/meetings/readMeeting' },
  { method: 'PATCH', path: '/meetings/{id}', access: 'user', handler: 'http/meetings/patchMeeting' },
  { method: 'DELETE', path: '/meetings/{id}', access: 'user', handler: 'http/meetings/cancelMeeting' },
  { method: 'GET', path: '/meetings/{id}/invitations', access: 'user', handler: 'http/meetings/readInvitations' },
  { method: 'POST', path: '/meetings/{id}/invitations', access: 'user', handler: 'http/meetings/inviteAgain' },
  { method: 'PUT', path: '/meetings/{id}/answer', access: 'user', handler: 'http/meetings/answerMeeting' },
  { method: 'GET', path: '/meetings/{id}/calendar.ics', access: 'user', handler: 'http/meetings/readCalendar' },
  { method: 'GET', path: '/users/me', access: 'user', handler: 'http/users/readMe' },
  { method: 'PATCH', path: '/users/me', access: 'user', handler: 'http/users/patchMe' },
  { method: 'GET', path: '/users/me/devices', access: 'user', handler: 'http/users/listDevices' },
  { method: 'PUT', path: '/users/me/devices/{id}', access: 'user', handler: 'http/users/putDevice' },
  { method: 'DELETE', path: '/users/me/devices/{id}', access: 'user', handler: 'http/users/deleteDevice' },
  { method: 'GET', path: '/users', access: 'user', handler: 'http/users/listUsers' },
  { method: 'GET', path: '/users/{id}', access: 'user', handler: 'http/users/readUser' },
  { method: 'PUT', path: '/users/{id}', access: 'user', handler: 'http/users/putUser' },
  { method: 'DELETE', path: '/users/{id}', access: 'user', handler: 'http/users/deleteUser' },
  { method: 'POST', path: '/meetings/{id}/host-token', access: 'user', handler: 'http/rooms/createHostToken' },
  { method: 'GET', path: '/meetings/{id}/attendance', access: 'user', handler: 'http/rooms/readAttendance' },
  { method: 'GET', path: '/dial-in/{pin}', access: 'user', handler: 'http/rooms/readDialIn' },
  { method: 'POST', path: '/dial-in/{pin}', access: 'user', handler: 'http/rooms/enterDialIn' },
  { method: 'GET', path: '{linkPath}/{link}', access: 'open', handler: 'http/rooms/openRoom' },
  { method: 'GET', path: '{linkPath}/{link}/answer', access: 'open', handler: 'http/rooms/readAnswer' },
  { method: 'POST', path: '{linkPath}/{link}/answer', access: 'open', handler: 'http/rooms/giveAnswer' },
  { method: 'GET', path: '/j/{code}', access: 'open', handler: 'http/rooms/followShortLink' },
  { method: 'GET', path: '/c/{identifier}', access: 'open', handler: 'http/rooms/openPublicRoom' },
  { method: 'GET', path: '/assets/{hash}', access: 'open', handler: 'http/rooms/readAsset' },
  { method: 'GET', path: '/openapi.json', access: 'open', handler: 'http/service/readDocument' },
  { method: 'GET', path: '/health', access: 'open', handler: 'http/service/health' },
  { method: 'ANY', path: '$default', access: 'open', handler: 'http/service/notFound' },
] as const satisfies readonly Route[];

/** The handler of a route: what must be said of each of them is a record by this. */
export type RouteHandler = (typeof routes)[number]['handler'];
