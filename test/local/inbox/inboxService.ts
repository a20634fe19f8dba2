import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { deliveryKey } from '../../../functions/deliveries/delivery.ts';
import type { Job } from '../../../functions/deliveries/job.ts';
import type { Meeting } from '../../../functions/meetings/meeting.ts';
import type { Table } from '../../../functions/runtime/table.ts';
import { type CallCounts, createCallCounts } from '../../../infra/local/aws/calls.ts';
import { type KeptMails, openMailbox } from '../../../infra/local/aws/mailbox.ts';
import { openPhones, type Phones } from '../../../infra/local/aws/phones.ts';
import { type Logs, openLogs } from '../../../infra/local/functions/logs.ts';
import type { GatewayReply } from '../../../infra/local/gateway/httpReply.ts';
import type { InboxSource } from '../../../infra/local/inbox/inboxContent.ts';
import { createInboxPages } from '../../../infra/local/inbox/inboxPages.ts';
import type { Schedule } from '../../../infra/local/schedules/schedule.ts';
import { meetingsInbox } from '../../../infra/run/inbox/meetingsInbox.ts';
import { startService, testSettings } from '../../service.ts';

/** The parts of a local service that an inbox is read from, each the real one, with nothing in them that runs. */
export interface InboxService {
  readonly source: InboxSource;
  readonly mailbox: KeptMails;
  readonly phones: Phones;
  readonly calls: CallCounts;
  readonly schedules: Schedule[];
  readonly denied: { role: string; action: string; resource: string }[];
  get(path: string, headers?: Readonly<Record<string, string>>, method?: string): Promise<GatewayReply>;
  keepMeeting(meeting: Meeting): Promise<void>;
  keepUser(id: string, username: string): Promise<void>;
  keepDelivery(job: Job, outcome: Readonly<Record<string, unknown>>): Promise<void>;
  /** Writes a line as a function does. */
  log(functionName: string, line: string): void;
  stop(): Promise<void>;
}

export async function startInboxService(): Promise<InboxService> {
  const { table, stop } = await startService();
  const stateDirectory = mkdtempSync(join(tmpdir(), 'inbox-'));
  const mailbox = openMailbox(join(stateDirectory, 'mails'));
  const phones = openPhones(join(stateDirectory, 'phones'));
  const logs: Logs = openLogs(join(stateDirectory, 'logs'));
  const [calls, schedules, denied] = [createCallCounts(), [] as Schedule[], [] as InboxService['denied']];
  const source: InboxSource = {
    ...{ url: 'http://127.0.0.1:8787', stateDirectory, stack: stackOf(table), calls },
    databaseEndpoint: process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '',
    envelopes: mailbox.envelopes,
    rawMail: mailbox.raw,
    sms: phones.sms.all,
    pushes: phones.pushes.all,
    schedules: () => [...schedules],
    denied: () => denied,
    recentLogs: logs.recent,
  };
  const pages = createInboxPages(meetingsInbox);
  return {
    ...{ source, mailbox, phones, calls, schedules, denied },
    get: async (path, headers = {}, method = 'GET') =>
      pages({ method, headers, url: new URL(`/_local/${path}`, source.url) }, source),
    keepMeeting: (meeting) => put(table, { pk: `MEETING#${meeting.id}`, sk: 'MEETING', ...stored(meeting) }),
    keepUser: (id, username) =>
      put(table, { ...{ pk: `USER#${id}`, sk: 'USER', id, username, capabilities: [], revision: 1 }, created: moment }),
    keepDelivery: (job, outcome) =>
      put(table, { ...deliveryKey(job), attempts: 1, leaseUntil: 0, updated: moment, ...outcome }),
    log: (functionName, line) => appendFileSync(logs.fileOf(functionName), `${line}\n`),
    stop: async () => {
      mailbox.close();
      phones.close();
      await stop();
      rmSync(stateDirectory, { recursive: true });
    },
  };
}

const moment = '2027-02-01T10:00:00.000Z';

/** A template with one table, and one function that gets the settings. */
function stackOf(table: Table): InboxSource['stack'] {
  const resource = { logicalId: '', type: '', ref: '', attributes: {} };
  const environment = { Variables: { SETTINGS: JSON.stringify(testSettings) } };
  const code = { Code: { S3Key: 'bundle.zip' }, Handler: 'index.handler', Runtime: 'nodejs24.x' };
  const deliver = { ...code, Role: 'role', Environment: environment };
  const resources = [
    { ...resource, type: 'AWS::DynamoDB::Table', name: table.name, properties: {} },
    { ...resource, type: 'AWS::Lambda::Function', name: 'Deliver', properties: deliver },
  ];
  return {
    resources,
    ofType: (type) => resources.filter((one) => one.type === type),
    name: 'Test',
    assetDirectory: () => '',
    outputs: () => ({}),
  };
}

function stored(meeting: Meeting): Record<string, unknown> {
  return JSON.parse(JSON.stringify(meeting));
}

async function put({ name, documents }: Table, Item: Record<string, unknown>): Promise<void> {
  await documents.send(new PutCommand({ TableName: name, Item }));
}
