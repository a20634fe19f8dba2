import { meetingPatch } from '../../../meetings/meetingPatch.ts';
import { nextPasswordHash, saltLength } from '../../../meetings/password/passwordHash.ts';
import { patchMeeting } from '../../../meetings/patchMeeting.ts';
import { entityTag } from '../../../meetings/presentMeeting.ts';
import { randomId } from '../../../runtime/ids.ts';
import { parseInput } from '../../../runtime/input.ts';
import { mergePatchOf } from '../../../runtime/mergePatch.ts';
import { settings } from '../../../runtime/settings.ts';
import { userDoor } from '../userDoor.ts';
import { changePeople } from './changePeople.ts';
import { showMeeting } from './showMeeting.ts';

/** `PATCH /meetings/{id}`: changes a meeting by a JSON merge patch (RFC 7396); whom it concerns hears of it. */
export const handler = userDoor(async ({ request, caller, now }) => {
  const patch = parseInput(meetingPatch, mergePatchOf(request));
  const people = patch.participants ?? [];
  const meeting = await changePeople({ request, caller, now, people }, async (current, circumstances) => {
    const passwordHash = await nextPasswordHash(patch.password, current.passwordHash, randomId(saltLength));
    return patchMeeting(current, patch, { ...circumstances, passwordHash, passwordPlace: settings() });
  });
  return {
    status: 200,
    headers: { etag: entityTag(meeting) },
    body: await showMeeting(meeting, { viewer: 'organizer' }, now),
  };
});
