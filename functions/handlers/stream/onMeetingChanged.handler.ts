import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { bitlyClient } from '../../deliveries/shortLinks/bitlyClient.ts';
import { handOn, type Listeners, listenersOf } from '../../events/handOn.ts';
import { meetingImageSchema } from '../../meetings/meetingImage.ts';
import { socketClient } from '../../rooms/signalling/socketClient.ts';
import { sockets } from '../../runtime/clients.ts';
import { variable } from '../../runtime/environment.ts';
import { errorOf, log } from '../../runtime/log.ts';
import { withMetrics } from '../../runtime/metrics.ts';
import { once } from '../../runtime/once.ts';
import { UnreadableRow } from '../../runtime/refusals/unreadableRow.ts';
import { type RuntimeSettings, settings } from '../../runtime/settings.ts';
import { eventServices } from '../eventServices.ts';
import { reminderSchedules } from '../keepWake.ts';
import { planServices } from '../planServices.ts';
import { roomSchedules } from '../roomSchedules.ts';
import * as stores from '../stores.ts';
import { type ChangedMeeting, changedMeetings } from './changedMeetings.ts';
import { eventsOfRecord } from './eventsOfRecord.ts';
import { followMeeting } from './followMeeting.ts';
import { doubtListed } from './listMeeting.ts';
import { planUnreachable } from './planUnreachable.ts';
import { planWaiting } from './planWaiting.ts';

const services = once(() => ({
  ...planServices(),
  shortLinks: stores.shortLinks(),
  shortener: linkShortenerOf(settings()),
  listings: stores.listings(),
  changed: stores.changed(),
  answers: stores.answers(),
  room: {
    rooms: stores.rooms(),
    visits: stores.keptVisits(),
    sockets: socketClient(sockets),
    schedules: roomSchedules(),
    settings: settings(),
    log,
  },
  reminderSchedules: reminderSchedules(variable('REMINDER_FUNCTION_ARN')),
  ...eventServices(),
}));

function linkShortenerOf({ shortenerToken }: RuntimeSettings) {
  return shortenerToken && bitlyClient(shortenerToken);
}

/**
 * The table's stream, filtered to meetings that were written, to who waits for a host of one or cannot be reached, to
 * answers, and to deliveries that failed: brings what follows from a meeting's row in line with the row as it is now, however often and in
 * whatever order it is told, and then tells whoever listens.
 */
export const handler = withMetrics(async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  const batchItemFailures: DynamoDBBatchResponse['batchItemFailures'] = [];
  const listeners = await listenersOf(services());
  for (const changed of changedMeetings(event.Records)) {
    const { meetingId, sequenceNumber } = changed;
    try {
      await follow(changed, listeners, new Date());
    } catch (error) {
      log.error('Meeting change not followed', { meetingId, error: errorOf(error) });
      batchItemFailures.push({ itemIdentifier: sequenceNumber });
      if (error instanceof UnreadableRow) await doubtUnlessThatFails(meetingId);
    }
  }
  return { batchItemFailures };
});

async function follow(changed: ChangedMeeting, listeners: Listeners, now: Date): Promise<void> {
  const { meetingId, before, starts, isWritten, isUnreached, records } = changed;
  const images = before.map((image) => z.parse(meetingImageSchema, image));
  const already = isWritten ? await followMeeting(meetingId, images, { ...services(), listeners }, now) : [];
  for (const start of starts) await planWaiting(meetingId, start, services(), now);
  if (isUnreached) await planUnreachable(meetingId, services(), now);
  if (listeners.webhooks.length === 0 && !listeners.bus) return;
  await handOn([...records.flatMap(eventsOfRecord), ...already], listeners, services());
}

/** The record is tried again in any case, and this with it. */
async function doubtUnlessThatFails(meetingId: string): Promise<void> {
  try {
    await doubtListed(meetingId, services());
  } catch (error) {
    log.error('Unreadable meeting not marked in lists', { meetingId, error: errorOf(error) });
  }
}
