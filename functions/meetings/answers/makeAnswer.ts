import { type InputFault, invalidInput } from '../../runtime/refusal.ts';
import type { Meeting, Participant } from '../meeting.ts';
import { durationFaults, startFaults } from '../scheduleMeeting.ts';
import type { Answer } from './answer.ts';
import { type AnswerInput, unknownSequence } from './answerInput.ts';

interface Circumstances {
  readonly how: 'page' | 'api';
  readonly now: Date;
  /** When the meeting's rows expire, in epoch seconds. */
  readonly expiresAt: number;
}

/**
 * The answer of a participant to a meeting as it is now, or as they saw it.
 *
 * @throws Refusal `invalid-input` for times that no meeting can have, and a sequence that this one has not had
 */
export function makeAnswer(
  meeting: Meeting,
  { id }: Pick<Participant, 'id'>,
  { status, comment, proposed, sequence = meeting.sequence }: AnswerInput,
  { how, now, expiresAt }: Circumstances,
): Answer {
  const usual = meeting.validUntil.getTime() - meeting.validSince.getTime();
  const times = proposed?.map(({ validSince, validUntil = new Date(validSince.getTime() + usual) }) => {
    return { validSince, validUntil };
  });
  const faults = [...proposedFaults(times ?? [], now), ...(sequence > meeting.sequence ? [unknownSequence] : [])];
  if (faults.length > 0) throw invalidInput(faults);
  return {
    participantId: id,
    status,
    when: now,
    how,
    ...(comment ? { comment } : {}),
    ...(times && times.length > 0 ? { proposed: times } : {}),
    sequence,
    expiresAt,
  };
}

function proposedFaults(times: NonNullable<Answer['proposed']>, now: Date): InputFault[] {
  return times.flatMap(({ validSince, validUntil }, index) =>
    [...startFaults(validSince, now), ...durationFaults(validSince, validUntil)].map(({ path, message }) => {
      return { path: `/proposed/${index}${path}`, message };
    }),
  );
}
