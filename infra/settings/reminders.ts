import * as z from 'zod';
import { listOf, oneOf, orJson, unknownKey, wholeNumber } from './kinds.ts';
import { manual } from './manual.ts';
import { platformApplicationArn } from './references.ts';

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
