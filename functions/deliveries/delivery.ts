import * as z from 'zod/mini';
import { isOver, isParticipantRemoved, type Meeting, mayBeReminded, type Participant } from '../meetings/meeting.ts';
import { sha256 } from '../runtime/digest.ts';
import { addressIdentity } from '../users/addressIdentity.ts';
import { email } from './channels/email/email.ts';
import { type InvitationJob, type Job, jobOccasion } from './job.ts';
import { formatOccasion, isOccasion, type Occasion, parseOccasion } from './occasion.ts';
import type { Action } from './templates/templateData.ts';
import { wordSchema } from './word/word.ts';

/**
 * The organizer's place among those who are told of a meeting, reminded of it, or told who waits or cannot be reached; they
 * are no participant of their own.
 */
export const organizerParticipantId = 'organizer';

/**
 * How long a claim is held. The function that delivers must end before, and the queue tell of the job again after, so
 * that what was killed is taken over: the template's limits are made from it.
 */
export const leaseSeconds = 45;

/**
 * `claimed` until its lease ends, `sending` from just before a message leaves that must not leave twice, then one of the
 * last three: `sent` and `failed` for good, `superseded` unless it comes to be owed again.
 */
export const deliverySchema = z.object({
  sk: z.string().check(z.refine((sk) => isOccasion(occasionIn(sk)))),
  /** `unknown` is one that another release wrote: this one leaves the delivery alone. */
  state: z.catch(z.enum(['claimed', 'sending', 'sent', 'failed', 'superseded', 'unknown']), 'unknown'),
  /** Epoch seconds; a claim older than this may be taken over. */
  leaseUntil: z.number(),
  /** Of whoever claimed it last. */
  claimId: z.optional(z.string()),
  attempts: z.number(),
  /** How many of them are known to have sent nothing; none where absent. */
  unsent: z.optional(z.number()),
  updated: z.string(),
  to: z.optional(z.string()),
  messageId: z.optional(z.string()),
  reason: z.optional(z.string()),
  /** What SES has said of the mail; nothing of planning depends on it. One that another release wrote is passed over. */
  word: z.catch(z.optional(wordSchema), undefined),
});

export type Delivery = Readonly<z.output<typeof deliverySchema>>;

export const deliveryPrefix = 'DELIVERY#';

export function deliveryKey(job: Job) {
  const { meetingId, channel, participantId } = job;
  const person = 'device' in job ? `${participantId}#${job.device.deviceId}` : participantId;
  return { pk: `MEETING#${meetingId}`, sk: `${deliveryPrefix}${jobOccasion(job)}#${channel}#${person}` };
}

/** The key of a mail's delivery. */
export function mailKey(meetingId: string, occasion: Occasion, participantId: string) {
  const channel = email.name;
  return { pk: `MEETING#${meetingId}`, sk: `${deliveryPrefix}${formatOccasion(occasion)}#${channel}#${participantId}` };
}

/**
 * An address as the rows of one meeting's deliveries hold it: they tell whether it was written to
 * before, under whatever participant, and name nobody.
 */
export function addressHash(meetingId: string, address: string): string {
  return sha256(`${meetingId} ${addressIdentity(address)}`).slice(0, 16);
}

/**
 * The same of the organizer's own letters: what reached them is another calendar entry than what reached a participant who
 * turns out to have their address.
 */
export function organizerAddressHash(meetingId: string, address: string): string {
  return addressHash(`${organizerParticipantId} ${meetingId}`, address);
}

function occasionIn(sk: string): string {
  return sk.slice(deliveryPrefix.length).split('#')[0] ?? '';
}

/** What the key of a delivery says of it; `device` is of a push. */
export function partsOfDelivery({ sk }: Pick<Delivery, 'sk'>) {
  const [occasion = '', channel = '', participantId = '', device] = sk.slice(deliveryPrefix.length).split('#');
  return { occasion: parseOccasion(occasion), channel, participantId, device };
}

/** Whether there is no more to do for a delivery here. */
export function isFinished({ state }: Pick<Delivery, 'state'>): boolean {
  return state !== 'claimed' && state !== 'sending';
}

/** Whether something may have reached the person: it was sent, or an attempt was made of which nobody knows better. */
export function mayHaveArrived({ state, attempts, unsent = 0 }: Delivery): boolean {
  return state === 'sent' || state === 'sending' || state === 'unknown' || attempts > unsent;
}

/** Whoever a job of this meeting can be for: its participants, those taken off, and its organizer. */
export function recipientOf(meeting: Meeting, participantId: string): Participant | undefined {
  if (participantId === organizerParticipantId) return organizerAsPerson(meeting);
  const isMeant = ({ id }: Participant) => id === participantId;
  return meeting.participants.find(isMeant) ?? meeting.removed.find(isMeant);
}

/** The organizer as one of those whom a meeting tells. */
export function organizerAsPerson({ organizerId, organizerEntry, sequence }: Meeting): Participant {
  const { told, invited } = organizerEntry ?? { told: sequence, invited: sequence };
  return { id: organizerParticipantId, userId: organizerId, told, invited };
}

/**
 * Why a person is to be told now, of the meeting as it is now; undefined where the job has been
 * superseded: a later `sequence` concerns them, or it is too late.
 */
export function actionFor(job: Job, meeting: Meeting, person: Participant, now: Date): Action | undefined {
  if (job.kind === 'unreachable') return isOver(meeting, now) ? undefined : 'unreachable';
  if (job.kind !== 'invitation') {
    if (Date.parse(job.start) !== meeting.validSince.getTime()) return undefined;
    if (job.kind === 'waiting') return isOver(meeting, now) ? undefined : 'waiting';
    return mayBeReminded(meeting, now) ? 'remind' : undefined;
  }
  const current = job.sequence === person.told && meeting.sendInvitations && meeting.validUntil > now;
  return current ? changeFor(job, meeting, person) : undefined;
}

/** Somebody who was never reached before is invited even where others hear of a change, and hears of no cancellation. */
function changeFor({ reached }: InvitationJob, meeting: Meeting, person: Participant): Action | undefined {
  if (meeting.status === 'cancelled' || isParticipantRemoved(meeting, person)) return reached ? 'cancel' : undefined;
  return person.told > person.invited && reached ? 'update' : 'invite';
}
