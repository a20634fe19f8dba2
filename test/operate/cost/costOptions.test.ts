import { expect, test } from 'vitest';
import { costOptions } from '../../../infra/operate/cost/costOptions.ts';

const usage =
  'Usage: npm run cost -- --meetings N --participants P [--sms-share S --sms-price D]: N meetings a day with P people each, of whom the share S (0 to 1) gets an SMS of D dollars in the place of a mail';

test('reads how many, and of whom by SMS', () => {
  expect(costOptions(['--meetings', '1000', '--participants', '10'])).toEqual({
    meetings: 1_000,
    participants: 10,
    smsShare: 0,
    smsPrice: 0,
  });
  expect(costOptions('--meetings 1 --participants 2 --sms-share 0.5 --sms-price 0.06'.split(' '))).toEqual({
    meetings: 1,
    participants: 2,
    smsShare: 0.5,
    smsPrice: 0.06,
  });
});

test.for([
  ['', '--meetings must be a number of at least 1'],
  ['--meetings many --participants 1', '--meetings must be a number of at least 1'],
  ['--meetings 0 --participants 1', '--meetings must be a number of at least 1'],
  ['--meetings 1', '--participants must be a number from 0 to 2000'],
  ['--meetings 1 --participants 2001', '--participants must be a number from 0 to 2000'],
  ['--meetings 1 --participants 1.5', '--participants must be a whole number'],
  ['--meetings 1 --participants 1 --sms-share 2', '--sms-share must be a number from 0 to 1'],
  ['--meetings 1 --participants 1 --sms-price=-1', '--sms-price must be a number of at least 0'],
  [
    '--meetings 1 --participants 1 --sms-share 1',
    '--sms-share goes with --sms-price, dollars of one part in your country: https://aws.amazon.com/end-user-messaging/pricing/',
  ],
] as const)('refuses %j', ([args, message]) => {
  const given = args === '' ? [] : args.split(' ');
  expect(() => costOptions(given)).toThrow(`${message}\n${usage}`);
});
