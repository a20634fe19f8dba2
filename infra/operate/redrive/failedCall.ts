import * as z from 'zod';

const invocationRecord = z.looseObject({ requestContext: z.looseObject({}), requestPayload: z.unknown() });

/**
 * The event that a function was to be called with: of what Lambda says that failed, its `requestPayload` (AWS Lambda
 * developer guide, "Capturing records of Lambda asynchronous invocations"); of what Scheduler could not hand over, all of
 * it (EventBridge Scheduler user guide, "Configuring a dead-letter queue").
 */
export function eventOfCall(body: unknown): unknown {
  const record = invocationRecord.safeParse(body).data;
  return record === undefined ? body : record.requestPayload;
}
