import type { AnswerTable } from './answers.ts';

/** What SNS answers whatever is published (Amazon SNS API reference, "Errors" of `Publish`); the keys are those of KMS. */
export const notificationAnswers: AnswerTable = {
  AuthorizationError: 'setUp',
  InvalidSecurity: 'setUp',
  KMSAccessDenied: 'setUp',
  KMSDisabled: 'setUp',
  KMSInvalidState: 'setUp',
  KMSNotFound: 'setUp',
  KMSOptInRequired: 'setUp',
  KMSThrottling: 'throttled',
};
