import { door } from '../../../runtime/http.ts';
import { parseInput } from '../../../runtime/input.ts';
import { mergePatchOf } from '../../../runtime/mergePatch.ts';
import { table } from '../../../runtime/table.ts';
import { admit } from '../../../users/admit.ts';
import { directory } from '../../../users/directory.ts';
import { presentUser } from '../../../users/presentUser.ts';
import { profilePatch } from '../../../users/profileInput.ts';

/** `PATCH /users/me`: changes what the caller says of himself; what his token says of him he cannot change. */
export const handler = door(async (request) => {
  const now = new Date();
  const caller = await admit(request, now);
  const changes = parseInput(profilePatch, mergePatchOf(request));
  return { status: 200, body: presentUser(await directory(table()).changeProfile(caller.id, changes, now)) };
});
