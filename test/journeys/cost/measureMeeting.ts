import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { SegmentedMessage } from 'sms-segments-calculator';
import { expect, vi } from 'vitest';
import { databaseClient } from '../../../infra/local/databaseTable.ts';
import { readFunctions } from '../../../infra/local/functions/functionDefinition.ts';
import type { Usage } from '../../../infra/operate/cost/usage.ts';
import { callAs } from '../../../infra/run/demo/call.ts';
import { type Journey, type ShownMeeting, within } from '../journey.ts';
import { itemBytes } from './itemBytes.ts';
import { accessLogBytes, runtimeLogBytes } from './logBytes.ts';

/** A meeting that was followed from its call to its reminder. */
export interface MeasuredMeeting {
  readonly usage: Usage;
  /** Of the worker that sends mails, of which `usage` has nothing. */
  readonly mailWorkerSeconds: number;
}

const mailWorker = 'DeliverEmail';

/**
 * Schedules one meeting in a service in which nothing else happens, has it remind, and counts what that took.
 *
 * @param mails that participants get; its organizer gets one beside them
 */
export async function measureMeeting(service: Journey, mails: number, sms: number): Promise<MeasuredMeeting> {
  const before = countsOf(service);
  service.calls.clear();
  service.invocations.clear();
  const { json: meeting } = await callAs<ShownMeeting>(service, 'alice', 'POST', '/meetings', {
    name: 'Spring planning',
    validSince: Date.now() + 3_600_000,
    participants: [...people(mails, (number) => ({ email: `guest-${number}@example.org` })), ...people(sms, phoneOf)],
  });
  await vi.waitFor(() => expect(service.schedules().map(({ Name }) => Name)).toContain(meeting.id), within);
  await service.waitUntilIdle(60_000);
  service.fire(meeting.id);
  await vi.waitFor(() => expect(service.pushes()).toHaveLength(before.pushes + 1), within);
  await service.waitUntilIdle(60_000);
  expect([service.mails().length - before.mails, service.sms().length - before.sms]).toEqual([mails + 1, sms]);
  expect(service.denied()).toEqual([]);
  const mailWorkerSeconds = runsOf(service)
    .filter(({ name }) => name === mailWorker)
    .reduce((sum, { seconds }) => sum + seconds, 0);
  return { usage: await usageSince(service, before, meeting), mailWorkerSeconds };
}

function people(count: number, addressed: (number: string) => object): object[] {
  return Array.from({ length: count }, (_, index) => String(index + 1).padStart(2, '0')).map((number) => ({
    name: `Guest ${number}`,
    ...addressed(number),
  }));
}

function phoneOf(number: string): object {
  return { phone: `+346000001${number}` };
}

function countsOf(service: Journey) {
  return {
    pushes: service.pushes().length,
    mails: service.mails().length,
    sms: service.sms().length,
    lines: service.logs().length,
    logBytes: logBytesOf(service),
  };
}

async function usageSince(
  service: Journey,
  before: ReturnType<typeof countsOf>,
  meeting: ShownMeeting,
): Promise<Usage> {
  const calls = service.calls.all();
  const runs = runsOf(service);
  const others = runs.filter(({ name }) => name !== mailWorker);
  const invocations = total(runs, ({ count }) => count);
  const unitsOf = (isWrite: boolean) =>
    total(calls, ({ action, units = 0 }) => (/^(Get|BatchGet|Query|Scan)/.test(action) === isWrite ? 0 : units));
  return {
    httpRequests: 1,
    replyBytes: Buffer.byteLength(JSON.stringify(meeting)),
    invocations,
    seconds: total(others, ({ seconds }) => seconds),
    gigabyteSeconds: total(others, ({ seconds, gigabytes }) => seconds * gigabytes),
    writeUnits: unitsOf(true),
    readUnits: unitsOf(false),
    // A mapping receives a batch and deletes it, each by one request.
    queueRequests:
      service.calls.count({ service: 'sqs' }) + 2 * total(runs, ({ name, count }) => (isWorker(name) ? count : 0)),
    scheduledInvocations: total(runs, ({ name, count }) => (name === 'OnReminderDue' ? count : 0)),
    logBytes: logBytesOf(service) - before.logBytes + invocations * runtimeLogBytes + accessLogBytes(service.stack),
    pushes: service.pushes().length - before.pushes,
    mails: service.mails().length - before.mails,
    mailBytes: total(service.mails().slice(before.mails), ({ raw }) => raw.length),
    smsParts: total(service.sms().slice(before.sms), ({ message }) => new SegmentedMessage(message).segmentsCount),
    storedBytes: await storedBytesOf(service, meeting.id),
  };
}

function isWorker(name: string): boolean {
  return name.startsWith('Deliver') || name === 'Plan';
}

function runsOf({ stack, invocations }: Journey) {
  const memory = new Map(readFunctions(stack).map(({ name, memoryMegabytes }) => [name, memoryMegabytes]));
  return invocations.all().map(({ functionName, count, milliseconds }) => ({
    name: functionName,
    count,
    seconds: milliseconds / 1_000,
    gigabytes: (memory.get(functionName) ?? Number.NaN) / 1_024,
  }));
}

function logBytesOf(service: Journey): number {
  return total(service.logs(), ({ text }) => Buffer.byteLength(text));
}

/** All rows that name the meeting. */
async function storedBytesOf({ databaseEndpoint, stack }: Journey, meetingId: string): Promise<number> {
  const client = databaseClient(databaseEndpoint);
  const TableName = stack.ofType('AWS::DynamoDB::Table')[0]?.name;
  try {
    const { Items = [], LastEvaluatedKey } = await client.send(new ScanCommand({ TableName, ConsistentRead: true }));
    expect(LastEvaluatedKey, 'the table is read in one page').toBeUndefined();
    return total(
      Items.filter((item) => JSON.stringify(item).includes(meetingId)),
      itemBytes,
    );
  } finally {
    client.destroy();
  }
}

function total<Item>(items: readonly Item[], amountOf: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + amountOf(item), 0);
}
