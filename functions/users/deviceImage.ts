import * as z from 'zod/mini';

/** Text as a record of the table's stream holds it (DynamoDB JSON). */
const text = z.pipe(
  z.object({ S: z.string() }),
  z.transform(({ S }) => S),
);

/** A device that SNS knew, as it was before a change. */
export const deviceImageSchema = z.object({ userId: text, deviceId: text, token: text, endpointArn: text });
