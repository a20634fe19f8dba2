import { findOwnMeeting } from '../../../meetings/changeMeeting.ts';
import { attendanceOf } from '../../../rooms/attendance/attendance.ts';
import { attendanceFile, wantsFile } from '../../../rooms/attendance/attendanceFile.ts';
import { attendanceUnavailable } from '../../../rooms/attendance/attendanceUnavailable.ts';
import { presentAttendance } from '../../../rooms/attendance/presentAttendance.ts';
import { settings } from '../../../runtime/settings.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';

/** `GET /meetings/{id}/attendance`: who was in a meeting's room, from when to when, for whoever manages it; as a CSV file where `Accept` names one. */
export const handler = userDoor(async ({ request, caller, now }) => {
  const meeting = await findOwnMeeting(request, caller, stores.meetings());
  const { attendance: isKept, jitsiHost } = settings();
  if (!isKept || jitsiHost !== undefined) throw attendanceUnavailable({ jitsiHost });
  // The room first: whoever leaves meanwhile has their visit written before their seat is freed.
  const { seats } = await stores.rooms().read(meeting.id);
  const seated = seats.filter(({ released }) => released === undefined);
  const attendance = attendanceOf(meeting, await stores.visits().ofMeeting(meeting.id), seated, now);
  if (!wantsFile(request)) {
    return { status: 200, headers: { vary: 'accept' }, body: presentAttendance(meeting, attendance) };
  }
  return {
    status: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="attendance.csv"',
      vary: 'accept',
    },
    body: attendanceFile(attendance),
  };
});
