import { type InputFault, invalidInput, Refusal } from '../runtime/refusal.ts';
import { isSameAddress } from '../users/addressIdentity.ts';
import { type Meeting, type Participant, requireOpen } from './meeting.ts';
import { mostParticipants, type ParticipantInput } from './meetingInput.ts';
import { type PatchCircumstances, patchMeeting } from './patchMeeting.ts';

/**
 * The meeting with one person more, who is invited; the same object where they take part as they are named. Whoever
 * takes part and is named by a further address is invited at that one.
 *
 * @throws Refusal `meeting-cancelled`, `meeting-ended`, `too-many-participants`, and `invalid-input` with the places of
 *   the entry itself
 */
export function addParticipant(meeting: Meeting, entry: ParticipantInput, circumstances: PatchCircumstances): Meeting {
  requireOpen(meeting, circumstances.now);
  const others = meeting.participants.map(({ id }) => ({ id }));
  const next = inTermsOfEntry(meeting, () =>
    patchMeeting(meeting, { participants: [...others, entry] }, circumstances),
  );
  if (next.participants.length > mostParticipants) {
    const detail = `This meeting has ${mostParticipants} participants, the most that it can have.`;
    throw new Refusal('conflict', 'too-many-participants', detail);
  }
  return next;
}

/** Who an entry is, in a meeting that it was added to. @throws Error where they are not in it */
export function entryOf({ participants }: Meeting, { userId, email, phone }: ParticipantInput): Participant {
  const person = participants.find(
    (one) =>
      (userId !== undefined && one.userId === userId) ||
      isSameAddress(one.email, email) ||
      isSameAddress(one.phone, phone),
  );
  if (!person) throw new Error('Whoever was added is not in the meeting');
  return person;
}

/** Carries out a change of the whole list; its faults are told of the entry that was put at the end of it. */
function inTermsOfEntry<Result>({ participants }: Meeting, change: () => Result): Result {
  try {
    return change();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'invalid-input' || !error.errors) throw error;
    throw invalidInput(error.errors.map((fault) => entryFault(fault, participants)));
  }
}

function entryFault({ path, message }: InputFault, participants: readonly Participant[]): InputFault {
  const [, , index, ...rest] = path.split('/');
  return {
    path: index === String(participants.length) ? ['', ...rest].join('/') : '',
    message: message.replace(/\/participants\/\d+/, 'a participant of this meeting'),
  };
}
