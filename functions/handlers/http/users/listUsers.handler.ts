import { parseInput } from '../../../runtime/input.ts';
import { requireAdmin } from '../../../users/caller.ts';
import { presentToAdmin } from '../../../users/presentUser.ts';
import { userCursor, userListQuery } from '../../../users/userListQuery.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';

/** `GET /users`: the users whose username, or mail address, begins as asked, for admins. */
export const handler = userDoor(async ({ request, caller }) => {
  requireAdmin(caller);
  const { ids, next } = await stores.userLists().page(parseInput(userListQuery, request.query));
  const users = await stores.users().findAll(ids);
  return {
    status: 200,
    body: {
      users: ids.flatMap((id) => users.get(id) ?? []).map(presentToAdmin),
      cursor: next === undefined ? undefined : userCursor(next),
    },
  };
});
