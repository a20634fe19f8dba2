import { addParticipant as addTo, entryOf } from '../../../meetings/addParticipant.ts';
import { participantInput } from '../../../meetings/meetingInput.ts';
import { entityTag } from '../../../meetings/presentMeeting.ts';
import { parseInput } from '../../../runtime/input.ts';
import { userDoor } from '../userDoor.ts';
import { changePeople } from './changePeople.ts';
import { showParticipant } from './showMeeting.ts';

/** `POST /meetings/{id}/participants`: invites one more person, and tells nobody else. */
export const addParticipant = userDoor(async ({ request, caller, now }) => {
  const entry = parseInput(participantInput, request.json());
  let known: ReadonlySet<string> = new Set();
  const meeting = await changePeople({ request, caller, now, people: [entry] }, (current, circumstances) => {
    known = new Set(current.participants.map(({ id }) => id));
    return addTo(current, entry, circumstances);
  });
  const person = entryOf(meeting, entry);
  return {
    status: known.has(person.id) ? 200 : 201,
    headers: { etag: entityTag(meeting) },
    body: await showParticipant(meeting, person),
  };
});
