import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { scheduleDirect } from './fixture/fixtureClients.ts';
import { type Fixture, startFixture } from './fixture/startFixture.ts';

let directory: string;
let fixture: Fixture;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'schedules-'));
  fixture = await startFixture(directory, { retryDelaysMs: [50] });
}, 60_000);

afterAll(async () => {
  await fixture.service.stop();
  rmSync(directory, { recursive: true });
});

describe('a schedule', () => {
  test('invokes its target at its moment with its input, under its role, and is gone', async () => {
    const dueFrom = Date.now() + 1_000;
    const input = { do: 'nothing', at: '<aws.scheduler.scheduled-time>', by: '<aws.scheduler.schedule-arn>' };
    await scheduleDirect(fixture.service, { name: 'once', inSeconds: 2, input });
    expect(fixture.service.schedules().map(({ Name }) => Name)).toEqual(['once']);

    const [event] = await directEvents('once', 1);

    expect(Date.now()).toBeGreaterThanOrEqual(dueFrom);
    expect(event).toEqual({
      do: 'nothing',
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      by: 'arn:aws:scheduler:eu-west-1:000000000000:schedule/timers/once',
    });
    expect(fixture.service.schedules()).toEqual([]);
    expect(fixture.service.unusedGrants().filter(({ role }) => role === 'TimerRole')).toEqual([
      expect.objectContaining({ action: 'lambda:InvokeFunction', resource: expect.stringMatching(/:\*$/) }),
    ]);
  });

  test('whose event fails is tried as often as the function says, then goes to its failure destination', async () => {
    await scheduleDirect(fixture.service, { name: 'failing', inSeconds: 1.5, input: { do: 'throw', by: 'failing' } });

    const record = JSON.parse(await failureWith('"requestPayload"'));

    expect(await directEvents('failing', 2)).toHaveLength(2);
    expect(record).toMatchObject({
      version: '1.0',
      requestContext: {
        condition: 'RetriesExhausted',
        approximateInvokeCount: 2,
        functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:Direct:$LATEST',
      },
      requestPayload: { do: 'throw', by: 'failing' },
      responseContext: { statusCode: 200, functionError: 'Unhandled' },
      responsePayload: { errorType: 'RangeError', errorMessage: 'on order' },
    });
  });

  test('whose role may not invoke the target goes to its own dead-letter queue', async () => {
    const input = { do: 'nothing', by: 'powerless' };
    await scheduleDirect(fixture.service, { name: 'powerless', inSeconds: 1.5, input, role: 'IdleRole' });

    expect(JSON.parse(await failureWith('powerless'))).toEqual(input);

    expect(
      fixture.service.messages('Failures').find(({ body }) => body.includes('powerless'))?.attributes,
    ).toMatchObject({
      ERROR_MESSAGE: { StringValue: expect.stringContaining('is not authorized to perform: lambda:InvokeFunction') },
    });
    expect(fixture.service.denied()).toContainEqual(
      expect.objectContaining({ role: 'IdleRole', action: 'lambda:InvokeFunction' }),
    );
    expect(JSON.stringify(fixture.events('Direct'))).not.toContain('powerless');
  });

  test('is made only by who may hand its role over', async () => {
    const schedule = { name: 'stolen', inSeconds: 60, input: {}, role: 'DirectServiceRole' };

    await expect(scheduleDirect(fixture.service, schedule)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('iam:PassRole on resource: arn:aws:iam::000000000000:role/DirectServiceRole'),
    });
    expect(fixture.service.schedules()).toEqual([]);
  });
});

/** The events of `Direct` that name the schedule, once there are so many. */
async function directEvents(name: string, count: number) {
  const read = () =>
    fixture
      .events('Direct')
      .map(({ event }) => event)
      .filter((event) => JSON.stringify(event).includes(name));
  await vi.waitFor(() => expect(read().length).toBeGreaterThanOrEqual(count), { timeout: 10_000, interval: 50 });
  return read();
}

async function failureWith(text: string): Promise<string> {
  const read = () => fixture.service.messages('Failures').find(({ body }) => body.includes(text))?.body;
  await vi.waitFor(() => expect(read()).toBeDefined(), { timeout: 10_000, interval: 50 });
  return read() ?? '';
}
