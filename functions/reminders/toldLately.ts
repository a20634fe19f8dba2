import { type Delivery, partsOfDelivery } from '../deliveries/delivery.ts';
import type { Job } from '../deliveries/job.ts';
import type { Meeting } from '../meetings/meeting.ts';

/** Whoever was written to so shortly before knows what a reminder would say. */
const quietMilliseconds = 5 * 60_000;

/**
 * The participants whose last letter comes after a reminder is due, or less than five minutes before: the letter is
 * reminder enough. A letter that is on its way counts as of the change that it tells of.
 *
 * @param owed the letters that have not been sent
 */
export function toldLately(
  { participants, updated }: Meeting,
  due: Date,
  deliveries: readonly Delivery[],
  owed: readonly Job[],
): ReadonlySet<string> {
  const isLate = (letter: Date) => due.getTime() < letter.getTime() + quietMilliseconds;
  const told = new Map(participants.map((person) => [person.id, person.told]));
  const written = deliveries.filter((delivery) => {
    const { occasion, participantId } = partsOfDelivery(delivery);
    const isLast = occasion.kind === 'invitation' && occasion.sequence === told.get(participantId);
    return isLast && delivery.state === 'sent' && isLate(new Date(delivery.updated));
  });
  return new Set([
    ...written.map((delivery) => partsOfDelivery(delivery).participantId),
    ...(isLate(updated) ? owed.map(({ participantId }) => participantId) : []),
  ]);
}
