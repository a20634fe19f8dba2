import type { Ending } from './asynchronous.ts';
import type { FunctionDefinition } from './functionDefinition.ts';

/** What a failure or success destination is sent. */
export interface DestinationMessage {
  readonly destinationArn: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, { readonly DataType: string; readonly StringValue: string }>>;
}

/**
 * Gives what is sent when an asynchronous event came to its end: to the destination that the function names for it, and where it
 * failed to the dead-letter queue as well, which gets the event itself.
 */
export function destinationMessages(ending: Ending, { asynchronous, arn }: FunctionDefinition): DestinationMessage[] {
  const failed = ending.condition !== 'Success';
  const destinationArn = failed ? asynchronous.onFailureArn : asynchronous.onSuccessArn;
  const messages: DestinationMessage[] = [];
  if (destinationArn !== undefined) {
    messages.push({ destinationArn, body: JSON.stringify(invocationRecord(ending, arn)), attributes: {} });
  }
  if (failed && asynchronous.deadLetterArn !== undefined) {
    messages.push({
      destinationArn: asynchronous.deadLetterArn,
      body: JSON.stringify(ending.event.payload),
      attributes: deadLetterAttributes(ending),
    });
  }
  return messages;
}

/** The invocation record of https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function invocationRecord({ event, condition, outcome }: Ending, functionArn: string): Record<string, unknown> {
  return {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId: event.id,
      functionArn: `${functionArn}:$LATEST`,
      condition,
      approximateInvokeCount: event.attempts,
    },
    requestPayload: event.payload,
    ...(outcome && {
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        ...(!outcome.ok && { functionError: 'Unhandled' }),
      },
      responsePayload: outcome.ok ? JSON.parse(outcome.payload) : outcome.error,
    }),
  };
}

function deadLetterAttributes({ event, outcome }: Ending): DestinationMessage['attributes'] {
  const message = outcome?.ok === false ? outcome.error.errorMessage : '';
  return {
    RequestID: { DataType: 'String', StringValue: event.id },
    ErrorCode: { DataType: 'Number', StringValue: '200' },
    ErrorMessage: { DataType: 'String', StringValue: message.slice(0, 1024) || 'none' },
  };
}
