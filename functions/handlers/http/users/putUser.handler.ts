import { parseInput } from '../../../runtime/input.ts';
import { log } from '../../../runtime/log.ts';
import { requireAdmin } from '../../../users/caller.ts';
import { presentToAdmin } from '../../../users/presentUser.ts';
import { provisionInput, userIdInput } from '../../../users/profileInput.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';

/** `PUT /users/{id}`: what an admin says of a user, who need not have called yet. */
export const handler = userDoor(async ({ request, caller, now }) => {
  requireAdmin(caller);
  const { id } = parseInput(userIdInput, request.path);
  const provision = parseInput(provisionInput, request.json());
  const user = await stores.users().provision(id, provision, now);
  log.info('User provisioned', { userId: id, by: caller.id, capabilities: user.granted });
  const isNew = user.revision === 1;
  return {
    status: isNew ? 201 : 200,
    headers: isNew ? { location: `/users/${encodeURIComponent(id)}` } : {},
    body: presentToAdmin(user),
  };
});
