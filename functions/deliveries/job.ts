import * as z from 'zod/mini';
import { addressChannels, deviceChannels } from './channels/channels.ts';
import { isOccasion } from './occasion.ts';

/** What every job says. */
const common = {
  meetingId: z.string(),
  participantId: z.string(),
  /** What it is about, as `formatOccasion` writes it. */
  occasion: z.string().check(z.refine(isOccasion)),
  /** Whether something may have reached the address before: what it hears of now is news then. */
  reached: z.boolean(),
  /** Whether it was superseded before, and has come to be owed again: its meeting was silent for a while. */
  renewed: z.optional(z.boolean()),
  /** How long the queue holds it back, in seconds: something else may be leaving for the address, and must leave first. */
  waitSeconds: z.optional(z.number()),
};

const addressJobSchema = z.strictObject({
  ...common,
  channel: z.enum(addressChannels.map(({ name }) => name)),
  /** The deliveries (their sort keys) by which alone it may have been reached, where they were not finished yet. */
  reachedBy: z.optional(z.array(z.string())),
  /** What stands for the address in the delivery's row (`addressHash`); of what invites, or follows an invitation. */
  to: z.optional(z.string()),
  /** Of a cancellation with a calendar file: whom it names as organizer, who may have been deleted. */
  organizer: z.optional(z.strictObject({ username: z.string(), email: z.optional(z.string()) })),
  device: z.optional(z.undefined()),
});

const deviceJobSchema = z.strictObject({
  ...common,
  channel: z.enum(deviceChannels.map(({ name }) => name)),
  to: z.optional(z.undefined()),
  reachedBy: z.optional(z.undefined()),
  device: z.strictObject({ userId: z.string(), deviceId: z.string() }),
});

/** One thing to send to one person by one channel; also the message of the queue. */
export const jobSchema = z.union([addressJobSchema, deviceJobSchema]);

/** To an address that the person gave: it is looked up anew when the job is done. */
export type AddressJob = z.output<typeof addressJobSchema>;

/** To one device of a user. */
export type DeviceJob = z.output<typeof deviceJobSchema>;

export type Job = AddressJob | DeviceJob;
