import { availableInviteChannels } from '../../../deliveries/channels/availableChannels.ts';
import { historyOf, owedJobs } from '../../../deliveries/plan.ts';
import { presentInvitations } from '../../../deliveries/presentInvitations.ts';
import { attendeesOf, organizerReach, reachOf } from '../../../meetings/attendees.ts';
import { findOwnMeeting } from '../../../meetings/changeMeeting.ts';
import { settings } from '../../../runtime/settings.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';

/** `GET /meetings/{id}/invitations`: what became of each invitation and reminder, for whoever manages the meeting. */
export const handler = userDoor(async ({ request, caller, now }) => {
  const meeting = await findOwnMeeting(request, caller, stores.meetings());
  const [attendees, deliveries] = await Promise.all([
    attendeesOf(meeting, stores.users()),
    stores.deliveries().ofMeeting(meeting.id),
  ]);
  const owed = owedJobs(meeting, {
    channels: availableInviteChannels(settings()),
    addressesOf: reachOf(meeting, attendees),
    organizer: settings().organizerMail ? await organizerReach(meeting, stores.users()) : undefined,
    history: historyOf(deliveries),
    now,
  });
  return { status: 200, body: presentInvitations(meeting, deliveries, owed) };
});
