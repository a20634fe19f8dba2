import { parseInput } from '../../../runtime/input.ts';
import { log } from '../../../runtime/log.ts';
import { requireAdmin } from '../../../users/caller.ts';
import { userIdInput } from '../../../users/profileInput.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';

/** `DELETE /users/{id}`: the user enters no more; their meetings, devices and addresses follow. */
export const handler = userDoor(async ({ request, caller, now }) => {
  requireAdmin(caller);
  const { id } = parseInput(userIdInput, request.path);
  await stores.users().remove(id, now);
  log.info('User deleted', { userId: id, by: caller.id });
  return { status: 204 };
});
