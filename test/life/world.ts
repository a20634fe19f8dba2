import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { RuntimeSettings } from '../../functions/runtime/settings.ts';
import type { Filter } from '../../infra/local/mappings/filter.ts';
import { openStreamReader, type StreamRecord } from '../../infra/local/mappings/streamReader.ts';
import type { QueueMessage } from '../../infra/local/queues/queue.ts';
import type { Schedule } from '../../infra/local/schedules/schedule.ts';
import { startAws, type TestAws } from '../aws.ts';
import { type Answer, type Call, call, startService, type TestService } from '../service.ts';
import { createInvocations, killed, type Tally, type Trouble } from './invocations.ts';

const doors = {
  createMeeting: () => import('../../functions/handlers/http/meetings/createMeeting.handler.ts'),
  readMeeting: () => import('../../functions/handlers/http/meetings/readMeeting.handler.ts'),
  listMeetings: () => import('../../functions/handlers/http/meetings/listMeetings.handler.ts'),
  patchMeeting: () => import('../../functions/handlers/http/meetings/patchMeeting.handler.ts'),
  cancelMeeting: () => import('../../functions/handlers/http/meetings/cancelMeeting.handler.ts'),
  readInvitations: () => import('../../functions/handlers/http/meetings/readInvitations.handler.ts'),
  inviteAgain: () => import('../../functions/handlers/http/meetings/inviteAgain.handler.ts'),
  readMe: () => import('../../functions/handlers/http/users/readMe.handler.ts'),
  deleteUser: () => import('../../functions/handlers/http/users/deleteUser.handler.ts'),
};

export type Door = keyof typeof doors;

