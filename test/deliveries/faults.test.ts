import { SESServiceException } from '@aws-sdk/client-ses';
import { SNSServiceException } from '@aws-sdk/client-sns';
import { describe, expect, test } from 'vitest';
import { InvalidMailAddress } from '../../functions/deliveries/channels/email/mailAddress.ts';
import { answerIn, NoAnswer } from '../../functions/deliveries/channels/serviceAnswer.ts';
import { faultOf } from '../../functions/deliveries/faults.ts';
import { TemplateError } from '../../functions/deliveries/templates/rendering.ts';

const answered = (Exception: typeof SESServiceException | typeof SNSServiceException, name: string, status = 400) =>
  answerIn(
    new Exception({ name, message: 'x', $fault: 'client', $metadata: { httpStatusCode: status } } as never),
    Exception,
  );

/** As SES's and SNS's references of common errors and of each action list them. */
const passing = [
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'KMSThrottlingException',
  'TooManyRequestsException',
  'ServiceUnavailable',
  'InternalFailure',
  'InternalErrorException',
  'RequestTimeout',
  'AccountSendingPausedException',
  'ConfigurationSetSendingPausedException',
  'ExpiredToken',
];

const final = [
  'MessageRejected',
  'MailFromDomainNotVerifiedException',
  'ConfigurationSetDoesNotExistException',
  'InvalidParameterValue',
  'InvalidParameterException',
  'AuthorizationErrorException',
  'EndpointDisabledException',
  'OptedOutException',
  'AccessDenied',
];

describe('an answer of SES or SNS', () => {
  test.each(passing)('%s says that it may be sent later', (name) => {
    expect(faultOf(answered(SESServiceException, name))).toEqual({ kind: 'later', reason: name });
    expect(faultOf(answered(SNSServiceException, name))).toEqual({ kind: 'later', reason: name });
  });

  test.each(final)('%s is final', (name) => {
    expect(faultOf(answered(SESServiceException, name))).toEqual({ kind: 'refused', reason: name });
    expect(faultOf(answered(SNSServiceException, name))).toEqual({ kind: 'refused', reason: name });
  });

  test.each([429, 500, 503])('of status %i says that it may be sent later, whatever its name', (status) => {
    expect(faultOf(answered(SNSServiceException, 'Unheard', status))).toEqual({ kind: 'later', reason: 'Unheard' });
  });
});

test('silence leaves open whether it was sent', () => {
  const silence = Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });

  expect(answerIn(silence, SNSServiceException)).toBeInstanceOf(NoAnswer);
  expect(faultOf(answerIn(silence, SNSServiceException))).toEqual({ kind: 'unclear', reason: 'TimeoutError' });
  expect(faultOf(answerIn('thrown text', SESServiceException))).toEqual({ kind: 'unclear', reason: 'Unknown' });
});

test('what fails before the service is called sent nothing, and is tried again', () => {
  const silence = Object.assign(new Error('the table does not answer'), { name: 'TimeoutError' });

  expect(faultOf(silence)).toEqual({ kind: 'later', reason: 'TimeoutError' });
  expect(faultOf('thrown text')).toEqual({ kind: 'later', reason: 'Unknown' });
});

test('what this service cannot write is final', () => {
  expect(faultOf(new InvalidMailAddress('x'))).toEqual({ kind: 'refused', reason: 'InvalidMailAddress' });
  expect(faultOf(new TemplateError('email/en/html.hbs is missing'))).toEqual({
    kind: 'refused',
    reason: 'TemplateError',
  });
});
