import { describe, expect, test } from 'vitest';
import { destinationMessages } from '../../../infra/local/functions/destinations.ts';
import type { FunctionDefinition } from '../../../infra/local/functions/functionDefinition.ts';

const event = { id: 'id', functionArn: 'arn:f', payload: { a: 1 }, acceptedAt: 0, dueAt: 0, attempts: 3 };
const failed = { ok: false, requestId: 'id', error: { errorType: 'Error', errorMessage: 'on order' } } as const;
const asynchronous = {
  maximumRetryAttempts: 2,
  maximumEventAgeSeconds: 60,
  onFailureArn: 'arn:failures',
  onSuccessArn: 'arn:successes',
  deadLetterArn: 'arn:dead',
};
const definition = { arn: 'arn:f', asynchronous } as FunctionDefinition;

describe('destinationMessages', () => {
  test('tells the failure destination, and gives the dead-letter queue the event', () => {
    const [record, letter] = destinationMessages({ event, condition: 'RetriesExhausted', outcome: failed }, definition);

    expect(record?.destinationArn).toBe('arn:failures');
    expect(JSON.parse(record?.body ?? '')).toMatchObject({
      requestContext: {
        requestId: 'id',
        functionArn: 'arn:f:$LATEST',
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
      },
      requestPayload: { a: 1 },
      responsePayload: { errorMessage: 'on order' },
    });
    expect(letter).toMatchObject({
      destinationArn: 'arn:dead',
      body: '{"a":1}',
      attributes: { RequestID: { StringValue: 'id' }, ErrorMessage: { StringValue: 'on order' } },
    });
  });

  test('tells the success destination alone of success', () => {
    const outcome = { ok: true, requestId: 'id', payload: '{"done":true}' } as const;

    const messages = destinationMessages({ event, condition: 'Success', outcome }, definition);

    expect(messages.map(({ destinationArn }) => destinationArn)).toEqual(['arn:successes']);
    expect(JSON.parse(messages[0]?.body ?? '')).toMatchObject({
      responsePayload: { done: true },
      responseContext: { statusCode: 200 },
    });
  });

  test('tells nobody where the function names nobody', () => {
    const silent = { ...asynchronous, onFailureArn: undefined, deadLetterArn: undefined };

    expect(
      destinationMessages(
        { event, condition: 'RetriesExhausted', outcome: failed },
        { ...definition, asynchronous: silent },
      ),
    ).toEqual([]);
  });
});
