import { findMeeting } from '../../../meetings/findMeeting.ts';
import { meetingStore } from '../../../meetings/meetingStore.ts';
import { entityTag, presentMeeting } from '../../../meetings/presentMeeting.ts';
import { door } from '../../../runtime/http.ts';
import { settings } from '../../../runtime/settings.ts';
import { table } from '../../../runtime/table.ts';
import { admit } from '../../../users/admit.ts';

/** `GET /meetings/{id}`: a meeting, for its organizer, its participants and admins. */
export const handler = door(async (request) => {
  const now = new Date();
  const caller = await admit(request, now);
  const { meeting, viewer } = await findMeeting(request, caller, meetingStore(table(), settings().retentionDays));
  return {
    status: 200,
    headers: { etag: entityTag(meeting) },
    body: presentMeeting(meeting, viewer, settings(), now),
  };
});
