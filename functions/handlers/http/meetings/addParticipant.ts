import { addParticipant as addTo } from '../../../meetings/addParticipant.ts';
import type { Participant } from '../../../meetings/meeting.ts';
import { participantInput } from '../../../meetings/meetingInput.ts';
import { entityTag } from '../../../meetings/presentMeeting.ts';
import { parseInput } from '../../../runtime/input.ts';
import { userDoor } from '../userDoor.ts';
import { changePeople } from './changePeople.ts';
import { showParticipant } from './showMeeting.ts';

/** `POST /meetings/{id}/participants`: invites one more person, and tells nobody else. */
export const addParticipant = userDoor(async ({ request, caller, now }) => {
  const entry = parseInput(participantInput, request.json());
  let added: { readonly person: Participant; readonly isNew: boolean } | undefined;
  const meeting = await changePeople({ request, caller, now, people: [entry] }, (current, circumstances) => {
    const { meeting: next, person } = addTo(current, entry, circumstances);
    added = { person, isNew: !current.participants.some(({ id }) => id === person.id) };
    return next;
  });
  if (!added) throw new Error('Nobody was added');
  return {
    status: added.isNew ? 201 : 200,
    headers: { etag: entityTag(meeting) },
    body: await showParticipant(meeting, added.person),
  };
});
