import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { bitlyClient } from '../../deliveries/shortLinks/bitlyClient.ts';
import { meetingImageSchema } from '../../meetings/meetingImage.ts';
import { socketClient } from '../../rooms/signalling/socketClient.ts';
import { waitedForStart } from '../../rooms/waitingStore.ts';
import { schedules, sockets } from '../../runtime/clients.ts';
import { variable } from '../../runtime/environment.ts';
import { errorOf, log } from '../../runtime/log.ts';
import { withMetrics } from '../../runtime/metrics.ts';
import { once } from '../../runtime/once.ts';
import { oneTimeSchedules } from '../../runtime/oneTimeScheduleClient.ts';
import { UnreadableRow } from '../../runtime/refusals/unreadableRow.ts';
import { type RuntimeSettings, settings } from '../../runtime/settings.ts';
import { planServices } from '../planServices.ts';
import { roomSchedules } from '../roomSchedules.ts';
import * as stores from '../stores.ts';
import { followMeeting } from './followMeeting.ts';
import { doubtListed } from './listMeeting.ts';
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
  reminderSchedules: oneTimeSchedules(schedules(), {
    groupName: variable('SCHEDULE_GROUP'),
    roleArn: variable('SCHEDULE_ROLE_ARN'),
    functionArn: variable('REMINDER_FUNCTION_ARN'),
    failureQueueArn: variable('REMINDER_FAILURE_QUEUE_ARN'),
  }),
}));

function linkShortenerOf({ shortenerToken }: RuntimeSettings) {
  return shortenerToken && bitlyClient(shortenerToken);
}

/**
 * The table's stream, filtered to meetings that were written, and to who waits for a host of one: brings what follows from a meeting's
 * row in line with the row as it is now, however often and in whatever order it is told.
 */
export const handler = withMetrics(async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  const batchItemFailures: DynamoDBBatchResponse['batchItemFailures'] = [];
  for (const { meetingId, sequenceNumber, before, starts, isWritten } of changedMeetings(event.Records)) {
    try {
      const images = before.map((image) => z.parse(meetingImageSchema, image));
      if (isWritten) await followMeeting(meetingId, images, services(), new Date());
      for (const start of starts) await planWaiting(meetingId, start, services(), new Date());
    } catch (error) {
      log.error('Meeting change not followed', { meetingId, error: errorOf(error) });
      batchItemFailures.push({ itemIdentifier: sequenceNumber });
      if (error instanceof UnreadableRow) await doubtUnlessThatFails(meetingId);
    }
  }
  return { batchItemFailures };
});

/** The record is tried again in any case, and this with it. */
async function doubtUnlessThatFails(meetingId: string): Promise<void> {
  try {
    await doubtListed(meetingId, services());
  } catch (error) {
    log.error('Unreadable meeting not marked in lists', { meetingId, error: errorOf(error) });
  }
}

/** An item as the stream holds it. */
type Image = NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['OldImage']>;

interface Change {
  readonly meetingId: string;
  /** Of its first record: a failure begins again there. */
  readonly sequenceNumber: string;
  /** The meeting as it was before each of its records. */
  readonly before: readonly Image[];
  /** Whether the meeting itself was written. */
  readonly isWritten: boolean;
  /** Those for which somebody waits, and found no host. */
  readonly starts: readonly Date[];
}

/** The meetings of a batch. */
function changedMeetings(records: readonly DynamoDBRecord[]): Change[] {
  const changes = new Map<string, Change>();
  for (const { dynamodb } of records) {
    const meetingId = dynamodb?.Keys?.pk?.S?.replace(/^MEETING#/, '');
    if (meetingId === undefined || dynamodb?.SequenceNumber === undefined)
      throw new Error('A stream record has no key');
    const none = { before: [], starts: [], isWritten: false };
    const change = changes.get(meetingId) ?? { meetingId, sequenceNumber: dynamodb.SequenceNumber, ...none };
    const start = waitedForStart(dynamodb.Keys?.sk?.S ?? '');
    if (start) {
      changes.set(meetingId, { ...change, starts: [...change.starts, start] });
    } else {
      const before = dynamodb.OldImage ? [...change.before, dynamodb.OldImage] : change.before;
      changes.set(meetingId, { ...change, before, isWritten: true });
    }
  }
  return [...changes.values()];
}
