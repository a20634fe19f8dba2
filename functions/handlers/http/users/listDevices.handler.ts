import { door } from '../../../runtime/http.ts';
import { table } from '../../../runtime/table.ts';
import { admit } from '../../../users/admit.ts';
import { presentDevice } from '../../../users/device.ts';
import { deviceStore } from '../../../users/deviceStore.ts';

/** `GET /users/me/devices`: the devices to which the caller is pushed. */
export const handler = door(async (request) => {
  const caller = await admit(request, new Date());
  const devices = await deviceStore(table()).ofUser(caller.id);
  return { status: 200, body: { devices: devices.map(presentDevice) } };
});
