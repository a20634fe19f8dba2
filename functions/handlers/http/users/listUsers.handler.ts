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
  const { known, unreadable } = await stores.users().findListed(ids);
  const users = ids.flatMap((id) => known.get(id) ?? []).filter(({ deleted }) => !deleted);
  return {
    status: 200,
    body: {
      users: users.map(presentToAdmin),
      ...(unreadable.length > 0 ? { unreadable } : {}),
      cursor: next === undefined ? undefined : userCursor(next),
    },
  };
});
