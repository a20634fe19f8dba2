import { door } from '../runtime/http.ts';
import { table } from '../runtime/table.ts';
import { admit } from './admit.ts';
import { directory } from './directory.ts';
import { presentUser } from './presentUser.ts';

/** `GET /users/me`: the caller. */
export const handler = door(async (request) => {
  const caller = await admit(request, new Date());
  return { status: 200, body: presentUser(await directory(table()).get(caller.id)) };
});
