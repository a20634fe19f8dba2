import { door } from '../../../runtime/http.ts';
import { parseInput } from '../../../runtime/input.ts';
import { log } from '../../../runtime/log.ts';
import { table } from '../../../runtime/table.ts';
import { admit } from '../../../users/admit.ts';
import { requireAdmin } from '../../../users/caller.ts';
import { directory } from '../../../users/directory.ts';
import { userIdInput } from '../../../users/profileInput.ts';

/** `DELETE /users/{id}`: the user enters no more; his meetings, devices and addresses follow. */
export const handler = door(async (request) => {
  const now = new Date();
  const caller = await admit(request, now);
  requireAdmin(caller);
  const { id } = parseInput(userIdInput, request.path);
  await directory(table()).remove(id, now);
  log.info('User deleted', { userId: id, by: caller.id });
  return { status: 204 };
});
