import { buildCalendar, calendarFile } from '../../../deliveries/calendar/calendar.ts';
import { calendarFacts, standingOf } from '../../../deliveries/calendar/meetingCalendar.ts';
import { findMeeting } from '../../../meetings/findMeeting.ts';
import { meetingStore } from '../../../meetings/meetingStore.ts';
import { entityTag } from '../../../meetings/presentMeeting.ts';
import { door } from '../../../runtime/http.ts';
import { settings } from '../../../runtime/settings.ts';
import { table } from '../../../runtime/table.ts';
import { admit } from '../../../users/admit.ts';

/** `GET /meetings/{id}/calendar.ics`: a meeting as a file to import, for its organizer, its participants and admins. */
export const handler = door(async (request) => {
  const now = new Date();
  const caller = await admit(request, now);
  const { meeting } = await findMeeting(request, caller, meetingStore(table(), settings().retentionDays));
  const calendar = await buildCalendar(calendarFacts(meeting, meeting.organizer, standingOf(meeting), settings()));
  return {
    status: 200,
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'attachment; filename="meeting.ics"',
      etag: entityTag(meeting),
    },
    body: calendarFile(calendar),
  };
});
