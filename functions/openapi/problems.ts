import { type AllowanceCode, allowances } from '../deliveries/channels/channels.ts';
import { tooManyTitle } from '../deliveries/dailyAllowance.ts';
import { problemTitles } from '../runtime/refusals/problems.ts';

interface Problem {
  readonly status: number;
  /** What has happened, and where it helps what to do. */
  readonly meaning: string;
}

/** Every `code` that a problem document of the HTTP API may carry. They are stable: callers may rely on them. */
export const problems = {
  'invalid-json': { status: 400, meaning: 'The body is not JSON.' },
  'invalid-input': {
    status: 400,
    meaning:
      'Something in the body, the path, the query or a header is not as it must be; `errors` names every fault, a hundred at most.',
  },
  'invalid-subject': {
    status: 403,
    meaning: 'The `sub` of the token is not 1 to 128 printable ASCII characters, or is `me`: no user can have it.',
  },
  'id-token-needed': {
    status: 403,
    meaning:
      'The token is the access token of somebody in a Cognito user pool, and holds none of their addresses: send the ID token of the same sign-in.',
  },
  'capability-missing': { status: 403, meaning: 'The caller lacks the capability that this call needs.' },
  'admin-needed': { status: 403, meaning: 'Only an admin may do this.' },
  'not-organizer': {
    status: 403,
    meaning: 'Only the organizer of a meeting, a co-host who manages it, or an admin may do this.',
  },
  'not-participant': { status: 403, meaning: 'Only whoever takes part in the meeting may answer its invitation.' },
  'user-deleted': { status: 403, meaning: 'The user who calls, or for whom it is, has been deleted.' },
  'too-early': {
    status: 403,
    meaning: 'The room of the meeting is not open yet; `opensAt` says when it will be.',
  },
  'conference-refused': {
    status: 403,
    meaning: 'A Jitsi server may not hold the conference: no meeting has it now.',
  },
  'wrong-password': { status: 403, meaning: "What was typed is not the meeting's password." },
  'meeting-not-found': { status: 404, meaning: 'There is no such meeting, or none that the caller may know of.' },
  'participant-not-found': { status: 404, meaning: 'There is no such participant in the meeting.' },
  'webhook-not-found': { status: 404, meaning: 'There is no such webhook.' },
  'user-not-found': { status: 404, meaning: 'There is no such user.' },
  'no-such-room': { status: 404, meaning: 'No room is behind this link.' },
  'public-rooms-off': { status: 404, meaning: 'This deployment has no public rooms.' },
  'no-such-asset': {
    status: 404,
    meaning: 'This release of the service has no asset of this name: what names it is of another release.',
  },
  'attendance-unavailable': {
    status: 404,
    meaning: 'Nobody keeps who was in the room: a setting says so, or a Jitsi server holds the conferences.',
  },
  'no-such-code': { status: 404, meaning: 'No meeting has this dial-in code.' },
  'no-such-conference': { status: 404, meaning: 'No Jitsi server holds this conference.' },
  'no-such-route': { status: 404, meaning: 'Nothing is at this address. One that ends in a slash is another.' },
  'method-not-allowed': {
    status: 405,
    meaning: 'The address does not answer this method; `Allow` names those that it does.',
  },
  'alias-taken': {
    status: 409,
    meaning: 'The alias belongs, or belonged, to another user: links that end in it must not change hands.',
  },
  'call-in-progress': {
    status: 409,
    meaning: 'A call with the same `Idempotency-Key` is being answered; try it again.',
  },
  'conference-exists': { status: 409, meaning: 'A Jitsi server holds the conference already; `conflict_id` names it.' },
  'invitations-silenced': { status: 409, meaning: 'The meeting has `sendInvitations: false`, so it invites nobody.' },
  'meeting-busy': { status: 409, meaning: 'Too many changes of the meeting met; try it again after `Retry-After`.' },
  'meeting-cancelled': { status: 409, meaning: 'The meeting has been cancelled, and changes no more.' },
  'meeting-ended': { status: 409, meaning: 'The meeting has ended, and changes no more.' },
  'too-many-participants': { status: 409, meaning: 'A meeting has at most 2,000 participants.' },
  'too-many-webhooks': { status: 409, meaning: 'There are at most 20 webhooks; delete one first.' },
  'webhook-busy': { status: 409, meaning: 'Two calls gave the webhook a new secret at once; the other one did.' },
  'too-many-devices': { status: 409, meaning: 'A user has at most 50 devices; delete one first.' },
  cancelled: { status: 410, meaning: 'The meeting of the room has been cancelled.' },
  ended: { status: 410, meaning: 'The meeting of the room has ended.' },
  'updates-expired': {
    status: 410,
    meaning:
      'What has changed since then is not kept any more: read the whole list again, and ask for what changes from then on.',
  },
  'user-gone': { status: 410, meaning: 'The user has been deleted; the id is not used again.' },
  'precondition-failed': {
    status: 412,
    meaning:
      "None of the entity tags in `If-Match` is the meeting's: it has changed since, or the tags are weak (`W/`) and never match. Read it again.",
  },
  'unsupported-media-type': { status: 415, meaning: 'A patch must be a JSON merge patch (RFC 7396).' },
  'idempotency-key-reused': {
    status: 422,
    meaning: 'The `Idempotency-Key` was sent before, in the last 24 hours, with another body.',
  },
  limited: { status: 429, meaning: 'Too many rooms were asked for from this network; try again after `Retry-After`.' },
  ...allowanceProblems(),
  'resend-too-soon': { status: 429, meaning: 'All were invited again less than 10 minutes ago.' },
  'too-many-attempts': {
    status: 429,
    meaning: 'Too many wrong dial-in codes within the hour; try again after `Retry-After`.',
  },
  'too-many-passwords': {
    status: 429,
    meaning:
      'Too many passwords were tried at the meeting within ten minutes, through this exchange (20) or in all (100), right ones counted; try again after `Retry-After`.',
  },
  'unreadable-row': {
    status: 500,
    meaning:
      'Another release of the service wrote what the call needs, and this one cannot read it; what else there is, it serves.',
  },
  'internal-error': { status: 500, meaning: 'The service failed to answer; the same call may be tried again.' },
} as const satisfies Readonly<Record<keyof typeof problemTitles | AllowanceCode, Problem>>;

