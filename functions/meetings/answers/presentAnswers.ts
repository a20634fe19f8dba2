import type { Meeting } from '../meeting.ts';
import { type Answer, type Answers, type Standing, standingOf, standings } from './answer.ts';

type Answered = Pick<Meeting, 'participants' | 'timed'>;

/** How many participants stand how. */
export function countAnswers(meeting: Answered, answers: Answers): Record<Standing, number> {
  const all = meeting.participants.map(({ id }) => standingOf(answers.get(id), meeting));
  const countOf = (standing: Standing) => all.filter((one) => one === standing).length;
  const [accepted, tentative, declined, needsAction] = standings;
  return {
    [accepted]: countOf(accepted),
    [tentative]: countOf(tentative),
    [declined]: countOf(declined),
    [needsAction]: countOf(needsAction),
  };
}

/** An answer as whoever gave it, and the organizer, see it; one that a move has overtaken stands beside. */
export function presentAnswer(answer: Answer | undefined, meeting: Pick<Meeting, 'timed'>) {
  const status = standingOf(answer, meeting);
  if (!answer) return { status };
  return status === 'needsAction' ? { status, earlier: details(answer) } : details(answer);
}

function details({ status, when, how, comment, proposed, sequence }: Answer) {
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
