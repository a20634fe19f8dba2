import { door } from '../runtime/http.ts';
import { parseInput } from '../runtime/input.ts';
import { table } from '../runtime/table.ts';
import { admit } from './admit.ts';
import { requireAdmin } from './caller.ts';
import { directory } from './directory.ts';
import { presentToAdmin } from './presentUser.ts';
import { userIdInput } from './profileInput.ts';

/** `GET /users/{id}`: a user, for admins. */
export const handler = door(async (request) => {
  requireAdmin(await admit(request, new Date()));
  const { id } = parseInput(userIdInput, request.path);
  return { status: 200, body: presentToAdmin(await directory(table()).get(id)) };
});
