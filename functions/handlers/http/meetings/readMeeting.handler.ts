import { findMeeting } from '../../../meetings/findMeeting.ts';
import { entityTag } from '../../../meetings/presentMeeting.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';
import { showMeeting } from './showMeeting.ts';

/** `GET /meetings/{id}`: a meeting, for its organizer, its participants and admins. */
export const handler = userDoor(async ({ request, caller, now }) => {
  const { meeting, ...seen } = await findMeeting(request, caller, stores.meetings());
  return {
    status: 200,
    headers: { etag: entityTag(meeting) },
    body: await showMeeting(meeting, seen, now),
  };
});
