import { parseInput } from '../../../runtime/input.ts';
import { deviceIdInput, deviceInput } from '../../../users/device.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';

/** `PUT /users/me/devices/{id}`: registers a device for push; SNS hears of it at the first push. */
export const handler = userDoor(async ({ request, caller, now }) => {
  const { id } = parseInput(deviceIdInput, request.path);
  const { platform, token } = parseInput(deviceInput, request.json());
  await stores.devices().register({ deviceId: id, userId: caller.id, platform, token, registered: now });
  return { status: 200, body: { id, platform, registered: now.toISOString() } };
});