/** The whole service but its gateway, in one process: whatever follows a call follows when it is told to. */
export interface World {
  readonly aws: TestAws;
  readonly service: TestService;
  /** What the deliveries' troubles excuse. */
  readonly tally: Tally;
  /** Which of the calls that wait goes on, as numbers that count round from the oldest, or below 0 the newest. */
  turns(numbers: readonly number[]): void;
  /** Undefined where whoever answered was killed, so that the caller never heard. */
  call(door: Door, options: Call, trouble?: Trouble): Promise<Answer | undefined>;
  /** Hands the next records of the stream to a follower of it, or once more those that it had last. */
  follow(follower: Follower, options?: Following): Promise<void>;
  /** Hands messages of the queue that are visible to a worker, or once more one that it had. */
  deliver(options?: Following): Promise<void>;
  /** Fires the schedules that are due, or once more the one that was fired last. */
  remind(options?: Following): Promise<void>;
  /** Whether nothing is left to follow or to deliver. */
  isSettled(): Promise<boolean>;
  /** Begins anew, with nothing left to follow or to deliver. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

export type Follower = 'meetings' | 'users';

interface Following {
  readonly again?: boolean;
  readonly trouble?: Trouble | undefined;
}

const recordsAtOnce = 10;

export async function startWorld(settings: Partial<RuntimeSettings> = {}): Promise<World> {
  const aws = await startAws();
  const service = await startService(settings);
  const streams = {
    meetings: openLane(service.table.name, isMeetingChange, await handlerOf('stream/onMeetingChanged')),
    users: openLane(service.table.name, isUserChange, await handlerOf('stream/onUserChanged')),
  };
  const { handler: deliver } = await import('../../functions/handlers/queue/deliver.handler.ts');
  const { handler: onReminderDue } = await import('../../functions/handlers/schedule/onReminderDue.handler.ts');
  let numbers: readonly number[] = [0];
  let taken = 0;
  const { invoke } = createInvocations((waiting) => {
    taken += 1;
    const number = numbers[taken % numbers.length] ?? 0;
    return number < 0 ? waiting - 1 : number % waiting;
  });
  const none = (): Tally => ({ killed: 0, unanswered: 0, givenUp: 0, published: 0 });
  const tally = none();
  let workers = 0;
  let handed: QueueMessage[] = [];
  let fired: Schedule | undefined;

  async function work(messages: readonly QueueMessage[], trouble: Trouble | undefined): Promise<void> {
    if (messages.length === 0) return;
    workers += 1;
    const awsRequestId = `request-${workers}`;
    const context = { functionName: 'deliver', awsRequestId, getRemainingTimeInMillis: () => 30_000 } as Context;
    const event = { Records: messages.map(recordOf) } as unknown as SQSEvent;
    const reply = await invoke<SQSBatchResponse>(() => deliver(event, context), tally, trouble);
    if (reply === killed) return;
    const again = new Set(reply.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const { id, receipt = '' } of messages) if (!again.has(id)) aws.queue.delete(receipt);
  }

  async function fire(schedule: Schedule, trouble: Trouble | undefined): Promise<void> {
    fired = schedule;
    const input: unknown = JSON.parse(schedule.Target.Input ?? '{}');
    // Scheduler hands over to Lambda, which tries three times.
    for (const tried of [trouble, undefined]) {
      const ended = await invoke(
        () => onReminderDue(input, { invokedFunctionArn: `${process.env.REMINDER_FUNCTION_ARN}` }),
        none(),
        tried,
      ).catch(() => killed);
      if (ended !== killed) return;
    }
  }

  const due = () => aws.schedules.all().filter(({ dueAt }) => dueAt <= Date.now());

  return {
    aws,
    service,
    tally,
    turns: (given) => {
      numbers = given;
      taken = 0;
    },
    call: async (door, options, trouble) => {
      const { handler } = await doors[door]();
      const answer = await invoke(() => call(handler, options), none(), trouble);
      return answer === killed ? undefined : answer;
    },
    follow: (follower, { again = false, trouble } = {}) =>
      streams[follower].follow(again, (event, follow) => invoke(() => follow(event), none(), trouble)),
    deliver: async ({ again = false, trouble } = {}) => {
      if (!again) handed = aws.queue.receive(recordsAtOnce);
      await work(handed, trouble);
    },
    remind: async ({ again = false, trouble } = {}) => {
      if (again && fired) await fire(fired, trouble);
      for (const schedule of again ? [] : due()) {
        aws.schedules.delete(schedule.GroupName, schedule.Name);
        await fire(schedule, trouble);
      }
    },
    isSettled: async () => {
      const waiting = [await streams.meetings.waiting(), await streams.users.waiting()];
      return waiting.every((count) => count === 0) && aws.queue.messages().length === 0 && due().length === 0;
    },
    clear: async () => {
      await streams.meetings.clear();
      await streams.users.clear();
      for (const { Name, GroupName } of aws.schedules.all()) aws.schedules.delete(GroupName, Name);
      [handed, fired] = [[], undefined];
      Object.assign(tally, none());
    },
    stop: async () => {
      await service.stop();
      await aws.stop();
    },
  };
}

type Follow = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;
type Run = (event: DynamoDBStreamEvent, follow: Follow) => Promise<DynamoDBBatchResponse | typeof killed>;

async function handlerOf(name: 'stream/onMeetingChanged' | 'stream/onUserChanged'): Promise<Follow> {
  if (name === 'stream/onMeetingChanged')
    return (await import('../../functions/handlers/stream/onMeetingChanged.handler.ts')).handler;
  return (await import('../../functions/handlers/stream/onUserChanged.handler.ts')).handler;
}

/** As the filter of its mapping. */
function isMeetingChange(record: unknown): boolean {
  const { eventName, dynamodb } = record as StreamRecord;
  return eventName !== 'REMOVE' && JSON.stringify(dynamodb.Keys.sk) === '{"S":"MEETING"}';
}

/** As the filter of its mapping, where nobody has a device. */
function isUserChange(record: unknown): boolean {
  const { eventName, dynamodb } = record as StreamRecord;
  if (eventName === 'REMOVE' || JSON.stringify(dynamodb.Keys.sk) !== '{"S":"USER"}') return false;
  return dynamodb.NewImage?.erasing !== undefined || dynamodb.NewImage?.newAddress !== undefined;
}

/** One follower of the stream: a shard has one invocation at a time, and what fails comes again. */
function openLane(tableName: string, isWanted: Filter, follow: Follow) {
  const reader = openStreamReader(`${process.env.AWS_ENDPOINT_URL_DYNAMODB}`, tableName, 'arn:stream', undefined);
  let waiting: StreamRecord[] = [];
  let handed: StreamRecord[] = [];
  let last: Promise<void> = Promise.resolve();

  async function read(): Promise<void> {
    for (let page = await reader.next(); page.count > 0; page = await reader.next())
      waiting.push(...page.records.filter(isWanted));
  }

  async function handOver(again: boolean, run: Run): Promise<void> {
    await read();
    if (!again) handed = waiting.slice(0, recordsAtOnce);
    if (handed.length === 0) return;
    const reply = await run({ Records: handed } as unknown as DynamoDBStreamEvent, follow);
    if (again || reply === killed) return;
    const failed = reply.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    const lowest = handed.findIndex(({ dynamodb }) => failed.includes(dynamodb.SequenceNumber));
    waiting = waiting.slice(lowest < 0 ? handed.length : lowest);
  }

  return {
    follow: (again: boolean, run: Run) => {
      last = last.then(() => handOver(again, run));
      return last;
    },
    waiting: async () => {
      await read();
      return waiting.length;
    },
    clear: async () => {
      await read();
      [waiting, handed] = [[], []];
    },
  };
}

function recordOf({ id, body, receiveCount, receipt = '' }: QueueMessage) {
  return {
    messageId: id,
    receiptHandle: receipt,
    body,
    attributes: { ApproximateReceiveCount: String(receiveCount) },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:deliveries',
    awsRegion: 'eu-west-1',
  };
}
