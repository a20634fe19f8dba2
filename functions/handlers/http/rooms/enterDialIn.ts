import { dialInPassword } from '../../../rooms/dialInPassword.ts';
import { presentDialled } from '../../../rooms/dialledMeeting.ts';
import { findDialledMeeting } from '../../../rooms/findDialledMeeting.ts';
import { fingerprint } from '../../../rooms/fingerprint.ts';
import { passwordOpens } from '../../../rooms/passwordDoor.ts';
import { pathParameter } from '../../../runtime/http.ts';
import { parseInput } from '../../../runtime/input.ts';
import { Refusal } from '../../../runtime/refusal.ts';
import { settings } from '../../../runtime/settings.ts';
import { requireCapability } from '../../../users/caller.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';

/** `POST /dial-in/{pin}`: for a telephone exchange, which meeting a code opens now with the password that was typed. */
export const enterDialIn = userDoor(async ({ request, caller, now }) => {
  requireCapability(caller, 'dial-in');
  const { password: given } = parseInput(dialInPassword, request.json());
  const limits = stores.limits();
  const read = { meetings: stores.meetings(), limits };
  const meeting = await findDialledMeeting(pathParameter(request, 'pin'), caller.id, read, now);
  // What is closed says so before a password is tried at it.
  const body = presentDialled(meeting, { isPasswordKnown: true }, settings(), now);
  const from = fingerprint(meeting.id, caller.id);
  if (await passwordOpens({ meeting, given, from }, limits, now)) return { status: 200, body };
  throw new Refusal('forbidden', 'wrong-password', 'The password is wrong.');
});
