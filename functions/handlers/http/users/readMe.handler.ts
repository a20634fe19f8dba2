import { presentUser } from '../../../users/presentUser.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';

/** `GET /users/me`: the caller. */
export const handler = userDoor(async ({ caller }) => {
  return { status: 200, body: presentUser(await stores.users().get(caller.id)) };
});
