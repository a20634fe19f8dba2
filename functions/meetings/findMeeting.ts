import { type HttpRequest, pathParameter } from '../runtime/http.ts';
import { Refusal } from '../runtime/refusal.ts';
import type { Caller } from '../users/caller.ts';
import { type Meeting, meetingIdLength } from './meeting.ts';
import type { MeetingStore } from './meetingStore.ts';
import { type Viewer, viewerOf } from './presentMeeting.ts';

/**
 * The meeting that `{id}` names, and as whom the caller sees it.
 *
 * @throws Refusal `meeting-not-found`, for a stranger too: to them it does not exist
 */
export async function findMeeting(
  request: HttpRequest,
  caller: Caller,
  meetings: MeetingStore,
): Promise<{ meeting: Meeting; viewer: Viewer }> {
  const id = pathParameter(request, 'id');
  const meeting = id.length === meetingIdLength ? await meetings.get(id) : undefined;
  const viewer = meeting && viewerOf(meeting, caller);
  if (viewer) return { meeting, viewer };
  throw new Refusal('missing', 'meeting-not-found', 'There is no such meeting.');
}
