import * as z from 'zod/mini';
import { paragraphsInput } from '../../runtime/text/text.ts';
import { objectRule } from '../meetingInput.ts';
import { timeInput } from '../times/localTime.ts';
import { answerStatuses } from './answer.ts';

const mostProposed = 5;
const proposedRule = `must be an array of at most ${mostProposed} other times`;
const sequenceRule = 'must be a sequence that the meeting has had';

const proposedTime = z.strictObject(
  { validSince: timeInput, validUntil: z.optional(timeInput) },
  { error: objectRule('must be an object with validSince') },
);

/** The body of an answer to an invitation. */
export const answerInput = z.strictObject(
  {
    status: z.enum(answerStatuses, { error: `must be one of ${answerStatuses.join(', ')}` }),
    comment: z.optional(paragraphsInput(500)),
    /** Without an end a time is as long as the meeting. */
    proposed: z.optional(z.array(proposedTime, { error: proposedRule }).check(z.maxLength(mostProposed, proposedRule))),
    /** That of the meeting which they saw. Default: as it is now. */
    sequence: z.optional(z.int({ error: sequenceRule }).check(z.minimum(0, sequenceRule))),
  },
  { error: objectRule('must be a JSON object') },
);

export type AnswerInput = z.output<typeof answerInput>;

/** What a sequence that is beyond the meeting's own is refused with. */
export const unknownSequence = { path: '/sequence', message: sequenceRule };
