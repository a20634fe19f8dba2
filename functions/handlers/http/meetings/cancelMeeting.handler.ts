import { cancelMeeting } from '../../../meetings/cancelMeeting.ts';
import { changeMeeting } from '../../../meetings/changeMeeting.ts';
import { meetingStore } from '../../../meetings/meetingStore.ts';
import { door } from '../../../runtime/http.ts';
import { settings } from '../../../runtime/settings.ts';
import { table } from '../../../runtime/table.ts';
import { admit } from '../../../users/admit.ts';

/** `DELETE /meetings/{id}`: cancels a meeting, which stays readable; whoever was told of it hears of that. */
export const handler = door(async (request) => {
  const now = new Date();
  const caller = await admit(request, now);
  const meetings = meetingStore(table(), settings().retentionDays);
  await changeMeeting(request, caller, meetings, (meeting) => cancelMeeting(meeting, now));
  return { status: 204 };
});
