import { presentDevice } from '../../../users/device.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';

/** `GET /users/me/devices`: the devices to which the caller is pushed. */
export const handler = userDoor(async ({ caller }) => {
  const devices = await stores.devices().ofUser(caller.id);
  return { status: 200, body: { devices: devices.map(presentDevice) } };
});
