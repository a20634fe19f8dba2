import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Fixture, startFixture } from './fixture/startFixture.ts';

let directory: string;
let fixture: Fixture;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'functions-'));
  fixture = await startFixture(directory, { workersPerFunction: 2 });
}, 60_000);

afterAll(async () => {
  await fixture.service.stop();
  rmSync(directory, { recursive: true });
});

describe('a function', () => {
  test('gets the environment of the template and of Lambda', async () => {
    const environment = await payloadOf('environment');

    expect(environment).toMatchObject({
      AWS_ACCESS_KEY_ID: 'Direct',
      AWS_ENDPOINT_URL: fixture.service.awsUrl,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_FUNCTION_NAME: 'Direct',
      AWS_REGION: 'eu-west-1',
      BEHAVIOUR: 'direct',
      QUEUE_URL: `${fixture.service.awsUrl}/000000000000/Work`,
      TABLE_NAME: 'Items',
      _HANDLER: 'index.handler',
    });
    expect(environment.HOME).toBeUndefined();
  });

  test('gets a context that counts its time down', async () => {
    const { remaining, ...context } = await payloadOf('context');

    expect(context).toMatchObject({
      functionName: 'Direct',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:Direct',
      memoryLimitInMB: '256',
      awsRequestId: expect.stringMatching(/^[\w-]{36}$/),
    });
    expect(remaining).toBeGreaterThan(1_000);
    expect(remaining).toBeLessThanOrEqual(2_000);
  });

  test('returns null where it returns nothing', async () => {
    expect(await fixture.service.invoke('Direct', { do: 'nothing' })).toMatchObject({ ok: true, payload: 'null' });
  });

  test('fails with the type, the message and the trace of what it throws', async () => {
    expect(await fixture.service.invoke('Direct', { do: 'throw' })).toMatchObject({
      ok: false,
      error: {
        errorType: 'RangeError',
        errorMessage: 'on order',
        trace: expect.arrayContaining(['RangeError: on order']),
      },
    });
  });

  test.each([
    ['hang', 'Sandbox.Timedout', 'Task timed out after 2.00 seconds', 'Direct'],
    ['wait', 'Sandbox.Timedout', 'Task timed out after 2.00 seconds', 'Direct'],
    ['exit', 'Runtime.ExitError', 'exit status 3', 'Direct'],
    ['reject', 'Runtime.UnhandledPromiseRejection', 'Error: on order', 'Direct'],
    // These take their time where the machine is busy.
    ['eat', 'Runtime.OutOfMemory', 'memory limit', 'Patient'],
    ['large', 'Function.ResponseSizeTooLarge', 'exceeded maximum allowed payload size', 'Patient'],
  ])('that is told to %s fails with %s, and the next event finds it well', async (order, errorType, message, name) => {
    expect(await fixture.service.invoke(name, { do: order })).toMatchObject({
      ok: false,
      error: { errorType, errorMessage: expect.stringContaining(message) },
    });
    expect(await fixture.service.invoke(name, { do: 'nothing' })).toMatchObject({ ok: true });
  });

  test('runs as many events at once as it has workers, and the others after them', async () => {
    const before = fixture.events('Direct').length;
    const begun = () => fixture.events('Direct').length - before;

    const begunAtEnd: number[] = [];

    const outcomes = await Promise.all(
      [1, 2, 3].map(async () => {
        const { ok } = await fixture.service.invoke('Direct', { do: 'wait' });
        begunAtEnd.push(begun());
        return ok;
      }),
    );

    expect(outcomes).toEqual([false, false, false]);
    expect(begunAtEnd[0], 'when the first ends').toBe(2);
    expect(begunAtEnd[2], 'when the last ends').toBe(3);
  });

  test('has what it wrote in its log, also what it wrote last', async () => {
    await fixture.service.invoke('Direct', { do: 'log' });
    await fixture.service.invoke('Direct', { do: 'throw' });

    const lines = fixture.service.logs('Direct');
    expect(lines).toContainEqual({
      functionName: 'Direct',
      text: expect.any(String),
      fields: { level: 'info', message: 'written' },
    });
    expect(lines).toContainEqual({ functionName: 'Direct', text: 'plain', fields: {} });
    expect(lines.at(-1)?.fields).toMatchObject({
      level: 'ERROR',
      message: { errorType: 'RangeError', errorMessage: 'on order' },
    });
  });

  test('may do what its role grants, and nothing else', async () => {
    const item = { pk: 'X', sk: 'X' };
    expect(await payloadOf('put', { item })).toBe('done');
    expect(await payloadOf('send', { body: 'hello' })).toEqual({
      name: 'AccessDenied',
      message:
        'User: arn:aws:sts::000000000000:assumed-role/DirectServiceRole/Direct is not authorized to perform: sqs:SendMessage ' +
        'on resource: arn:aws:sqs:eu-west-1:000000000000:Work because no identity-based policy allows the sqs:SendMessage action',
    });

    expect(fixture.service.denied()).toContainEqual({
      role: 'DirectServiceRole',
      action: 'sqs:SendMessage',
      resource: 'arn:aws:sqs:eu-west-1:000000000000:Work',
    });
    const unused = fixture.service.unusedGrants().filter(({ role }) => role === 'DirectServiceRole');
    expect(unused.map(({ action }) => action)).toContain('dynamodb:DeleteItem');
    expect(unused.map(({ action }) => action)).not.toContain('dynamodb:PutItem');
  });

  test('dies in the midst of a call where that is ordered, with the call’s effect or without', async () => {
    const put = (pk: string) => fixture.service.invoke('Direct', { do: 'put', item: { pk: `FOLLOW#${pk}`, sk: 'X' } });
    fixture.service.faults.order({ service: 'dynamodb', action: 'PutItem', kind: 'crashBefore', count: 1 });
    expect(await put('before')).toMatchObject({ ok: false, error: { errorType: 'Runtime.ExitError' } });
    fixture.service.faults.order({ service: 'dynamodb', action: 'PutItem', kind: 'crashAfter', count: 1 });
    expect(await put('after')).toMatchObject({ ok: false, error: { errorType: 'Runtime.ExitError' } });

    await vi.waitFor(() => expect(JSON.stringify(fixture.events('Follow'))).toContain('FOLLOW#after'), 5_000);
    expect(JSON.stringify(fixture.events('Follow'))).not.toContain('FOLLOW#before');
  });
});

// biome-ignore lint/suspicious/noExplicitAny: what the function was told to return
async function payloadOf(order: string, more: object = {}): Promise<any> {
  const outcome = await fixture.service.invoke('Direct', { do: order, ...more });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return JSON.parse(outcome.payload);
}

test('events that wait for a worker hear that the service stops, however many they are', async () => {
  const own = mkdtempSync(join(tmpdir(), 'functions-'));
  const { service } = await startFixture(own, { workersPerFunction: 1 });
  const outcomes = Array.from({ length: 20 }, () => service.invoke('Direct', { do: 'wait' }));
  await service.stop();

  const types = (await Promise.all(outcomes)).map((outcome) => outcome.ok || outcome.error.errorType);
  expect(types.slice(-18)).toEqual(Array.from({ length: 18 }, () => 'Runtime.Stopped'));
  rmSync(own, { recursive: true });
}, 60_000);
