import * as z from 'zod';
import { addressChannels } from '../../functions/deliveries/channels/channels.ts';
import { shippedLanguages } from '../templates/shippedLanguages.ts';
import { phoneNumber } from './addresses.ts';
import { listOf, textMatching, yesOrNo } from './kinds.ts';
import { languageTag, timeZone } from './locales.ts';
import { manual } from './manual.ts';
import { nameList } from './nameList.ts';
import { secretReference } from './references.ts';

const names = addressChannels.map(({ name }) => name);

/** How people are invited, and in which words. */
export const invitations = {
  inviteMechanisms: listOf(z.string({ error: `Must be a list of ${nameList(names)}.` }))
    .default([])
    .register(manual, {
      meaning:
        'How people are told that a meeting was created, changed or cancelled. An unknown one is left out with a warning.',
      values: `a list of ${nameList(names.map((name) => `\`${name}\``))}`,
      example: names,
    }),
  organizerMail: yesOrNo.default(true).register(manual, {
    meaning:
      'Whether organizers get a mail of their own about their meetings, with an entry for their calendar, where `inviteMechanisms` has `email`.',
    values: '`true` or `false`',
    example: true,
  }),
  templatePath: textMatching(/\S/, 'Must be the path of a folder.', 1000).optional().register(manual, {
    meaning:
      "The folder that holds a folder of templates for each mechanism: `email`, `sms`, `push`; where it has no `push`, or no `organizer/email` for the organizers' own mail, that of the service serves. Relative to the project's folder, or to the wac.ini's where that sets it.",
    values: 'a path',
    example: 'templates',
    blank: '`templates`; with a wac.ini `meetings/tpl` beside it, if it is there',
  }),
  languagesTemplates: listOf(languageTag).optional().register(manual, {
    meaning:
      'The languages of the templates; the first is the default language. Each needs its folder for every mechanism in use. Where set, synth also tells of templates that are too large or leave fields unused.',
    values: 'a list of BCP 47 language tags',
    example: shippedLanguages,
    blank: 'all that have templates for every mechanism in use, `en` first, then by alphabet',
  }),
  shortenerToken: secretReference('token', '/meetings/shortener-token').optional().register(manual, {
    meaning:
      'Where the Bitly token is stored that shortens links; never the token itself. Without it the service makes short links of its own, for SMS alone.',
    values: 'the name of an SSM parameter (`/…`), a Secrets Manager ARN, or `secretsmanager:NAME`',
    example: '/meetings/shortener-token',
  }),
  pstnExtension: phoneNumber.optional().register(manual, {
    meaning: 'The phone number by which a meeting can be joined with an ordinary call; invitations then say so.',
    values: 'a phone number with its country code',
    example: '+34999999999',
  }),
  timeZone: timeZone.default('UTC').register(manual, {
    meaning: 'The zone in which invitations write a time where its meeting names none.',
    values: 'an IANA time zone',
    example: 'Europe/Madrid',
  }),
};
