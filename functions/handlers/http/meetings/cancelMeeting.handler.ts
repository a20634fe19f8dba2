import { cancelMeeting } from '../../../meetings/cancelMeeting.ts';
import { changeMeeting } from '../../../meetings/changeMeeting.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';

/** `DELETE /meetings/{id}`: cancels a meeting, which stays readable; whoever was told of it hears of that. */
export const handler = userDoor(async ({ request, caller, now }) => {
  const meetings = stores.meetings();
  await changeMeeting(request, caller, meetings, (meeting) => cancelMeeting(meeting, now));
  return { status: 204 };
});
