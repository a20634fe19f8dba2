import { door } from '../../../runtime/http.ts';
import { table } from '../../../runtime/table.ts';
import { admit } from '../../../users/admit.ts';
import { directory } from '../../../users/directory.ts';
import { presentUser } from '../../../users/presentUser.ts';

/** `GET /users/me`: the caller. */
export const handler = door(async (request) => {
  const caller = await admit(request, new Date());
  return { status: 200, body: presentUser(await directory(table()).get(caller.id)) };
});
