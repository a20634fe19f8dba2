/** A door of the HTTP API. */
export interface Route {
  /** `ANY` stands with `$default` alone. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'ANY';
  /** As API Gateway writes it; `{linkPath}` at the beginning stands for the setting. */
  readonly path: string;
  /** Who may enter: whoever has a token of the configured issuer, or anyone. */
  readonly access: 'user' | 'open';
  /** The module of its Lambda function, below `handlers/` and without `.handler.ts`. */
  readonly handler: string;
}

/** Every door of the service. */
export const routes = [
  { method: 'POST', path: '/meetings', access: 'user', handler: 'http/meetings/createMeeting' },
  { method: 'GET', path: '/meetings', access: 'user', handler: 'http/meetings/listMeetings' },
  { method: 'GET', path: '/meetings/{id}', access: 'user', handler: 'http/meetings/readMeeting' },
  { method: 'PATCH', path: '/meetings/{id}', access: 'user', handler: 'http/meetings/patchMeeting' },
  { method: 'DELETE', path: '/meetings/{id}', access: 'user', handler: 'http/meetings/cancelMeeting' },
  { method: 'GET', path: '/meetings/{id}/invitations', access: 'user', handler: 'http/meetings/readInvitations' },
  { method: 'POST', path: '/meetings/{id}/invitations', access: 'user', handler: 'http/meetings/inviteAgain' },
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
  { method: 'GET', path: '/dial-in/{pin}', access: 'user', handler: 'http/rooms/readDialIn' },
  { method: 'GET', path: '{linkPath}/{link}', access: 'open', handler: 'http/rooms/openRoom' },
  { method: 'GET', path: '/c/{identifier}', access: 'open', handler: 'http/rooms/openPublicRoom' },
  { method: 'GET', path: '/openapi.json', access: 'open', handler: 'http/service/readDocument' },
  { method: 'GET', path: '/health', access: 'open', handler: 'http/service/health' },
  { method: 'ANY', path: '$default', access: 'open', handler: 'http/service/notFound' },
] as const satisfies readonly Route[];

/** What a Jitsi server asks, in the words of Jitsi's own documentation; there where one holds the conferences. */
export const jitsiRoutes = [
  { method: 'POST', path: '/reservation/conference', access: 'open', handler: 'http/rooms/createReservation' },
  { method: 'GET', path: '/reservation/conference/{id}', access: 'open', handler: 'http/rooms/readReservation' },
  { method: 'DELETE', path: '/reservation/conference/{id}', access: 'open', handler: 'http/rooms/deleteReservation' },
  { method: 'GET', path: '/conferenceMapper', access: 'open', handler: 'http/rooms/mapConference' },
] as const satisfies readonly Route[];

/** The handler of a route: what must be said of each of them is a record by this. */
export type RouteHandler = (typeof routes | typeof jitsiRoutes)[number]['handler'];

/** The methods that a route answers: where no token is needed, HEAD as GET (RFC 9110, section 9.3.2). */
export function methodsOf({ method, access }: Route): readonly Exclude<Route['method'] | 'HEAD', 'ANY'>[] {
  if (method === 'ANY') return [];
  return method === 'GET' && access === 'open' ? ['GET', 'HEAD'] : [method];
}

/** The methods that an address answers; none where nothing is there. @param address decoded */
export function allowedMethods(all: readonly Route[], address: string, linkPath: string): string[] {
  const given = address.split('/');
  const matching = all.flatMap((route) => {
    const path = route.path.replace('{linkPath}', linkPath).split('/');
    return matches(path, given) ? [{ route, variables: path.filter(isVariable).length }] : [];
  });
  const fewest = Math.min(...matching.map(({ variables }) => variables));
  return matching.filter(({ variables }) => variables === fewest).flatMap(({ route }) => methodsOf(route));
}

function matches(path: readonly string[], given: readonly string[]): boolean {
  return (
    path.length === given.length &&
    path.every((segment, index) => (isVariable(segment) ? given[index] !== '' : segment === given[index]))
  );
}

function isVariable(segment: string): boolean {
  return segment.startsWith('{');
}
