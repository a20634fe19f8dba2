import * as z from 'zod/mini';
import type { Meeting, Participant } from '../meetings/meeting.ts';

/** The organizer's place among those who are reminded; he is no participant of his own. */
export const organizerParticipantId = 'organizer';

/** One thing to send to one person by one channel; also the message of the queue. */
export const jobSchema = z.strictObject({
  meetingId: z.string(),
  participantId: z.string(),
  channel: z.enum(['email', 'sms', 'push']),
  /** A version of the meeting, or `R` and the start that is reminded of. */
  occasion: z.string().check(z.regex(/^(?:\d{1,9}|R\d{4}-[\d:.TZ-]{1,24})$/)),
  /** Whether something may have reached the person by this channel before: what he hears of now is news then. */
  reached: z.boolean(),
  /** Of a push: the user and his device. */
  device: z.optional(z.strictObject({ userId: z.string(), deviceId: z.string() })),
});

export type Job = z.output<typeof jobSchema>;
export type Channel = Job['channel'];

/** Why something is sent; templates see it as `action`. */
export type Action = 'invite' | 'update' | 'cancel' | 'remind';

/**
 * `claimed` until its lease ends, `sending` from just before a text message leaves, then one of the
 * last three for good.
 */
export const deliverySchema = z.object({
  sk: z.string(),
  state: z.enum(['claimed', 'sending', 'sent', 'failed', 'superseded']),
  /** Epoch seconds; a claim older than this may be taken over. */
  leaseUntil: z.number(),
  attempts: z.number(),
  updated: z.string(),
  messageId: z.optional(z.string()),
  reason: z.optional(z.string()),
});

export type Delivery = Readonly<z.output<typeof deliverySchema>>;

export const deliveryPrefix = 'DELIVERY#';

export function deliveryKey({ meetingId, occasion, channel, participantId, device }: Job) {
  const person = device === undefined ? participantId : `${participantId}#${device.deviceId}`;
  return { pk: `MEETING#${meetingId}`, sk: `${deliveryPrefix}${occasion}#${channel}#${person}` };
}

export function reminderOccasion(meeting: Pick<Meeting, 'validSince'>): string {
  return `R${meeting.validSince.toISOString()}`;
}

/** Whether there is no more to do for a delivery. */
export function isFinished({ state }: Pick<Delivery, 'state'>): boolean {
  return state === 'sent' || state === 'failed' || state === 'superseded';
}

/** Whoever a job of this meeting can be for: its participants and those taken off. */
export function personOf(meeting: Meeting, participantId: string): Participant | undefined {
  const isMeant = ({ id }: Participant) => id === participantId;
  return meeting.participants.find(isMeant) ?? meeting.removed.find(isMeant);
}

/**
 * Why a person is told of the meeting as it is now. Somebody who was never reached before is invited
 * even where others hear of a change.
 */
export function actionFor(meeting: Meeting, person: Participant, { occasion, reached }: Job): Action {
  if (occasion.startsWith('R')) return 'remind';
  if (meeting.status === 'cancelled' || meeting.removed.includes(person)) return 'cancel';
  return person.told > person.invited && reached ? 'update' : 'invite';
}
