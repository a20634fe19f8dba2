import * as z from 'zod';

const target = z.strictObject({
  Arn: z.string(),
  RoleArn: z.string(),
  Input: z.string().optional(),
  RetryPolicy: z
    .strictObject({ MaximumEventAgeInSeconds: z.number().optional(), MaximumRetryAttempts: z.number().optional() })
    .optional(),
  DeadLetterConfig: z.strictObject({ Arn: z.string().optional() }).optional(),
});

/** What CreateSchedule and UpdateSchedule take, as AWS names it. */
export const scheduleInput = z.strictObject({
  Name: z.string(),
  GroupName: z.string().default('default'),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  FlexibleTimeWindow: z.strictObject({
    Mode: z.enum(['OFF', 'FLEXIBLE']),
    MaximumWindowInMinutes: z.number().optional(),
  }),
  Target: target,
  ActionAfterCompletion: z.enum(['NONE', 'DELETE']).default('NONE'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Description: z.string().optional(),
  ClientToken: z.string().optional(),
});

export type ScheduleInput = z.infer<typeof scheduleInput>;

/** A schedule as it is kept; moments are epoch milliseconds. */
export const schedule = scheduleInput.extend({
  arn: z.string(),
  dueAt: z.number(),
  createdAt: z.number(),
  changedAt: z.number(),
  firedAt: z.number().optional(),
});

export type Schedule = z.infer<typeof schedule>;
