import * as z from 'zod/mini';
import { addressChannels, deviceChannels } from './channels/channels.ts';
import { formatOccasion, type Occasion } from './occasion.ts';

/** What every job says. */
const common = {
  meetingId: z.string(),
  participantId: z.string(),
  /** Whether it was superseded before, and has come to be owed again: its meeting was silent for a while, or moved back. */
  renewed: z.optional(z.boolean()),
  /** How long the queue holds it back, in seconds: something else may be leaving for the address, or it was postponed. */
  waitSeconds: z.optional(z.number()),
  /** How often it was queued anew, and since when, because of what is not its own fault. */
  postponed: z.optional(z.strictObject({ times: z.int(), since: z.iso.datetime() })),
};

const addressChannel = z.enum(addressChannels.map(({ name }) => name));

const invitationJobSchema = z.strictObject({
  ...common,
  kind: z.literal('invitation'),
  channel: addressChannel,
  /** What the person is told of: a `sequence` of the meeting. */
  sequence: z.int().check(z.nonnegative()),
  /** Whether something may have reached the address before: what it hears of now is news then. */
  reached: z.boolean(),
  /** The deliveries (their sort keys) by which alone it may have been reached, where they were not finished yet. */
  reachedBy: z.optional(z.array(z.string())),
  /** What stands for the address in the delivery's row (`addressHash`). */
  to: z.optional(z.string()),
  /** Of a cancellation with a calendar file: whom it names as organizer, who may have been deleted. */
  organizer: z.optional(z.strictObject({ username: z.string(), email: z.optional(z.string()) })),
});

const ofStart = {
  ...common,
  kind: z.enum(['reminder', 'waiting']),
  /** The start that the person is reminded of, or for which somebody waits, as `Date` writes it. */
  start: z.iso.datetime({ precision: 3 }),
};

const addressStartJobSchema = z.strictObject({ ...ofStart, channel: addressChannel });

const deviceStartJobSchema = z.strictObject({
  ...ofStart,
  channel: z.enum(deviceChannels.map(({ name }) => name)),
  device: z.strictObject({ userId: z.string(), deviceId: z.string() }),
});

/** Tells the organizer who of the meeting cannot be reached. */
const unreachableJobSchema = z.strictObject({ ...common, kind: z.literal('unreachable'), channel: addressChannel });

/** One thing to send to one person by one channel; also the message of the queue. */
export const jobSchema = z.union([
  invitationJobSchema,
  addressStartJobSchema,
  deviceStartJobSchema,
  unreachableJobSchema,
]);

/** An invitation, or what follows it: an update or a cancellation. */
export type InvitationJob = z.output<typeof invitationJobSchema>;

type AddressStartJob = z.output<typeof addressStartJobSchema>;

/** To an address that the person gave: it is looked up anew when the job is done. */
export type AddressJob = InvitationJob | AddressStartJob | z.output<typeof unreachableJobSchema>;

/** To one device of a user. */
export type DeviceJob = z.output<typeof deviceStartJobSchema>;

export type Job = AddressJob | DeviceJob;

/** What a job is about, as the keys of deliveries and the log hold it. */
export function jobOccasion(job: Job): string {
  return formatOccasion(occasionOf(job));
}

function occasionOf(job: Job): Occasion {
  return 'start' in job ? { kind: job.kind, start: new Date(job.start) } : job;
}
