import { parseInput } from '../../../runtime/input.ts';
import { requireAdmin } from '../../../users/caller.ts';
import { presentToAdmin } from '../../../users/presentUser.ts';
import { userIdInput } from '../../../users/profileInput.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';

/** `GET /users/{id}`: a user, for admins. */
export const handler = userDoor(async ({ request, caller }) => {
  requireAdmin(caller);
  const { id } = parseInput(userIdInput, request.path);
  return { status: 200, body: presentToAdmin(await stores.users().get(id)) };
});
