import { ifMatchOf } from '../runtime/entityTags.ts';
import type { HttpRequest } from '../runtime/http.ts';
import type { Count } from '../runtime/limit.ts';
import { Refusal } from '../runtime/refusal.ts';
import { type Caller, requireCapability } from '../users/caller.ts';
import { findMeeting } from './findMeeting.ts';
import { recordChange } from './history.ts';
import { isCohost, type Meeting } from './meeting.ts';
import type { MeetingStore } from './meetingStore.ts';
import { entityTag, isOwn, type Viewer } from './presentMeeting.ts';

/** Of changes that meet, one wins each time: this many callers at once all get their turn. */
const attempts = 10;

/**
 * Carries out a change that whoever manages a meeting wants of it, on the meeting as it is
 * at that moment: where another change was faster, it begins again. `change` gives the meeting
 * itself where there is nothing to change; `countsOf`, what a change is counted as along with it.
 *
 * @throws Refusal `meeting-not-found`, `not-organizer`, `capability-missing`, `precondition-failed` and
 *   `invalid-input` (`If-Match`), `meeting-busy`, and what `change` and `countsOf` throw
 */
export async function changeMeeting(
  request: HttpRequest,
  caller: Caller,
  meetings: MeetingStore,
  change: (meeting: Meeting) => Meeting | Promise<Meeting>,
  countsOf?: (before: Meeting, after: Meeting) => Promise<Count[]>,
): Promise<Meeting> {
  const tags = ifMatchOf(request);
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const meeting = await findOwnMeeting(request, caller, meetings);
    requireMatch(tags, meeting);
    const wanted = await change(meeting);
    if (wanted === meeting) return meeting;
    const changed = recordChange(meeting, wanted, caller.id);
    if (await meetings.change(meeting, changed, await countsOf?.(meeting, changed))) return changed;
  }
  throw new Refusal('conflict', 'meeting-busy', 'Too many changes of this meeting at once; try it again.', {
    retryAfterSeconds: 1,
  });
}

/**
 * The meeting that `{id}` names, where the caller may manage it.
 *
 * @throws Refusal `meeting-not-found`, `not-organizer`, `capability-missing`
 */
export async function findOwnMeeting(request: HttpRequest, caller: Caller, meetings: MeetingStore): Promise<Meeting> {
  const { meeting, viewer } = await findMeeting(request, caller, meetings);
  requireManager(viewer, caller);
  return meeting;
}

/**
 * The meeting that `{id}` names, where the caller may be host in its room: whoever may manage it, and its co-hosts.
 *
 * @throws Refusal `meeting-not-found`, `not-organizer`, `capability-missing`
 */
export async function findHostedMeeting(
  request: HttpRequest,
  caller: Caller,
  meetings: MeetingStore,
): Promise<{ meeting: Meeting; isCohostAlone: boolean }> {
  const { meeting, viewer } = await findMeeting(request, caller, meetings);
  if (!isOwn(meeting, caller) && isCohost(meeting, caller.id)) return { meeting, isCohostAlone: true };
  requireManager(viewer, caller);
  return { meeting, isCohostAlone: false };
}

function requireManager(viewer: Viewer, caller: Caller): void {
  if (viewer !== 'organizer') {
    throw new Refusal(
      'forbidden',
      'not-organizer',
      'Only the organizer of a meeting, and a co-host who manages it, may do this.',
    );
  }
  requireCapability(caller, 'meetings');
}

/**
 * `If-Match` (RFC 9110, section 13.1.1) compares strongly: a weak tag is no meeting's. A cancelled meeting changes
 * no more: a DELETE that is repeated finds done what it wants.
 */
function requireMatch(tags: readonly string[] | undefined, meeting: Meeting): void {
  const tag = entityTag(meeting);
  if (!tags || tags.includes('*') || tags.includes(tag) || meeting.status === 'cancelled') return;
  const reason = tags.every((given) => given.startsWith('W/')) ? 'a weak one (W/) never is' : 'read it again';
  const message = `None of the entity tags in If-Match is the meeting's, which is ${tag}: ${reason}.`;
  throw new Refusal('stale', 'precondition-failed', message);
}
