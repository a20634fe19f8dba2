import * as z from 'zod/mini';
import { deliveryPrefix, partsOfDelivery } from '../deliveries/delivery.ts';
import type { Occasion } from '../deliveries/occasion.ts';
import { sha256 } from '../runtime/digest.ts';
import { imageInstant, imageNumber, imageText } from '../runtime/row.ts';
import { changeId, type Event, meetingData } from './event.ts';

/** A record of the table's stream, as far as events depend on it. */
export interface RowChange {
  readonly pk: string;
  readonly sk: string;
  /** When DynamoDB wrote it. */
  readonly written: Date;
  readonly before: unknown;
  readonly after: unknown;
}

const meetingImage = z.object({
  id: imageText,
  organizerId: imageText,
  status: imageText,
  sequence: imageNumber,
  revision: imageNumber,
  validSince: imageInstant,
  validUntil: imageInstant,
  updated: imageInstant,
});

const stateBefore = z.object({ status: imageText, revision: imageNumber });

const answerImage = z.object({
  participantId: imageText,
  status: imageText,
  when: imageInstant,
  how: imageText,
  sequence: imageNumber,
});

const answerBefore = z.object({ when: imageInstant });

const deliveryImage = z.object({ state: imageText, updated: imageInstant, reason: z.optional(imageText) });

const deliveryBefore = z.object({ state: imageText });

/**
 * What other systems are told of a row that was written: of a meeting, of an answer to it, or of a delivery that failed.
 *
 * @throws ZodError where an image is not as this release knows it
 */
export function eventsOfChange(change: RowChange): Event[] {
  if (change.sk === 'MEETING') return ofMeeting(change);
  if (change.sk.startsWith('ANSWER#')) return ofAnswer(change);
  return change.sk.startsWith(deliveryPrefix) ? ofDelivery(change) : [];
}

function ofMeeting({ written, before, after }: RowChange): Event[] {
  const { id, updated, status, ...facts } = z.parse(meetingImage, after);
  const former = before === undefined ? undefined : z.parse(stateBefore, before);
  if (former && former.revision >= facts.revision) return [];
  const type = typeOf(former?.status, status);
  if (type === undefined) return [];
  const data = meetingData({ ...facts, meetingId: id });
  return [{ id: changeId(id, facts.revision), type, time: updated, order: written, data }];
}

/** What is cancelled stays so: what is written of it later concerns its people alone. */
function typeOf(before: string | undefined, after: string) {
  if (before === undefined) return 'meeting.scheduled';
  if (before === 'cancelled') return undefined;
  return after === 'cancelled' ? 'meeting.cancelled' : 'meeting.changed';
}

/** A row that is only kept for longer was answered before. */
function ofAnswer({ pk, written, before, after }: RowChange): Event[] {
  const { participantId, when, status, how, sequence } = z.parse(answerImage, after);
  if (before !== undefined && z.parse(answerBefore, before).when.getTime() === when.getTime()) return [];
  const meetingId = meetingIdOf(pk);
  const id = `${meetingId}-answer-${participantId}-${when.getTime()}`;
  const data = { meetingId, participantId, answer: status, how, sequence };
  return [{ id, type: 'participant.answered', time: when, order: written, data }];
}

function ofDelivery({ pk, sk, written, before, after }: RowChange): Event[] {
  const { state, updated, reason } = z.parse(deliveryImage, after);
  if (state !== 'failed' || (before !== undefined && z.parse(deliveryBefore, before).state === 'failed')) return [];
  const { occasion, channel, participantId } = partsOfDelivery({ sk });
  const meetingId = meetingIdOf(pk);
  const id = `${meetingId}-delivery-${sha256(sk).slice(0, 22)}`;
  const data = { meetingId, participantId, channel, ...dataOf(occasion), ...(reason === undefined ? {} : { reason }) };
  return [{ id, type: 'delivery.failed', time: updated, order: written, data }];
}

function dataOf(occasion: Occasion) {
  const { kind } = occasion;
  if (occasion.kind === 'invitation') return { kind, sequence: occasion.sequence };
  return 'start' in occasion ? { kind, start: occasion.start.toISOString() } : { kind };
}

function meetingIdOf(pk: string): string {
  return pk.slice('MEETING#'.length);
}
