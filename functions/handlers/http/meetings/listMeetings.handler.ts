import { listMeetings } from '../../../meetings/listings/listMeetings.ts';
import { parseListQuery } from '../../../meetings/listings/listQuery.ts';
import { presentListed } from '../../../meetings/presentMeeting.ts';
import { errorOf, log } from '../../../runtime/log.ts';
import { settings } from '../../../runtime/settings.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';

/** `GET /meetings`: the meetings that the caller organizes or attends, by their start. */
export const handler = userDoor(async ({ request, caller, now }) => {
  const query = parseListQuery(request.query, caller.id);
  const read = { listings: stores.listings(), meetings: stores.meetings() };
  const { listed, unreadable, cursor } = await listMeetings(query, caller, read, now);
  const meetings = listed.map((listing) => presentListed(listing, settings(), now));
  for (const [meetingId, fault] of unreadable)
    log.error('Meeting left out of a list', { meetingId, error: errorOf(fault) });
  return {
    status: 200,
    body: { meetings, ...(unreadable.size > 0 ? { unreadable: [...unreadable.keys()] } : {}), cursor },
  };
});
