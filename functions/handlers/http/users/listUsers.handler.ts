import { door } from '../../../runtime/http.ts';
import { parseInput } from '../../../runtime/input.ts';
import { table } from '../../../runtime/table.ts';
import { admit } from '../../../users/admit.ts';
import { requireAdmin } from '../../../users/caller.ts';
import { directory } from '../../../users/directory.ts';
import { presentToAdmin } from '../../../users/presentUser.ts';
import { cursorOf, userListQuery } from '../../../users/userListQuery.ts';
import { userListStore } from '../../../users/userListStore.ts';

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
