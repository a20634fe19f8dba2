import * as z from 'zod';
import { country, mailbox, namedMailbox } from './addresses.ts';
import { addIssue, decimalAmount, listOf, textMatching, wholeNumber, yesOrNo } from './kinds.ts';
import { manual } from './manual.ts';

const senderSentence =
  'Must be a sender ID (up to 11 letters and digits, at least one letter) or a number of 9 to 17 digits.';

/** Whom an SMS comes from, as SNS is told: an alphanumeric sender ID, or a number with its plus sign. */
export interface SmsOrigination {
  readonly kind: 'senderId' | 'number';
  readonly value: string;
}

const smsOrigination = z
  .union([z.string(), z.number().transform(String)], { error: senderSentence })
  .transform((given, context): SmsOrigination => {
    const sender = given.trim();
    if (/^\+?\d{9,17}$/.test(sender)) return { kind: 'number', value: `+${sender.replace('+', '')}` };
    if (/^(?=\d{0,11}[a-z])[a-z0-9]{1,11}$/i.test(sender)) return { kind: 'senderId', value: sender };
    return addIssue(context, senderSentence);
  });

/** Whom mail and SMS come from, and how much may be sent. */
export const sending = {
  mailIdentity: namedMailbox.optional().register(manual, {
    meaning: 'The address that mail comes from; SES must have verified it or its domain. Without it no mail is sent.',
    values: 'a mail address, or `Name <address>`',
    example: 'Meetings <meetings@example.org>',
  }),
  configurationSet: textMatching(/^[A-Za-z0-9_-]{1,64}$/, 'Must be the name of an SES configuration set.')
    .optional()
    .register(manual, {
      meaning:
        'The SES configuration set that mail is sent with. It must publish deliveries, delays, bounces, complaints and rejects on the default event bus: otherwise nobody hears what became of a mail.',
      values: 'up to 64 letters, digits, `_` and `-`',
      example: 'meetings',
      blank: 'one that the stack makes',
    }),
  mailsPerDay: wholeNumber(0, 1_000_000, 'mails').default(2000).register(manual, {
    meaning: 'How many mails the meetings of one organizer may cause in a day (UTC); 0 is no limit.',
    values: 'mails, 0 to 1000000',
    example: 2000,
  }),
  maxSendRate: wholeNumber(1, 5000, 'mails per second').default(14).register(manual, {
    meaning:
      "How many mails a second leave at most; not more than SES's own limit of the account (`aws ses get-send-quota`).",
    values: 'mails per second, 1 to 5000',
    example: 14,
  }),
  smsService: yesOrNo.default(true).register(manual, {
    meaning: 'Whether the service may send SMS at all.',
    values: '`true` or `false`',
    example: true,
  }),
  smsOrigination: smsOrigination.optional().register(manual, {
    meaning: 'Whom SMS come from, where the template `from.hbs` names nobody.',
    values: 'a sender ID of up to 11 letters and digits, or a number of 9 to 17 digits',
    example: 'Meetings',
    blank: "AWS's choice",
  }),
  smsPerDay: wholeNumber(0, 100_000, 'SMS').default(50).register(manual, {
    meaning: 'How many SMS the meetings of one organizer may cause in a day (UTC); 0 is no limit.',
    values: 'SMS, 0 to 100000',
    example: 50,
  }),
  smsCountries: listOf(country)
    .optional()
    .register(manual, {
      meaning: 'The countries whose numbers get SMS. Where SMS is sent, this or `pstnExtension` is needed.',
      values: 'a list of country codes of two letters (ISO 3166)',
      example: ['ES', 'PT'],
      blank: "`pstnExtension`'s country",
    }),
  smsMaxPrice: decimalAmount(0.001, 100, 'US dollars').optional().register(manual, {
    meaning: 'The most that one SMS may cost; a dearer one is not sent.',
    values: 'US dollars, 0.001 to 100',
    example: 0.1,
    blank: "the AWS account's limit",
  }),
  alarmEmail: mailbox.optional().register(manual, {
    meaning: "Who is written to when one of the system's alarms rings.",
    values: 'a mail address',
    example: 'operators@example.org',
    blank: 'nobody, and synth warns',
  }),
};
