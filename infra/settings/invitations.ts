import * as z from 'zod';
import { country, mailbox, namedMailbox, phoneNumber } from './addresses.ts';
import { amount, listOf, oneOf, orJson, quoted, text, unknownKey, wholeNumber, yesOrNo } from './kinds.ts';
import { manual } from './manual.ts';
import { platformApplicationArn, secretReference } from './references.ts';

const languageTag = z.string({ error: 'Must be language tags such as en or pt-BR.' }).refine(isLanguageTag, {
  error: ({ input }) => `${quoted(input)} is no language tag (BCP 47) such as en or pt-BR.`,
});

/** Tells whether text is a well-formed BCP 47 tag that begins with a language of two or three letters. */
export function isLanguageTag(given: string): boolean {
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8}){0,4}$/i.test(given)) return false;
  try {
    return Intl.getCanonicalLocales(given).length === 1;
  } catch {
    return false;
  }
}

const senderSentence =
  'Must be a sender ID (up to 11 letters and digits, at least one letter) or a number of 9 to 17 digits.';

/** Whom an SMS comes from, as SNS wants it: an alphanumeric sender ID, or a number with its plus sign. */
const smsOrigination = z
  .union([z.string(), z.number().transform(String)], { error: senderSentence })
  .transform((given, context) => {
    const sender = given.trim();
    if (/^\+?\d{9,17}$/.test(sender)) return { kind: 'number' as const, value: `+${sender.replace('+', '')}` };
    if (/^(?=\d{0,11}[a-z])[a-z0-9]{1,11}$/i.test(sender)) return { kind: 'senderId' as const, value: sender };
    context.issues.push({ code: 'custom', message: senderSentence, input: undefined });
    return z.NEVER;
  });

/** How people are invited, and in which words. */
export const invitations = {
  inviteMechanisms: listOf(z.string({ error: 'Must be email, sms or both.' }))
    .default([])
    .register(manual, {
      meaning:
        'How people are told that a meeting was created, changed or cancelled. An unknown one is left out with a warning.',
      values: 'a list of `email` and `sms`',
      example: ['email', 'sms'],
    }),
  templatePath: text(/\S/, 'Must be the path of a folder.', 1000).optional().register(manual, {
    meaning:
      "The folder that holds the `email` and `sms` template folders. Relative to the project's folder, or to the wac.ini's where that sets it.",
    values: 'a path',
    example: 'templates',
    blank: '`templates`; with a wac.ini `meetings/tpl` beside it, if it is there',
  }),
  languagesTemplates: listOf(languageTag)
    .optional()
    .register(manual, {
      meaning:
        'The languages of the templates; the first is the default language. Each needs its folder for every mechanism in use. Where set, synth also tells of templates that are too large or leave fields unused.',
      values: 'a list of BCP 47 language tags',
      example: ['en', 'es', 'ca'],
      blank: 'all that have templates for every mechanism in use, `en` first, then by alphabet',
    }),
  shortenerToken: secretReference('token', '/meetings/shortener-token').optional().register(manual, {
    meaning: 'Where the Bitly token is stored that shortens links; never the token itself. Without it links stay long.',
    values: 'the name of an SSM parameter (`/…`), a Secrets Manager ARN, or `secretsmanager:NAME`',
    example: '/meetings/shortener-token',
  }),
  pstnExtension: phoneNumber.optional().register(manual, {
    meaning: 'The phone number by which a meeting can be joined with an ordinary call; invitations then say so.',
    values: 'a phone number with its country code',
    example: '+34999999999',
  }),
  timeZone: z
    .string({ error: 'Must be text.' })
    .refine(isTimeZone, { error: ({ input }) => `${quoted(input)} is no IANA time zone such as Europe/Madrid.` })
    .default('UTC')
    .register(manual, {
      meaning: 'The zone in which invitations write a time where its meeting names none.',
      values: 'an IANA time zone',
      example: 'Europe/Madrid',
    }),
};

function isTimeZone(given: string): boolean {
  if (!/^[a-z][a-z0-9_+/-]{1,63}$/i.test(given)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: given }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** When and how people are reminded. */
export const reminders = {
  remindBefore: wholeNumber(1, 40_320, 'minutes').optional().register(manual, {
    meaning: 'How long before its start everyone in a meeting is reminded of it.',
    values: 'whole minutes, 1 to 40320 (four weeks)',
    example: 10,
    blank: 'nobody is reminded',
  }),
  remindMechanisms: listOf(oneOf(['push', 'email', 'sms']))
    .default(['push'])
    .register(manual, {
      meaning: 'How people are reminded; mail and SMS go to those without a device for push.',
      values: 'a list of `push`, `email` and `sms`',
      example: ['push', 'email'],
    }),
  pushApplications: orJson(
    z.strictObject(
      {
        fcm: platformApplicationArn('GCM').optional(),
        apns: platformApplicationArn('APNS').optional(),
        'apns-sandbox': platformApplicationArn('APNS_SANDBOX').optional(),
      },
      { error: unknownKey('Must be an object with the ARNs of fcm, apns and apns-sandbox, or the same as JSON.') },
    ),
  )
    .default({})
    .register(manual, {
      meaning: 'The SNS platform applications through which phones are pushed to.',
      values: 'an object (or JSON text) of the ARNs of `fcm`, `apns`, `apns-sandbox`, those that there are',
      example: { fcm: 'arn:aws:sns:eu-west-1:111122223333:app/GCM/meetings' },
    }),
};

/** Whom mail and SMS come from, and how much may be sent. */
export const sending = {
  mailIdentity: namedMailbox.optional().register(manual, {
    meaning: 'The address that mail comes from; SES must have verified it or its domain. Without it no mail is sent.',
    values: 'a mail address, or `Name <address>`',
    example: 'Meetings <meetings@example.org>',
  }),
  configurationSet: text(/^[A-Za-z0-9_-]{1,64}$/, 'Must be the name of an SES configuration set.')
    .optional()
    .register(manual, {
      meaning: 'The SES configuration set that mail is sent with.',
      values: 'up to 64 letters, digits, `_` and `-`',
      example: 'meetings',
    }),
  mailsPerDay: wholeNumber(0, 1_000_000, 'mails').default(2000).register(manual, {
    meaning: 'How many mails the meetings of one organizer may cause in a day (UTC).',
    values: 'mails, 0 to 1000000',
    example: 2000,
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
    meaning: 'How many SMS the meetings of one organizer may cause in a day (UTC).',
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
  smsMaxPrice: amount(0.001, 100, 'US dollars').optional().register(manual, {
    meaning: 'The most that one SMS may cost; a dearer one is not sent.',
    values: 'US dollars, 0.001 to 100',
    example: 0.1,
    blank: "the AWS account's limit",
  }),
  alarmEmail: mailbox.optional().register(manual, {
    meaning: "Who is written to when one of the system's alarms rings.",
    values: 'a mail address',
    example: 'operators@example.org',
    blank: 'nobody',
  }),
};
