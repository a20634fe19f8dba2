import * as z from 'zod/mini';

/** The message of the queue: a webhook has something to be told, from the event with that sort key on. */
export const tellJobSchema = z.strictObject({ webhookId: z.string(), from: z.optional(z.string()) });

export type TellJob = z.output<typeof tellJobSchema>;
