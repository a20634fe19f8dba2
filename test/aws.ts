import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AwsAddress, startAwsAddress } from '../infra/local/aws/address.ts';
import { createCallCounts } from '../infra/local/aws/calls.ts';
import { createFaults, type Faults } from '../infra/local/aws/faults.ts';
import { type KeptMails, openMailbox } from '../infra/local/aws/mailbox.ts';
import { openPhones, type Phones } from '../infra/local/aws/phones.ts';
import { schedulerService } from '../infra/local/aws/scheduler.ts';
import { secretsManagerService, ssmService } from '../infra/local/aws/secrets.ts';
import { sesService } from '../infra/local/aws/ses.ts';
import { snsService } from '../infra/local/aws/sns/sns.ts';
import { sqsService } from '../infra/local/aws/sqs.ts';
import { openQueue, type Queue, type QueueDefinition } from '../infra/local/queues/queue.ts';
import { openScheduleClock, type ScheduleClock } from '../infra/local/schedules/scheduleClock.ts';

/** The AWS that handlers meet in one test file, but for the table: who may call what is not asked. */
export interface TestAws {
  readonly mailbox: KeptMails;
  readonly phones: Phones;
  /** Of the deliveries of every channel; nobody takes from it but the test. */
  readonly queue: Queue;
  /** Of what is left to plan of large meetings; nobody takes from it but the test. */
  readonly plans: Queue;
  /** Of webhooks that have something to be told; nobody takes from it but the test. */
  readonly webhooks: Queue;
  /** Of reminders; its clock stands still. */
  readonly schedules: ScheduleClock;
  readonly faults: Faults;
  /** How often an action was called, refused or not: `sns.Publish`. */
  calls(action: string): number;
  /** What SSM and Secrets Manager hold, by name. */
  readonly secrets: Map<string, string>;
  stop(): Promise<void>;
}

/** Call it before a handler is imported: clients are built once per environment. */
export async function startAws(): Promise<TestAws> {
  const directory = mkdtempSync(join(tmpdir(), 'aws-'));
  const address = await startAwsAddress();
  const mailbox = openMailbox(join(directory, 'mails'));
  const phones = openPhones(join(directory, 'phones'));
  const queue = openQueue(queueAt(address.url, 'deliveries'), join(directory, 'queue.jsonl'), () => {});
  const plans = openQueue(queueAt(address.url, 'plans'), join(directory, 'plans.jsonl'), () => {});
  const webhooks = openQueue(
    { ...queueAt(address.url, 'webhooks'), visibilityTimeoutSeconds: 90 },
    join(directory, 'webhooks.jsonl'),
    () => {},
  );
  const [faults, counts, secrets] = [createFaults(), createCallCounts(), new Map<string, string>()];
  const schedules = openScheduleClock(join(directory, 'schedules.jsonl'), () => {});
  serve(address, { mailbox, phones, queue, plans, webhooks, schedules, faults, counts, secrets });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: address.url,
    DELIVERY_QUEUE_URLS: JSON.stringify(
      Object.fromEntries(['email', 'sms', 'push', 'fax'].map((channel) => [channel, queue.definition.url])),
    ),
    PLANNING_QUEUE_URL: plans.definition.url,
    WEBHOOK_QUEUE_URL: webhooks.definition.url,
    DELIVERY_MAX_RECEIVES: '10',
    SCHEDULE_GROUP: scheduleGroup,
    SCHEDULE_ROLE_ARN: 'arn:aws:iam::000000000000:role/scheduler',
    REMINDER_FUNCTION_ARN: 'arn:aws:lambda:eu-west-1:000000000000:function:onReminderDue',
    REMINDER_FAILURE_QUEUE_ARN: 'arn:aws:sqs:eu-west-1:000000000000:reminderFailures',
  });
  const stop = async () => {
    await address.stop();
    schedules.stop();
    for (const store of [mailbox, phones, queue, plans, webhooks]) store.close();
    rmSync(directory, { recursive: true });
  };
  const calls = (called: string) => {
    const [service = '', action = ''] = called.split('.');
    return counts.count({ service, action });
  };
  return { mailbox, phones, queue, plans, webhooks, schedules, faults, calls, secrets, stop };
}

const scheduleGroup = 'reminders';

function queueAt(endpoint: string, name: string): QueueDefinition {
  return {
    name,
    arn: `arn:aws:sqs:eu-west-1:000000000000:${name}`,
    url: `${endpoint}/000000000000/${name}`,
    delaySeconds: 0,
    visibilityTimeoutSeconds: 60,
    retentionSeconds: 345_600,
    maximumMessageBytes: 1_048_576,
    redrive: undefined,
  };
}

interface Kept
  extends Pick<TestAws, 'mailbox' | 'phones' | 'queue' | 'plans' | 'webhooks' | 'schedules' | 'faults' | 'secrets'> {
  readonly counts: ReturnType<typeof createCallCounts>;
}

function serve(
  address: AwsAddress,
  { mailbox, phones, queue, plans, webhooks, schedules, faults, counts, secrets }: Kept,
): void {
  const all = [queue, plans, webhooks];
  const byUrl = (url: string) => all.find(({ definition }) => definition.url === url);
  const read = (name: string) => secrets.get(name);
  address.serve({
    services: {
      ses: sesService(mailbox),
      sns: snsService(phones),
      scheduler: schedulerService({
        clock: schedules,
        hasGroup: (name) => name === scheduleGroup,
        hasTarget: () => true,
        canAssume: () => true,
      }),
      sqs: sqsService({ all, byUrl, byArn: () => queue, close: () => {} }),
      ssm: ssmService(read),
      secretsmanager: secretsManagerService(read),
    },
    knows: () => true,
    authorize: () => undefined,
    calls: counts,
    faults,
    crash: async () => {},
    onError: (error) => console.error(error),
  });
}
