import { door } from '../../../runtime/http.ts';
import { parseInput } from '../../../runtime/input.ts';
import { table } from '../../../runtime/table.ts';
import { admit } from '../../../users/admit.ts';
import { deviceIdInput, deviceInput } from '../../../users/device.ts';
import { deviceStore } from '../../../users/deviceStore.ts';

/** `PUT /users/me/devices/{id}`: registers a device for push; SNS hears of it at the first push. */
export const handler = door(async (request) => {
  const now = new Date();
  const caller = await admit(request, now);
  const { id } = parseInput(deviceIdInput, request.path);
  const { platform, token } = parseInput(deviceInput, request.json());
  await deviceStore(table()).register({ deviceId: id, userId: caller.id, platform, token, registered: now });
  return { status: 200, body: { id, platform, registered: now.toISOString() } };
});
