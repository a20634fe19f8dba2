import * as z from 'zod/mini';
import { countMessages } from '../../../deliveries/countMessages.ts';
import { changeMeeting } from '../../../meetings/changeMeeting.ts';
import { inviteAgain } from '../../../meetings/inviteAgain.ts';
import type { Meeting } from '../../../meetings/meeting.ts';
import { meetingStore } from '../../../meetings/meetingStore.ts';
import { entityTag, presentMeeting } from '../../../meetings/presentMeeting.ts';
import { door } from '../../../runtime/http.ts';
import { parseInput } from '../../../runtime/input.ts';
import { settings } from '../../../runtime/settings.ts';
import { table } from '../../../runtime/table.ts';
import { admit } from '../../../users/admit.ts';
import { directory } from '../../../users/directory.ts';

const noFields = z.strictObject({});

/** `POST /meetings/{id}/invitations`: invites all participants again. */
export const handler = door(async (request) => {
  const now = new Date();
  const caller = await admit(request, now);
  parseInput(noFields, request.json() ?? {});
  const meetings = meetingStore(table(), settings().retentionDays);
  const again = (current: Meeting) => inviteAgain(current, now);
  const meeting = await changeMeeting(request, caller, meetings, again, (...change) =>
    countMessages(...change, { settings: settings(), users: directory(table()), now }),
  );
  return {
    status: 202,
    headers: { etag: entityTag(meeting), location: `/meetings/${meeting.id}/invitations` },
    body: presentMeeting(meeting, 'organizer', settings(), now),
  };
});
