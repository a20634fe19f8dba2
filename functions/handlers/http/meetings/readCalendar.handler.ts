import { buildCalendar, calendarFile } from '../../../deliveries/calendar/calendar.ts';
import { calendarFacts, standingOf } from '../../../deliveries/calendar/meetingCalendar.ts';
import { findMeeting } from '../../../meetings/findMeeting.ts';
import { personalLinkOf } from '../../../meetings/links/personalLink.ts';
import { entityTag } from '../../../meetings/presentMeeting.ts';
import { settings } from '../../../runtime/settings.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';

/** `GET /meetings/{id}/calendar.ics`: a meeting as a file to import, for its organizer, its participants and admins. */
export const handler = userDoor(async ({ request, caller }) => {
  const { meeting, own } = await findMeeting(request, caller, stores.meetings());
  const calendar = await buildCalendar(calendarFacts(meeting, meeting.organizer, standingOf(meeting), settings()));
  return {
    status: 200,
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'attachment; filename="meeting.ics"',
      etag: entityTag(meeting),
    },
    body: calendarFile(calendar, own && personalLinkOf(meeting, own, settings())),
  };
});
