import { door } from '../../../runtime/http.ts';
import { parseInput } from '../../../runtime/input.ts';
import { log } from '../../../runtime/log.ts';
import { table } from '../../../runtime/table.ts';
import { admit } from '../../../users/admit.ts';
import { requireAdmin } from '../../../users/caller.ts';
import { directory } from '../../../users/directory.ts';
import { presentToAdmin } from '../../../users/presentUser.ts';
import { provisionInput, userIdInput } from '../../../users/profileInput.ts';

/** `PUT /users/{id}`: what an admin says of a user, who need not have called yet. */
export const handler = door(async (request) => {
  const now = new Date();
  const caller = await admit(request, now);
  requireAdmin(caller);
  const { id } = parseInput(userIdInput, request.path);
  const provision = parseInput(provisionInput, request.json());
  const user = await directory(table()).provision(id, provision, now);
  log.info('User provisioned', { userId: id, by: caller.id, capabilities: user.granted });
  const isNew = user.revision === 1;
  return {
    status: isNew ? 201 : 200,
    headers: isNew ? { location: `/users/${encodeURIComponent(id)}` } : {},
    body: presentToAdmin(user),
  };
});
