import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';

const batchResponse = z.object({ batchItemFailures: z.array(z.unknown()).default([]) });

/** A deployed function, called as what it serves calls it. */
export function functionClient(FunctionName: string, lambda = new LambdaClient()) {
  return {
    /** Hands an event over, as Scheduler does: Lambda retries it, and what fails for good comes back to the failure queue. */
    async handOver(event: unknown): Promise<void> {
      await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: JSON.stringify(event) }));
    },
    /** Calls it with records of a stream, as a mapping does. @returns whether it has followed all of them */
    async follow(records: readonly unknown[]): Promise<boolean> {
      const reply = await lambda.send(
        new InvokeCommand({ FunctionName, Payload: JSON.stringify({ Records: records }) }),
      );
      if (reply.FunctionError !== undefined) return false;
      const answer: unknown = JSON.parse(new TextDecoder().decode(reply.Payload) || 'null');
      return batchResponse.parse(answer ?? {}).batchItemFailures.length === 0;
    },
  };
}

export type FunctionClient = ReturnType<typeof functionClient>;
