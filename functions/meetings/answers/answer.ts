import * as z from 'zod/mini';
import { storedInstant } from '../../runtime/row.ts';
import type { Meeting } from '../meeting.ts';

/** What somebody can answer to an invitation: the PARTSTAT of RFC 5545, section 3.2.12, as the API writes it. */
export const answerStatuses = ['accepted', 'tentative', 'declined'] as const;
export type AnswerStatus = (typeof answerStatuses)[number];

/** How each participant stands to a meeting; `needsAction` of whoever gave no answer that still counts. */
export const standings = [...answerStatuses, 'needsAction'] as const;
export type Standing = (typeof standings)[number];

/** The last answer of a participant, as it is kept: a row beside the meeting's, which raises nothing and tells nobody. */
export const answerSchema = z.looseObject({
  participantId: z.string(),
  status: z.enum(answerStatuses),
  /** Of two answers the later one counts. */
  when: storedInstant,
  /** By what they answered: `page`, `api`, or what another release knows. */
  how: z.string(),
  comment: z.optional(z.string()),
  /** Other times that would suit them. */
  proposed: z.optional(z.array(z.looseObject({ validSince: storedInstant, validUntil: storedInstant }))),
  /** The sequence of the meeting that they answered. */
  sequence: z.number(),
  /** Epoch seconds: as the meeting's own row. */
  expiresAt: z.number(),
});

export type Answer = Readonly<z.output<typeof answerSchema>>;

/** The answers to a meeting, by participant id. */
export type Answers = ReadonlyMap<string, Answer>;

/** Whether an answer still counts: the meeting has not been moved since. */
export function stillCounts({ sequence }: Pick<Answer, 'sequence'>, { timed = 0 }: Pick<Meeting, 'timed'>): boolean {
  return sequence >= timed;
}

/** How somebody stands to a meeting by their last answer. */
export function standingOf(answer: Answer | undefined, meeting: Pick<Meeting, 'timed'>): Standing {
  return answer && stillCounts(answer, meeting) ? answer.status : 'needsAction';
}
