import { door } from '../../../runtime/http.ts';
import { parseInput } from '../../../runtime/input.ts';
import { table } from '../../../runtime/table.ts';
import { admit } from '../../../users/admit.ts';
import { requireAdmin } from '../../../users/caller.ts';
import { directory } from '../../../users/directory.ts';
import { presentToAdmin } from '../../../users/presentUser.ts';
import { userIdInput } from '../../../users/profileInput.ts';

/** `GET /users/{id}`: a user, for admins. */
export const handler = door(async (request) => {
  requireAdmin(await admit(request, new Date()));
  const { id } = parseInput(userIdInput, request.path);
  return { status: 200, body: presentToAdmin(await directory(table()).get(id)) };
});
