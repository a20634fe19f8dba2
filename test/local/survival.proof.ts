import { once } from 'node:events';
import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { queueClient, scheduleDirect, tableClient } from './fixture/fixtureClients.ts';
import { startFixture } from './fixture/startFixture.ts';
import { runKillable } from './killable.ts';
import { temporaryDirectory } from './temporaryDirectory.ts';

const count = 60;

describe('the local run', () => {
  test('goes on where it was when it was killed: nothing is lost, and only what was in flight comes twice', async () => {
    const directory = temporaryDirectory();
    const {
      child,
      said: { awsUrl },
    } = await runFixture(directory);
    const table = tableClient({ awsUrl });
    await scheduleDirect({ awsUrl }, { name: 'later', inSeconds: 4, input: { do: 'nothing', by: 'later' } });
    for (let n = 0; n < count; n += 10) {
      const batch = Array.from({ length: 10 }, (_, index) => n + index);
      // Half of the messages come only after the process has died.
      const Entries = batch.map((each) => ({
        Id: `${each}`,
        MessageBody: `message ${each}`,
        DelaySeconds: each % 2 ? 3 : 0,
      }));
      await queueClient({ awsUrl }).send(
        new SendMessageBatchCommand({ QueueUrl: `${awsUrl}/000000000000/Work`, Entries }),
      );
      await Promise.all(
        batch.map((each) => table.send(new PutItemCommand({ TableName: 'Items', Item: itemOf(each) }))),
      );
    }
    child.kill('SIGKILL');
    await once(child, 'exit');

    const { service, events } = await startFixture(directory);
    onTestFinished(service.stop);

    const timesOf = (functionName: string, text: (n: number) => string) => {
      const records = events(functionName).flatMap(({ event }) =>
        event.Records.map((record: unknown) => JSON.stringify(record)),
      );
      return Array.from({ length: count }, (_, n) => records.filter((record) => record.includes(text(n))).length);
    };
    const records = () => timesOf('Follow', (n) => `"FOLLOW#${n}"`);
    const messages = () => timesOf('Worker', (n) => `"message ${n}"`);
    await vi.waitFor(() => expect([records(), messages()].flat()).not.toContain(0), { timeout: 20_000, interval: 100 });
    await vi.waitFor(() => expect(service.messages('Work')).toEqual([]), { timeout: 20_000, interval: 100 });
    expect(new Set(events('Worker').map(({ pid }) => pid)).size).toBe(2);
    expect(Math.max(...records(), ...messages())).toBeLessThanOrEqual(2);
    expect(records().filter((times) => times > 1).length).toBeLessThanOrEqual(10);
    expect(messages().filter((times) => times > 1).length).toBeLessThanOrEqual(10);
    await vi.waitFor(() => expect(JSON.stringify(events('Direct'))).toContain('later'), {
      timeout: 10_000,
      interval: 100,
    });
    expect(events('Direct')).toHaveLength(1);
    expect(service.schedules()).toEqual([]);
  }, 90_000);

  test('accepts its tokens again, and has its mails and phones, after a restart', async () => {
    const directory = temporaryDirectory();
    const { service: first } = await startFixture(directory);
    const token = await first.token('alice');
    await first.stop();

    const { service: second } = await startFixture(directory);
    onTestFinished(second.stop);

    const response = await fetch(`${second.url}/anything`, { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(200);
  }, 60_000);

  test('does not start twice in one folder, in one process or two, and does after the first was killed', async () => {
    const directory = temporaryDirectory();
    const { child } = await runFixture(directory);

    await expect(startFixture(directory)).rejects.toThrow(`is in use by process ${child.pid}: stop that first`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const { service } = await startFixture(directory);
    onTestFinished(service.stop);
    await expect(startFixture(directory)).rejects.toThrow('is in use by this process already');
  }, 60_000);
});

function itemOf(n: number) {
  return { pk: { S: `FOLLOW#${n}` }, sk: { S: 'X' } };
}

function runFixture(directory: string) {
  return runKillable<{ awsUrl: string }>(join(import.meta.dirname, 'fixture', 'runFixture.ts'), directory);
}
