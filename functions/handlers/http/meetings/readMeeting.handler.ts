import { findMeeting } from '../../../meetings/findMeeting.ts';
import { entityTag, presentMeeting } from '../../../meetings/presentMeeting.ts';
import { settings } from '../../../runtime/settings.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';

/** `GET /meetings/{id}`: a meeting, for its organizer, its participants and admins. */
export const handler = userDoor(async ({ request, caller, now }) => {
  const { meeting, ...seen } = await findMeeting(request, caller, stores.meetings());
  const answers = await stores.answers().ofMeeting(meeting.id);
  return {
    status: 200,
    headers: { etag: entityTag(meeting) },
    body: presentMeeting(meeting, { ...seen, answers }, settings(), now),
  };
});
