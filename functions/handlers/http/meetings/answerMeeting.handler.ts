import { findMeeting } from '../../../meetings/findMeeting.ts';
import { requireOpen } from '../../../meetings/meeting.ts';
import { Refusal } from '../../../runtime/refusal.ts';
import * as stores from '../../stores.ts';
import { giveAnswer } from '../answering.ts';
import { userDoor } from '../userDoor.ts';

/** `PUT /meetings/{id}/answer`: what the caller, who takes part, answers to the invitation. */
export const handler = userDoor(async ({ request, caller, now }) => {
  const { meeting, own } = await findMeeting(request, caller, stores.meetings());
  if (!own) throw notParticipant();
  requireOpen(meeting, now);
  return giveAnswer(request, { meeting, person: own, how: 'api', gone: notParticipant }, now);
});

function notParticipant(): Refusal {
  return new Refusal('forbidden', 'not-participant', 'Only whoever takes part in a meeting may answer its invitation.');
}
