/** A door of the HTTP API. */
export interface Route {
  /** `ANY` stands with `$default` alone. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'ANY';
  /** As API Gateway writes it; `{linkPath}` at the beginning stands for the setting. */
  readonly path: string;
  /** Who may enter: whoever has a token of the configured issuer, or anyone. */
  readonly access: 'user' | 'open';
  /** The module of its Lambda function, below this folder and without `.handler.ts`. */
  readonly handler: string;
}

/** Every door of the service. */
export const routes: readonly Route[] = [
  { method: 'POST', path: '/meetings', access: 'user', handler: 'meetings/createMeeting' },
  { method: 'GET', path: '/meetings', access: 'user', handler: 'meetings/listMeetings' },
  { method: 'GET', path: '/meetings/{id}', access: 'user', handler: 'meetings/readMeeting' },
  { method: 'PATCH', path: '/meetings/{id}', access: 'user', handler: 'meetings/patchMeeting' },
  { method: 'DELETE', path: '/meetings/{id}', access: 'user', handler: 'meetings/cancelMeeting' },
  { method: 'GET', path: '/meetings/{id}/invitations', access: 'user', handler: 'deliveries/readInvitations' },
  { method: 'POST', path: '/meetings/{id}/invitations', access: 'user', handler: 'meetings/inviteAgain' },
  { method: 'GET', path: '/meetings/{id}/calendar.ics', access: 'user', handler: 'deliveries/readCalendar' },
  { method: 'GET', path: '/users/me', access: 'user', handler: 'users/readMe' },
  { method: 'PATCH', path: '/users/me', access: 'user', handler: 'users/patchMe' },
  { method: 'GET', path: '/users/me/devices', access: 'user', handler: 'users/listDevices' },
  { method: 'PUT', path: '/users/me/devices/{id}', access: 'user', handler: 'users/putDevice' },
  { method: 'DELETE', path: '/users/me/devices/{id}', access: 'user', handler: 'users/deleteDevice' },
  { method: 'GET', path: '/users', access: 'user', handler: 'users/listUsers' },
  { method: 'GET', path: '/users/{id}', access: 'user', handler: 'users/readUser' },
  { method: 'PUT', path: '/users/{id}', access: 'user', handler: 'users/putUser' },
  { method: 'DELETE', path: '/users/{id}', access: 'user', handler: 'users/deleteUser' },
  { method: 'POST', path: '/meetings/{id}/host-token', access: 'user', handler: 'rooms/createHostToken' },
  { method: 'GET', path: '/dial-in/{pin}', access: 'user', handler: 'rooms/readDialIn' },
  { method: 'GET', path: '{linkPath}/{link}', access: 'open', handler: 'rooms/openRoom' },
  { method: 'GET', path: '/c/{identifier}', access: 'open', handler: 'rooms/openPublicRoom' },
  { method: 'GET', path: '/openapi.json', access: 'open', handler: 'openapi/readDocument' },
  { method: 'GET', path: '/health', access: 'open', handler: 'runtime/health' },
  { method: 'ANY', path: '$default', access: 'open', handler: 'runtime/notFound' },
];

/** What a Jitsi server asks, in the words of Jitsi's own documentation; there where one holds the conferences. */
export const jitsiRoutes: readonly Route[] = [
  { method: 'POST', path: '/reservation/conference', access: 'open', handler: 'rooms/createReservation' },
  { method: 'GET', path: '/reservation/conference/{id}', access: 'open', handler: 'rooms/readReservation' },
  { method: 'DELETE', path: '/reservation/conference/{id}', access: 'open', handler: 'rooms/deleteReservation' },
  { method: 'GET', path: '/conferenceMapper', access: 'open', handler: 'rooms/mapConference' },
];
