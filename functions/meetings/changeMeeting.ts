import type { HttpRequest } from '../runtime/http.ts';
import type { Count } from '../runtime/limits.ts';
import { Refusal } from '../runtime/refusal.ts';
import { type Caller, requireCapability } from '../users/caller.ts';
import { findMeeting } from './findMeeting.ts';
import type { Meeting } from './meeting.ts';
import type { MeetingStore } from './meetingStore.ts';
import { entityTag } from './presentMeeting.ts';

/** Of changes that meet, one wins each time: this many callers at once all get their turn. */
const attempts = 10;

/**
 * Carries out a change that its organizer, or an admin, wants of a meeting, on the meeting as it is
 * at that moment: where another change was faster, it begins again. `change` gives the meeting
 * itself where there is nothing to change; `countsOf`, what a change is counted as along with it.
 *
 * @throws Refusal `meeting-not-found`, `not-organizer`, `capability-missing`, `precondition-failed`
 *   (`If-Match`), `meeting-busy`, and what `change` and `countsOf` throw
 */
export async function changeMeeting(
  request: HttpRequest,
  caller: Caller,
  meetings: MeetingStore,
  change: (meeting: Meeting) => Meeting | Promise<Meeting>,
  countsOf?: (before: Meeting, after: Meeting) => Promise<Count[]>,
): Promise<Meeting> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const meeting = await findOwnMeeting(request, caller, meetings);
    requireMatch(request, meeting);
    const changed = await change(meeting);
    if (changed === meeting) return meeting;
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
  if (viewer !== 'organizer') {
    throw new Refusal('forbidden', 'not-organizer', 'Only the organizer of a meeting may do this.');
  }
  requireCapability(caller, 'meetings');
  return meeting;
}

/**
 * `If-Match` (RFC 9110, section 13.1.1): absent, `*`, or a list of tags that holds the meeting's. A
 * cancelled meeting changes no more: a DELETE that is repeated finds done what it wants.
 */
function requireMatch({ headers }: HttpRequest, meeting: Meeting): void {
  const tags = headers['if-match']?.split(',').map((tag) => tag.trim());
  if (!tags || tags.includes('*') || tags.includes(entityTag(meeting)) || meeting.status === 'cancelled') return;
  throw new Refusal('stale', 'precondition-failed', 'The meeting has changed since; read it again.');
}
