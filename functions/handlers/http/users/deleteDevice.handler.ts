import { door } from '../../../runtime/http.ts';
import { parseInput } from '../../../runtime/input.ts';
import { table } from '../../../runtime/table.ts';
import { admit } from '../../../users/admit.ts';
import { deviceIdInput } from '../../../users/device.ts';
import { deviceStore } from '../../../users/deviceStore.ts';

/** `DELETE /users/me/devices/{id}`: the caller is pushed to this device no longer; what SNS keeps of it follows. */
export const handler = door(async (request) => {
  const caller = await admit(request, new Date());
  const { id } = parseInput(deviceIdInput, request.path);
  await deviceStore(table()).unregister(caller.id, id);
  return { status: 204 };
});
