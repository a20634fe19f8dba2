import * as z from 'zod';
import { oneOf, orJson, textMatching, wholeNumber, yesOrNo } from './kinds.ts';
import { manual } from './manual.ts';

/** The days that CloudWatch Logs can be told to keep a log group (PutRetentionPolicy). */
export const logRetentions: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const tagSentence =
  'Must be an object of at most 40 tags: names of 1 to 128 characters, values of up to 256, of letters, digits, blanks and + - = . _ : / @, no name beginning with aws:.';
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+@-]*$/u;

/** As AWS takes them (AWS General Reference, "Tag naming limits and requirements"), some left to the operator's organization. */
const tags = orJson(
  z
    .record(z.string(), z.string({ error: tagSentence }), { error: tagSentence })
    .refine(
      (given) =>
        Object.keys(given).length <= 40 &&
        Object.entries(given).every(
          ([name, value]) =>
            name.length >= 1 &&
            name.length <= 128 &&
            value.length <= 256 &&
            tagText.test(name) &&
            tagText.test(value) &&
            !/^aws:/i.test(name),
        ),
      { error: tagSentence },
    ),
);

/** How the system is run. */
export const operation = {
  stackName: textMatching(
    /^[A-Za-z][A-Za-z0-9-]{0,127}$/,
    'Must be 1 to 128 letters, digits and hyphens, a letter first.',
  )
    .default('Meetings')
    .register(manual, {
      meaning: 'The name of the CloudFormation stack; another one makes another, separate system.',
      values: 'letters, digits and hyphens, a letter first, up to 128',
      example: 'Meetings',
    }),
  tags: tags.default({}).register(manual, {
    meaning: 'What all resources are tagged with, beside `stage` where one is given.',
    values: 'an object of names with values (as JSON text too), at most 40',
    example: { 'cost-center': 'meetings' },
  }),
  logRetentionDays: wholeNumber(1, 3653, 'days')
    .refine((days) => logRetentions.includes(days), {
      error: `Must be a number of days that CloudWatch Logs knows: ${logRetentions.join(', ')}.`,
    })
    .default(30)
    .register(manual, {
      meaning: 'How long logs are kept.',
      values: `days, one of ${logRetentions.join(', ')}`,
      example: 30,
    }),
  logLevel: oneOf(['debug', 'info', 'warn', 'error']).default('info').register(manual, {
    meaning: 'The least level that functions log.',
    values: '`debug`, `info`, `warn` or `error`',
    example: 'info',
  }),
  socketAccessLog: yesOrNo.default(false).register(manual, {
    meaning:
      'Whether what comes over the sockets is logged by route, as requests always are. Needs a role for CloudWatch Logs in the settings of API Gateway, which an account has once per region.',
    values: '`true` or `false`',
    example: true,
  }),
  tracing: yesOrNo.default(false).register(manual, {
    meaning: 'Whether the functions are traced by X-Ray, which costs by the trace.',
    values: '`true` or `false`',
    example: true,
  }),
  eventBus: yesOrNo.default(false).register(manual, {
    meaning:
      'Whether events are put on an EventBridge bus of the stack’s own (`docs/events.md`), for rules of the same account; each costs as EventBridge says. Webhooks need none.',
    values: '`true` or `false`',
    example: true,
  }),
  throttleRate: wholeNumber(1, 10_000, 'requests per second').default(100).register(manual, {
    meaning:
      'How many requests per second the API takes in the long run; more are answered with 429. What pages are made of (`/assets`) has eight times as many by itself, short links 500.',
    values: 'requests per second, 1 to 10000',
    example: 100,
  }),
  throttleBurst: wholeNumber(1, 5000, 'requests').default(200).register(manual, {
    meaning: 'How many requests the API takes at once.',
    values: 'requests, 1 to 5000',
    example: 200,
  }),
};
