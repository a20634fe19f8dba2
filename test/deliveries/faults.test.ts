import { SNSServiceException } from '@aws-sdk/client-sns';
import { describe, expect, test } from 'vitest';
import { InvalidMailAddress } from '../../functions/deliveries/channels/email/mailAddress.ts';
import { mailAnswers } from '../../functions/deliveries/channels/email/mailAnswers.ts';
import { answerIn, NoAnswer } from '../../functions/deliveries/channels/serviceAnswer.ts';
import { faultOf } from '../../functions/deliveries/faults.ts';
import { TemplateError } from '../../functions/deliveries/templates/rendering.ts';

const answered = (name: string, status = 400) =>
  answerIn(
    new SNSServiceException({ name, message: 'x', $fault: 'client', $metadata: { httpStatusCode: status } } as never),
    SNSServiceException,
    mailAnswers,
  );

describe('an answer of a service', () => {
  test.each([
    ['Throttling', 400, 'throttled'],
    ['InternalFailure', 500, 'later'],
    ['AccessDenied', 403, 'setUp'],
    ['MessageRejected', 400, 'refused'],
    ['Unheard', 429, 'throttled'],
    ['Unheard', 500, 'later'],
    ['Unheard', 499, 'setUp'],
  ])('%s of status %i is a fault of its kind', (name, status, kind) => {
    expect(faultOf(answered(name, status))).toEqual({ kind, reason: name });
  });
});

test('silence leaves open whether it was sent', () => {
  const silence = Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
  const lost = (error: unknown) => answerIn(error, SNSServiceException, mailAnswers);

  expect(lost(silence)).toBeInstanceOf(NoAnswer);
  expect(faultOf(lost(silence))).toEqual({ kind: 'unclear', reason: 'TimeoutError' });
  expect(faultOf(lost('thrown text'))).toEqual({ kind: 'unclear', reason: 'Unknown' });
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
