import * as z from 'zod';
import { channels } from '../../functions/deliveries/channels/channels.ts';
import { email } from '../../functions/deliveries/channels/email/email.ts';
import { push } from '../../functions/deliveries/channels/push/push.ts';
import { listOf, oneOf, orJson, unknownKey, wholeNumber } from './kinds.ts';
import { manual } from './manual.ts';
import { nameList } from './nameList.ts';
import { platformApplicationArn } from './references.ts';

const names = channels.map(({ name }) => name);

/** When and how people are reminded. */
export const reminders = {
  remindBefore: wholeNumber(1, 40_320, 'minutes').optional().register(manual, {
    meaning: 'How long before its start everyone in a meeting is reminded of it.',
    values: 'whole minutes, 1 to 40320 (four weeks)',
    example: 10,
    blank: 'nobody is reminded',
  }),
  remindMechanisms: listOf(oneOf(names))
    .default([push.name])
    .register(manual, {
      meaning: 'How people are reminded; mail and SMS go to those without a device for push.',
      values: `a list of ${nameList(names.map((name) => `\`${name}\``))}`,
      example: [push.name, email.name],
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
