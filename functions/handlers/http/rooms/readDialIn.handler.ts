import { meetingStore } from '../../../meetings/meetingStore.ts';
import { closedRoom } from '../../../rooms/closedRoom.ts';
import { findDialledMeeting } from '../../../rooms/findDialledMeeting.ts';
import { limitStore } from '../../../rooms/limitStore.ts';
import { openingOf } from '../../../rooms/opening.ts';
import { door, pathParameter } from '../../../runtime/http.ts';
import { settings } from '../../../runtime/settings.ts';
import { table } from '../../../runtime/table.ts';
import { admit } from '../../../users/admit.ts';
import { requireCapability } from '../../../users/caller.ts';

/** `GET /dial-in/{pin}`: for a telephone exchange, which meeting a code opens now. */
export const handler = door(async (request) => {
  const now = new Date();
  const caller = await admit(request, now);
  requireCapability(caller, 'dial-in');
  const { openBeforeMinutes, languages, retentionDays } = settings();
  const stores = { meetings: meetingStore(table(), retentionDays), limits: limitStore(table()) };
  const meeting = await findDialledMeeting(pathParameter(request, 'pin'), caller.id, stores, now);
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
