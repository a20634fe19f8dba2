import { availableInviteChannels } from '../../../deliveries/channels/availableChannels.ts';
import { deliveryStore } from '../../../deliveries/deliveryStore.ts';
import { historyOf, owedJobs } from '../../../deliveries/plan.ts';
import { presentInvitations } from '../../../deliveries/presentInvitations.ts';
import { attendeesOf, reachOf } from '../../../meetings/attendees.ts';
import { findOwnMeeting } from '../../../meetings/changeMeeting.ts';
import { meetingStore } from '../../../meetings/meetingStore.ts';
import { door } from '../../../runtime/http.ts';
import { settings } from '../../../runtime/settings.ts';
import { table } from '../../../runtime/table.ts';
import { admit } from '../../../users/admit.ts';
import { directory } from '../../../users/directory.ts';

/** `GET /meetings/{id}/invitations`: what became of each invitation and reminder, for the organizer and admins. */
export const handler = door(async (request) => {
  const now = new Date();
  const caller = await admit(request, now);
  const meeting = await findOwnMeeting(request, caller, meetingStore(table(), settings().retentionDays));
  const [attendees, deliveries] = await Promise.all([
    attendeesOf(meeting, directory(table())),
    deliveryStore(table()).ofMeeting(meeting.id),
  ]);
  const owed = owedJobs(meeting, {
    channels: availableInviteChannels(settings()),
    addressesOf: reachOf(meeting, attendees),
    history: historyOf(deliveries),
    now,
  });
  return { status: 200, body: presentInvitations(meeting, deliveries, owed) };
});
