import type { AnswerTable } from '../answers.ts';

/**
 * What SES answers to `SendRawEmail` and `SendEmail` (Amazon SES API reference, "Errors" of each action); too much at once
 * is among the common ones, as is an address that it cannot read (`InvalidParameterValue`).
 */
export const mailAnswers: AnswerTable = {
  AccountSendingPaused: 'setUp',
  ConfigurationSetDoesNotExist: 'setUp',
  ConfigurationSetSendingPaused: 'setUp',
  MailFromDomainNotVerified: 'setUp',
  // Its words alone tell an unverified sender (in SES's sandbox: recipient) from a message that it does not take.
  MessageRejected: (message) => (/not verified|paused|suspended|disabled/i.test(message) ? 'setUp' : 'refused'),
};
