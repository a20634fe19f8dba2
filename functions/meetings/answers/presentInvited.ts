import type { Meeting, Participant } from '../meeting.ts';
import { type Answers, standingOf } from './answer.ts';
import { countAnswers, presentAnswer } from './presentAnswers.ts';

/**
 * A meeting as a participant is asked for an answer to it: no addresses, and of the others how many answered what, or
 * who, where the meeting shows that.
 */
export function presentInvited(meeting: Meeting, { id, name }: Participant, answers: Answers, organizer?: string) {
  return {
    name: meeting.name,
    organizer,
    description: meeting.description,
    language: meeting.language,
    timeZone: meeting.timeZone,
    validSince: meeting.validSince.toISOString(),
    validUntil: meeting.validUntil.toISOString(),
    sequence: meeting.sequence,
    participant: { id, name },
    answer: presentAnswer(answers.get(id), meeting),
    answers: countAnswers(meeting, answers),
    participants: meeting.showAnswers ? presentOthers(meeting, id, answers) : undefined,
  };
}

function presentOthers(meeting: Meeting, ownId: string, answers: Answers) {
  const others = meeting.participants.filter(({ id }) => id !== ownId);
  return others.map(({ id, name }) => ({ id, name, answer: { status: standingOf(answers.get(id), meeting) } }));
}
