import { entityTag } from '../../../meetings/presentMeeting.ts';
import { removeParticipant as removeFrom } from '../../../meetings/removeParticipant.ts';
import { pathParameter } from '../../../runtime/http.ts';
import { userDoor } from '../userDoor.ts';
import { changePeople } from './changePeople.ts';

/** `DELETE /meetings/{id}/participants/{participantId}`: takes one person off, who is told, and nobody else. */
export const removeParticipant = userDoor(async ({ request, caller, now }) => {
  const id = pathParameter(request, 'participantId');
  const meeting = await changePeople({ request, caller, now, people: [] }, (current, circumstances) =>
    removeFrom(current, id, circumstances),
  );
  return { status: 204, headers: { etag: entityTag(meeting) } };
});
