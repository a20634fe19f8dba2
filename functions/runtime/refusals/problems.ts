/**
 * What each code of a refusal is called, for people: the same at every occurrence (RFC 9457, section 3.1.3). What
 * there are several of brings its own (`Refusal.title`).
 */
export const problemTitles = {
  'invalid-json': 'The body is not JSON',
  'invalid-input': 'The input is not as it must be',
  'invalid-subject': 'The token names nobody who can be a user',
  'id-token-needed': 'The ID token is needed, not the access token',
  'capability-missing': 'The caller lacks a capability',
  'admin-needed': 'Only an admin may do this',
  'not-organizer': 'Only the organizer may do this',
  'not-participant': 'Only a participant may do this',
  'user-deleted': 'The user has been deleted',
  'too-early': 'The room is not open yet',
  'conference-refused': 'The conference may not be held now',
  'meeting-not-found': 'There is no such meeting',
  'participant-not-found': 'There is no such participant',
  'webhook-not-found': 'There is no such webhook',
  'user-not-found': 'There is no such user',
  'no-such-room': 'There is no such room',
  'public-rooms-off': 'There are no public rooms',
  'no-such-asset': 'There is no such asset',
  'attendance-unavailable': 'There is no attendance',
  'wrong-password': 'The password is wrong',
  'no-such-code': 'No meeting has this dial-in code',
  'no-such-conference': 'There is no such conference',
  'no-such-route': 'Nothing is at this address',
  'method-not-allowed': 'The address does not answer this method',
  'alias-taken': 'The alias is taken',
  'call-in-progress': 'The same call is being answered',
  'conference-exists': 'The conference is held already',
  'invitations-silenced': 'The meeting invites nobody',
  'meeting-busy': 'Too many changes at once',
  'meeting-cancelled': 'The meeting has been cancelled',
  'meeting-ended': 'The meeting has ended',
  'too-many-devices': 'The user has too many devices',
  'updates-expired': 'What has changed is not kept for that long',
  'too-many-participants': 'There are too many participants',
  'too-many-webhooks': 'There are too many webhooks',
  'webhook-busy': 'Another call changed the webhook',
  cancelled: 'The meeting of the room has been cancelled',
  ended: 'The meeting of the room has ended',
  'user-gone': 'The user has been deleted for good',
  'precondition-failed': 'The meeting is not at a revision that was named',
  'unsupported-media-type': 'The body is not a JSON merge patch',
  'idempotency-key-reused': 'The Idempotency-Key was sent with another body',
  limited: 'Too many calls from this network',
  'resend-too-soon': 'All were invited again a short time ago',
  'too-many-attempts': 'Too many wrong dial-in codes',
  'too-many-passwords': 'Too many passwords have been tried',
  'unreadable-row': 'The service cannot read what it keeps',
  'internal-error': 'The service failed to answer',
} as const;

/**
 * The `type` of a problem: where the page of problems, `docs/problems.md` of this project, explains the code. It is a
 * name to compare, relative to the service that answers (RFC 9457, section 3.1.1); nothing is served there.
 */
export function problemType(code: string): string {
  return `/docs/problems.md#${code}`;
}

/** The title of a code. @throws Error for one that no reply over HTTP carries */
export function problemTitle(code: string): string {
  const title = new Map<string, string>(Object.entries(problemTitles)).get(code);
  if (title === undefined) throw new Error(`The problem ${code} has no title`);
  return title;
}
