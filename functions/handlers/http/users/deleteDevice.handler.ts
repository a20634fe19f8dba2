import { parseInput } from '../../../runtime/input.ts';
import { deviceIdInput } from '../../../users/device.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';

/** `DELETE /users/me/devices/{id}`: the caller is pushed to this device no longer; what SNS keeps of it follows. */
export const handler = userDoor(async ({ request, caller }) => {
  const { id } = parseInput(deviceIdInput, request.path);
  await stores.devices().unregister(caller.id, id);
  return { status: 204 };
});
