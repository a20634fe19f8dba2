import { presentDialled } from '../../../rooms/dialledMeeting.ts';
import { findDialledMeeting } from '../../../rooms/findDialledMeeting.ts';
import { pathParameter } from '../../../runtime/http.ts';
import { settings } from '../../../runtime/settings.ts';
import { requireCapability } from '../../../users/caller.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';

/** `GET /dial-in/{pin}`: for a telephone exchange, which meeting a code opens now, or that a password is to be asked for. */
export const readDialIn = userDoor(async ({ request, caller, now }) => {
  requireCapability(caller, 'dial-in');
  const read = { meetings: stores.meetings(), limits: stores.limits() };
  const meeting = await findDialledMeeting(pathParameter(request, 'pin'), caller.id, read, now);
  return { status: 200, body: presentDialled(meeting, { isPasswordKnown: false }, settings(), now) };
});
