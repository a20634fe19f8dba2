import { type HttpRequest, pathParameter } from '../runtime/http.ts';
import { Refusal } from '../runtime/refusal.ts';
import type { Caller } from '../users/caller.ts';
import { type Meeting, meetingIdLength, type Participant } from './meeting.ts';
import type { MeetingStore } from './meetingStore.ts';
import { ownEntry, type Viewer, viewerOf } from './presentMeeting.ts';

/**
 * The meeting that `{id}` names, as whom the caller sees it, and the participant that they are.
 *
 * @throws Refusal `meeting-not-found`, for a stranger too: to them it does not exist
 */
export async function findMeeting(
  request: HttpRequest,
  caller: Caller,
  meetings: MeetingStore,
): Promise<{ meeting: Meeting; viewer: Viewer; own: Participant | undefined }> {
  const id = pathParameter(request, 'id');
  const meeting = id.length === meetingIdLength ? await meetings.get(id) : undefined;
  const viewer = meeting && viewerOf(meeting, caller);
  if (viewer) return { meeting, viewer, own: ownEntry(meeting, caller) };
  throw new Refusal('missing', 'meeting-not-found', 'There is no such meeting.');
}
