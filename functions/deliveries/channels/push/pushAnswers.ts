import type { AnswerTable } from '../answers.ts';
import { notificationAnswers } from '../notificationAnswers.ts';

/** What SNS answers to `Publish` to an endpoint, `CreatePlatformEndpoint` and `SetEndpointAttributes`. */
export const pushAnswers: AnswerTable = {
  ...notificationAnswers,
  EndpointDisabled: 'refused',
  PlatformApplicationDisabled: 'setUp',
  // An endpoint that has gone is made anew; what is missing then is the application.
  NotFound: 'setUp',
  InvalidParameter: (message) => (/PlatformApplication|MessageAttributes|TTL/.test(message) ? 'setUp' : 'refused'),
};
