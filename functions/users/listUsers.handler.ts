import { door } from '../runtime/http.ts';
import { parseInput } from '../runtime/input.ts';
import { table } from '../runtime/table.ts';
import { admit } from './admit.ts';
import { requireAdmin } from './caller.ts';
import { directory } from './directory.ts';
import { presentToAdmin } from './presentUser.ts';
import { cursorOf, userListQuery } from './userListQuery.ts';
import { userListStore } from './userListStore.ts';

/** `GET /users`: the users whose username, or mail address, begins as asked, for admins. */
export const handler = door(async (request) => {
  requireAdmin(await admit(request, new Date()));
  const { ids, next } = await userListStore(table()).page(parseInput(userListQuery, request.query));
  const users = await directory(table()).findAll(ids);
  return {
    status: 200,
    body: {
      users: ids.flatMap((id) => users.get(id) ?? []).map(presentToAdmin),
      cursor: next === undefined ? undefined : cursorOf(next),
    },
  };
});
