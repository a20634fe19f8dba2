import { countMessages } from '../../../deliveries/countMessages.ts';
import { changeMeeting } from '../../../meetings/changeMeeting.ts';
import { inviteAgain } from '../../../meetings/inviteAgain.ts';
import type { Meeting } from '../../../meetings/meeting.ts';
import { noFields } from '../../../meetings/meetingInput.ts';
import { entityTag } from '../../../meetings/presentMeeting.ts';
import { parseInput } from '../../../runtime/input.ts';
import { settings } from '../../../runtime/settings.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';
import { showMeeting } from './showMeeting.ts';

/** `POST /meetings/{id}/invitations`: invites all participants again. */
export const handler = userDoor(async ({ request, caller, now }) => {
  parseInput(noFields, request.json() ?? {});
  const meetings = stores.meetings();
  const again = (current: Meeting) => inviteAgain(current, now);
  const meeting = await changeMeeting(request, caller, meetings, again, (...change) =>
    countMessages(...change, { settings: settings(), users: stores.users(), now }),
  );
  return {
    status: 202,
    headers: { etag: entityTag(meeting), location: `/meetings/${meeting.id}/invitations` },
    body: await showMeeting(meeting, { viewer: 'organizer' }, now),
  };
});
