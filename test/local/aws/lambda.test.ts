import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { lambdaService } from '../../../infra/local/aws/lambda.ts';
import type { Functions } from '../../../infra/local/functions/functions.ts';
import type { InvocationOutcome } from '../../../infra/local/functions/functionWorker.ts';
import { type AddressTrial, startAddress } from './localAddress.ts';

const arn = 'arn:aws:lambda:eu-west-1:000000000000:function:Work';
const Payload = JSON.stringify({ a: 'à' });

let address: AddressTrial;
let client: LambdaClient;
let accepted: unknown[];
let outcome: InvocationOutcome;

beforeEach(async () => {
  accepted = [];
  outcome = { ok: true, requestId: 'r', payload: '{"done":"à"}' };
  const work = { definition: { arn }, invoke: async () => outcome };
  const named = (name: string) => (name === 'Work' || name === arn ? work : undefined);
  const functions = { byName: named, byArn: named } as unknown as Functions;
  const acceptEvent = (...given: unknown[]) => accepted.push(given.slice(0, 2));
  address = await startAddress({ lambda: lambdaService(functions, acceptEvent) });
  client = new LambdaClient(address.client);
});

describe('Invoke', () => {
  test.each(['Work', arn])('of %s is answered with what the function answers', async (FunctionName) => {
    const reply = await client.send(new InvokeCommand({ FunctionName, Payload }));

    expect(reply).toMatchObject({ StatusCode: 200 });
    expect(reply.FunctionError).toBeUndefined();
    expect(reply.Payload?.transformToString()).toBe('{"done":"à"}');
    expect(address.permissions).toEqual([{ action: 'lambda:InvokeFunction', resource: arn }]);
  });

  test('says that the function failed, and with what', async () => {
    outcome = { ok: false, requestId: 'r', error: { errorType: 'Error', errorMessage: 'on order' } };

    const reply = await client.send(new InvokeCommand({ FunctionName: 'Work', Payload }));

    expect(reply).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(JSON.parse(reply.Payload?.transformToString() ?? '')).toEqual({
      errorType: 'Error',
      errorMessage: 'on order',
    });
  });

  test('of the type Event is kept for later, and answered at once', async () => {
    const reply = await client.send(new InvokeCommand({ FunctionName: 'Work', InvocationType: 'Event', Payload }));

    expect(reply.StatusCode).toBe(202);
    expect(accepted).toEqual([[arn, { a: 'à' }]]);
  });

  test('knows no function that the template does not have', async () => {
    const invoke = client.send(new InvokeCommand({ FunctionName: 'Play', Payload }));

    await expect(invoke).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: Play',
    });
  });
});
