import { listingStore } from '../../../meetings/listingStore.ts';
import { listMeetings } from '../../../meetings/listMeetings.ts';
import { parseListQuery } from '../../../meetings/listQuery.ts';
import { meetingStore } from '../../../meetings/meetingStore.ts';
import { presentListed } from '../../../meetings/presentMeeting.ts';
import { door } from '../../../runtime/http.ts';
import { settings } from '../../../runtime/settings.ts';
import { table } from '../../../runtime/table.ts';
import { admit } from '../../../users/admit.ts';

/** `GET /meetings`: the meetings that the caller organizes or attends, by their start. */
export const handler = door(async (request) => {
  const now = new Date();
  const caller = await admit(request, now);
  const query = parseListQuery(request.query, caller.id);
  const stores = { listings: listingStore(table()), meetings: meetingStore(table(), settings().retentionDays) };
  const { listed, cursor } = await listMeetings(query, caller, stores, now);
  const meetings = listed.map(({ meeting, role }) => presentListed(meeting, role, settings(), now));
  return { status: 200, body: { meetings, cursor } };
});
