import type { Meeting } from '../meeting.ts';
import { type Answer, type Answers, type Standing, standingOf } from './answer.ts';

type Answered = Pick<Meeting, 'participants' | 'timed'>;

/** How many participants stand how. */
export function countAnswers(meeting: Answered, answers: Answers): Record<Standing, number> {
  const counts: Record<Standing, number> = { accepted: 0, tentative: 0, declined: 0, needsAction: 0 };
  for (const { id } of meeting.participants) counts[standingOf(answers.get(id), meeting)] += 1;
  return counts;
}

/** An answer as whoever gave it, and the organizer, see it; one that a move has overtaken stands beside. */
export function presentAnswer(answer: Answer | undefined, meeting: Pick<Meeting, 'timed'>) {
  const status = standingOf(answer, meeting);
  if (!answer) return { status };
  return status === 'needsAction' ? { status, earlier: answerFields(answer) } : answerFields(answer);
}

function answerFields({ status, when, how, comment, proposed, sequence }: Answer) {
  return {
    status,
    when: when.toISOString(),
    how,
    comment,
    proposed: proposed?.map(({ validSince, validUntil }) => {
      return { validSince: validSince.toISOString(), validUntil: validUntil.toISOString() };
    }),
    sequence,
  };
}
