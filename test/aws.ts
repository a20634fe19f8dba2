import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AwsAddress, startAwsAddress } from '../infra/local/aws/address.ts';
import { createCallCounts } from '../infra/local/aws/calls.ts';
import { createFaults, type Faults } from '../infra/local/aws/faults.ts';
import { type Mailbox, openMailbox } from '../infra/local/aws/mailbox.ts';
import { openPhones, type Phones } from '../infra/local/aws/phones.ts';
import { secretsManagerService, ssmService } from '../infra/local/aws/secrets.ts';
import { sesService } from '../infra/local/aws/ses.ts';
import { snsService } from '../infra/local/aws/sns.ts';
import { sqsService } from '../infra/local/aws/sqs.ts';
import { openQueue, type Queue, type QueueDefinition } from '../infra/local/queues/queue.ts';

/** The AWS that handlers meet in one test file, but for the table: who may call what is not asked. */
export interface TestAws {
  readonly mailbox: Mailbox;
  readonly phones: Phones;
  /** Of deliveries; nobody takes from it but the test. */
  readonly queue: Queue;
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
  const deliveryQueue = queueAt(address.url);
  const queue = openQueue(deliveryQueue, join(directory, 'queue.jsonl'), () => {});
  const [faults, counts, secrets] = [createFaults(), createCallCounts(), new Map<string, string>()];
  serve(address, { mailbox, phones, queue, faults, counts, secrets });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: address.url,
    DELIVERY_QUEUE_URL: deliveryQueue.url,
    DELIVERY_MAX_RECEIVES: '10',
  });
  const stop = async () => {
    await address.stop();
    for (const store of [mailbox, phones, queue]) store.close();
    rmSync(directory, { recursive: true });
  };
  const calls = (called: string) => {
    const [service = '', action = ''] = called.split('.');
    return counts.count({ service, action });
  };
  return { mailbox, phones, queue, faults, calls, secrets, stop };
}

function queueAt(endpoint: string): QueueDefinition {
  return {
    name: 'deliveries',
    arn: 'arn:aws:sqs:eu-west-1:000000000000:deliveries',
    url: `${endpoint}/000000000000/deliveries`,
    delaySeconds: 0,
    visibilityTimeoutSeconds: 60,
    retentionSeconds: 345_600,
    maximumMessageBytes: 1_048_576,
    redrive: undefined,
  };
}

interface Kept extends Pick<TestAws, 'mailbox' | 'phones' | 'queue' | 'faults' | 'secrets'> {
  readonly counts: ReturnType<typeof createCallCounts>;
}

function serve(address: AwsAddress, { mailbox, phones, queue, faults, counts, secrets }: Kept): void {
  const byUrl = (url: string) => (url === queue.definition.url ? queue : undefined);
  const read = (name: string) => secrets.get(name);
  address.serve({
    services: {
      ses: sesService(mailbox),
      sns: snsService(phones),
      sqs: sqsService({ all: [queue], byUrl, byArn: () => queue, close: () => {} }),
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
