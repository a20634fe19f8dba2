import * as z from 'zod/mini';
import { organizerParticipantId } from '../../deliveries/delivery.ts';
import { formatOccasion } from '../../deliveries/occasion.ts';
import { deliveryOfEvent, type MailEvent, mailEventSchema, wordOfEvent } from '../../deliveries/word/mailEvent.ts';
import { isUndelivered } from '../../deliveries/word/word.ts';
import { isOver, type Meeting } from '../../meetings/meeting.ts';
import { expiryOf } from '../../meetings/meetingStore.ts';
import { log } from '../../runtime/log.ts';
import { settings } from '../../runtime/settings.ts';
import * as stores from '../stores.ts';

/** What SES says of a mail, by the rule on the default event bus: keeps its word beside the delivery. */
export async function handler(event: unknown): Promise<void> {
  const told = z.parse(mailEventSchema, event);
  const reason = await keepWord(told, new Date());
  if (reason !== undefined) log.warn('Mail event left', { type: told.type, reason });
}

/** @returns why the event is left, where it is */
async function keepWord(told: MailEvent, now: Date): Promise<string | undefined> {
  const [word, delivery] = [wordOfEvent(told), deliveryOfEvent(told)];
  if (!word) return 'unknown-type';
  if (!delivery) return 'unknown-mail';
  const { meetingId, occasion, participantId } = delivery;
  const meeting = await stores.meetings().get(meetingId);
  if (!meeting) return 'no-meeting';
  const expiresAt = expiryOf(meeting, settings().retentionDays);
  const kept = await stores.words().note(delivery, word, now, expiresAt);
  if (!kept) return 'no-delivery';
  const { name, bounce, status } = word;
  log.info('Mail event kept', { meetingId, participantId, occasion: formatOccasion(occasion), name, bounce, status });
  if (isUndelivered(kept) && isToBeTold(meeting, participantId, now))
    await stores.unreachable().note(meetingId, now, expiresAt);
  return undefined;
}

/** Of those alone who take part in what is still to come; and nobody is told that a letter to themselves came back. */
function isToBeTold(meeting: Meeting, participantId: string, now: Date): boolean {
  const takesPart = meeting.participants.some(({ id }) => id === participantId);
  return participantId !== organizerParticipantId && takesPart && !isOver(meeting, now);
}
