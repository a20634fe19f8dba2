import { parseInput } from '../../../runtime/input.ts';
import { mergePatchOf } from '../../../runtime/mergePatch.ts';
import { presentUser } from '../../../users/presentUser.ts';
import { profilePatch } from '../../../users/profileInput.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';

/** `PATCH /users/me`: changes what callers say of themselves; what their token says of them they cannot change. */
export const handler = userDoor(async ({ request, caller, now }) => {
  const changes = parseInput(profilePatch, mergePatchOf(request));
  return { status: 200, body: presentUser(await stores.users().changeProfile(caller.id, changes, now)) };
});
