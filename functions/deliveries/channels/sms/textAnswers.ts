import type { AnswerTable } from '../answers.ts';
import { notificationAnswers } from '../notificationAnswers.ts';

/** What names the operator's side of a text message: whom it comes from, and what it may cost. */
const ofTheSetUp = /SenderI[Dd]|Originat|MaxPrice|SMSType|[Ss]andbox/;

/** What SNS answers to `Publish` of a text message. */
export const textAnswers: AnswerTable = {
  ...notificationAnswers,
  InvalidParameter: (message) => (ofTheSetUp.test(message) ? 'setUp' : 'refused'),
  InvalidParameterValue: (message) => (ofTheSetUp.test(message) ? 'setUp' : 'refused'),
  OptedOut: 'refused',
};
