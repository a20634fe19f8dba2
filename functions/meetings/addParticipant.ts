import { type InputFault, invalidInput, Refusal } from '../runtime/refusal.ts';
import { isSameAddress } from '../users/addressIdentity.ts';
import { type Meeting, type Participant, requireOpen } from './meeting.ts';
import { mostParticipants, type ParticipantInput } from './meetingInput.ts';
import type { PatchedParticipant } from './meetingPatch.ts';
import { type PatchCircumstances, patchMeeting } from './patchMeeting.ts';
import { differingIdentities, ownerIn } from './people.ts';
import { isOrganizer } from './scheduleMeeting.ts';
import { withPlannedNumbers } from './smsReach.ts';

/**
 * The meeting with one person more, who is invited, and who that is; the same meeting where they take part as they are
 * named. Whoever takes part and is named by a further address is invited at that one, and nothing else of them changes.
 *
 * @throws Refusal `meeting-cancelled`, `meeting-ended`, `too-many-participants`, and `invalid-input` with the places of
 *   the entry itself
 */
export function addParticipant(
  meeting: Meeting,
  input: ParticipantInput,
  circumstances: PatchCircumstances,
): { meeting: Meeting; person: Participant } {
  requireOpen(meeting, circumstances.now);
  const [entry = input] = withPlannedNumbers([input], circumstances.smsReach, meeting.participants);
  const [known, another] = meeting.participants.filter((person) => isOne(person, entry, circumstances));
  if (another) throw invalidInput([{ path: '', message: 'must not name two participants of this meeting at once' }]);
  const others = meeting.participants.filter((person) => person !== known).map(({ id }) => ({ id }));
  const added: PatchedParticipant = known ? withAddresses(known, entry) : entry;
  const next = inTermsOfEntry(others.length, () =>
    patchMeeting(meeting, { participants: [...others, added] }, circumstances),
  );
  if (next.participants.length > mostParticipants) {
    const detail = `This meeting has ${mostParticipants} participants, the most that it can have.`;
    throw new Refusal('conflict', 'too-many-participants', detail);
  }
  const before = new Set(others.map(({ id }) => id));
  const person = next.participants.find(({ id }) => !before.has(id));
  if (!person) throw new Error('Whoever was added is not in the meeting');
  return { meeting: next, person };
}

/** Whether an entry means somebody who takes part: by the same user, address or number, or a user's own address. */
function isOne(person: Participant, entry: ParticipantInput, { owners, organizer }: PatchCircumstances): boolean {
  if (isSameAddress(person.email, entry.email) || isSameAddress(person.phone, entry.phone)) return true;
  const userId = entry.userId ?? ownerIn(owners, entry) ?? (isOrganizer(entry, organizer) ? organizer.id : undefined);
  return userId !== undefined && (person.userId ?? ownerIn(owners, person)) === userId;
}

/** @throws Refusal `invalid-input` where an entry names a participant otherwise than the meeting does */
function withAddresses(known: Participant, { userId, email, phone }: ParticipantInput): PatchedParticipant {
  const differing = differingIdentities(known, { userId, email, phone });
  if (differing.length > 0) {
    const message = 'differs from that of a participant of this meeting, who is the same person';
    throw invalidInput(differing.map((field) => ({ path: `/${field}`, message })));
  }
  const { id, name, language, role, required } = known;
  return {
    ...{ id, name, language, role, required },
    userId: known.userId ?? userId,
    email: known.email ?? email,
    phone: known.phone ?? phone,
  };
}

/** Carries out a change of the whole list; its faults are told of the entry that stands at `index`. */
function inTermsOfEntry<Result>(index: number, change: () => Result): Result {
  try {
    return change();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'invalid-input' || !error.errors) throw error;
    throw invalidInput(error.errors.map((fault) => entryFault(fault, index)));
  }
}

function entryFault({ path, message }: InputFault, index: number): InputFault {
  const own = `/participants/${index}`;
  return { path: path === own || path.startsWith(`${own}/`) ? path.slice(own.length) : '', message };
}
