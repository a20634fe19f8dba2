import { closedRoom } from '../../../rooms/closedRoom.ts';
import { findDialledMeeting } from '../../../rooms/findDialledMeeting.ts';
import { openingOf } from '../../../rooms/opening.ts';
import { pathParameter } from '../../../runtime/http.ts';
import { settings } from '../../../runtime/settings.ts';
import { requireCapability } from '../../../users/caller.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';

/** `GET /dial-in/{pin}`: for a telephone exchange, which meeting a code opens now. */
export const handler = userDoor(async ({ request, caller, now }) => {
  requireCapability(caller, 'dial-in');
  const { openBeforeMinutes, languages } = settings();
  const read = { meetings: stores.meetings(), limits: stores.limits() };
  const meeting = await findDialledMeeting(pathParameter(request, 'pin'), caller.id, read, now);
  const opening = openingOf(meeting, openBeforeMinutes, now);
  if (opening !== 'open') throw closedRoom(meeting, opening, openBeforeMinutes);
  return {
    status: 200,
    body: {
      meetingId: meeting.id,
      name: meeting.name,
      validSince: meeting.validSince.toISOString(),
      validUntil: meeting.validUntil.toISOString(),
      language: meeting.language ?? languages[0],
    },
  };
});
