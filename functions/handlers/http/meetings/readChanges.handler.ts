import { findOwnMeeting } from '../../../meetings/changeMeeting.ts';
import { presentHistory } from '../../../meetings/history.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';

/** `GET /meetings/{id}/changes`: who changed a meeting, when, and what of it. */
export const handler = userDoor(async ({ request, caller }) => {
  const meeting = await findOwnMeeting(request, caller, stores.meetings());
  const callers = [...new Set((meeting.history ?? []).map(({ by }) => by))];
  return { status: 200, body: presentHistory(meeting, await stores.users().namesOf(callers)) };
});
