/** A grant that no journey uses, and why the template has it all the same. */
export interface Explanation {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
  readonly why: string;
}

const queue = (name: string) => `arn:aws:sqs:eu-west-1:000000000000:${name}`;

/** One by one. An explanation of what is used, or is not granted, fails the tests like a grant without one. */
export const unusedGrants: readonly Explanation[] = [
  ...['Reminder', 'Room'].map((kind) => ({
    role: `${kind}Role`,
    action: 'sqs:SendMessage',
    resource: queue(`${kind}Failures`),
    why: 'Scheduler puts there what it cannot hand to Lambda within an hour; here Lambda takes all that it may be handed.',
  })),
  {
    role: 'PlanServiceRole',
    action: 'sqs:SendMessage',
    resource: queue('Planning'),
    why: 'Only a meeting of more than 600 people is planned in a third part: fairness.proof.ts has twelve of them.',
  },
  {
    role: 'PlanServiceRole',
    action: 'sqs:SendMessage',
    resource: queue('PushDeliveries'),
    why: 'Only of a meeting of more than a hundred people are the rest reminded by it: reminders.proof.ts has one.',
  },
  {
    role: 'OnReminderDueServiceRole',
    action: 'sqs:SendMessage',
    resource: queue('Planning'),
    why: 'Only of a meeting of more than a hundred people are the rest reminded by it: reminders.proof.ts has one.',
  },
  {
    role: 'TellWebhookServiceRole',
    action: 'sqs:SendMessage',
    resource: queue('Webhooks'),
    why: 'Only where a minute does not do for what waits for one webhook: tellWebhook.test.ts has one.',
  },
  {
    role: 'OnReminderDueServiceRole',
    action: 'scheduler:DeleteSchedule',
    resource: 'arn:aws:scheduler:eu-west-1:000000000000:schedule/Meetings-Reminders-26D97AE9/*',
    why: 'Only where a schedule wakes at the end of a meeting that somebody hears of: events.test.ts has one.',
  },
  {
    role: 'PlanServiceRole',
    action: 'dynamodb:UpdateItem',
    resource: 'arn:aws:dynamodb:eu-west-1:000000000000:table/Table',
    why: 'Where an organizer is deleted whose meeting has more than a hundred people: plan.test.ts has one.',
  },
  {
    role: 'CreateMeetingServiceRole',
    action: 'dynamodb:Query',
    resource: 'arn:aws:dynamodb:eu-west-1:000000000000:table/Table',
    why: 'Only a call that is made again under its key shows a meeting that has been answered: createMeeting.test.ts has one.',
  },
  ...[
    ['DeliverPushServiceRole', 'sns:SetEndpointAttributes'],
    ['OnUserChangedServiceRole', 'sns:DeleteEndpoint'],
  ].map(([role = '', action = '']) => ({
    role,
    action,
    resource: 'arn:aws:sns:eu-west-1:000000000000:endpoint/GCM/test/*',
    why: 'AWS documents no resource for it and refuses it on the application, as here; on the endpoint it would be no more.',
  })),
];
