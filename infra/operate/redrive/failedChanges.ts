import * as z from 'zod';

/**
 * What a mapping says of records that it gave up: where they stand in the stream, not what they hold (AWS Lambda
 * developer guide, "Capturing discarded batches for a DynamoDB event source").
 */
export const failedChangesSchema = z
  .looseObject({
    DDBStreamBatchInfo: z.looseObject({
      shardId: z.string(),
      startSequenceNumber: z.string().regex(/^\d+$/),
      endSequenceNumber: z.string().regex(/^\d+$/),
      approximateArrivalOfFirstRecord: z.string(),
      batchSize: z.int(),
      streamArn: z.string(),
    }),
  })
  .transform(({ DDBStreamBatchInfo }) => DDBStreamBatchInfo);

export type FailedChanges = z.output<typeof failedChangesSchema>;
