import { Refusal } from '../runtime/refusal.ts';
import { type Meeting, requireOpen } from './meeting.ts';
import { type PatchCircumstances, patchMeeting } from './patchMeeting.ts';

/**
 * The meeting without one participant, who is told of it as of any change of the list.
 *
 * @throws Refusal `meeting-cancelled`, `meeting-ended`, `participant-not-found`
 */
export function removeParticipant(meeting: Meeting, id: string, circumstances: PatchCircumstances): Meeting {
  requireOpen(meeting, circumstances.now);
  const staying = meeting.participants.filter((person) => person.id !== id);
  if (staying.length === meeting.participants.length) {
    throw new Refusal('missing', 'participant-not-found', 'There is no such participant in this meeting.');
  }
  return patchMeeting(meeting, { participants: staying.map((person) => ({ id: person.id })) }, circumstances);
}