export type ProblemCode = keyof typeof problems;

/** What a code is called, for people. */
export function titleOf(code: ProblemCode): string {
  return new Map<string, string>([...Object.entries(problemTitles), ...allowanceTitles()]).get(code) ?? code;
}

function allowanceTitles(): [code: string, title: string][] {
  return allowances.map(({ code, plural }) => [code, tooManyTitle(plural)]);
}

/** What refuses a call that would send more by a channel than its organizer's day allows. */
function allowanceProblems(): Readonly<Record<AllowanceCode, Problem>> {
  const found: Partial<Record<AllowanceCode, Problem>> = {};
  for (const { code, plural } of allowances) {
    found[code] = {
      status: 429,
      meaning: `The call would send more ${plural} than the organizer's meetings may cause in a day (UTC): \`requested\` of \`allowed\`. Without \`Retry-After\` it alone is too much.`,
    };
  }
  if (!hasEvery(found)) throw new Error('A channel’s allowance has no problem');
  return found;
}

function hasEvery(found: Partial<Record<AllowanceCode, Problem>>): found is Record<AllowanceCode, Problem> {
  return allowances.every(({ code }) => code in found);
}

/** The codes of these that come with a status, by status. */
export function byStatus(codes: readonly ProblemCode[]): Map<number, ProblemCode[]> {
  const groups = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const { status } = problems[code];
    groups.set(status, [...(groups.get(status) ?? []), code]);
  }
  return new Map([...groups].sort(([one], [other]) => one - other));
}
