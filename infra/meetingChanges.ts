import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { FilterCriteria, FilterRule, type Function as LambdaFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { type DeliveryQueue, deliveryEnvironment, grantDeliveries } from './deliveries.ts';
import { type Events, eventEnvironment, grantEvents } from './events.ts';
import { createFailureQueue, failuresOfMapping } from './failureQueue.ts';
import { grantQueue, grantTable } from './grants/grants.ts';
import type { Planning } from './planning.ts';
import { scheduleEnvironment } from './reminders.ts';
import { grantRooms, type RoomGrants, roomEnvironment } from './rooms.ts';
import { grantSchedules, type Schedules } from './schedules.ts';
import { createFunction, type FunctionDefaults } from './serviceFunction.ts';
import { grantStream, streamArnOf } from './table.ts';
import { meetingChangesAtOnce } from './workers.ts';

/**
 * What follows a meeting's row: of the table's stream, only meetings that were written, not those that expired; that
 * somebody waits for a host of one, or cannot be reached; and, for whoever listens, answers and deliveries that failed.
 */
export function createMeetingChanges(
  scope: Construct,
  defaults: FunctionDefaults,
  table: Table,
  deliveries: readonly DeliveryQueue[],
  planning: Planning,
  reminders: Schedules,
  rooms: RoomGrants,
  events: Events,
): { onMeetingChanged: LambdaFunction; failures: Queue } {
  const failures = createFailureQueue(scope, 'MeetingChangeFailures');
  const onMeetingChanged = createFunction(scope, defaults, {
    handler: 'stream/onMeetingChanged',
    timeout: Duration.minutes(1),
    environment: {
      ...deliveryEnvironment(scope, deliveries),
      PLANNING_QUEUE_URL: planning.queue.queueUrl,
      ...scheduleEnvironment(reminders),
      ...roomEnvironment(rooms),
      ...eventEnvironment(events),
    },
  });
  onMeetingChanged.addEventSourceMapping('Stream', {
    eventSourceArn: streamArnOf(table),
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 10,
    parallelizationFactor: meetingChangesAtOnce,
    reportBatchItemFailures: true,
    bisectBatchOnError: true,
    // By default a mapping retries for a day, and one bad record holds up its shard for as long.
    retryAttempts: 10,
    maxRecordAge: Duration.hours(6),
    onFailure: failuresOfMapping(failures),
    filters: [
      FilterCriteria.filter({
        eventName: FilterRule.or('INSERT', 'MODIFY'),
        dynamodb: {
          Keys: {
            sk: {
              S: [
                ...FilterRule.isEqual('MEETING'),
                ...FilterRule.isEqual('UNREACHABLE'),
                ...FilterRule.beginsWith('WAITING#'),
                ...FilterRule.beginsWith('ANSWER#'),
              ],
            },
          },
        },
      }),
      FilterCriteria.filter({
        eventName: FilterRule.or('INSERT', 'MODIFY'),
        dynamodb: {
          Keys: { sk: { S: FilterRule.beginsWith('DELIVERY#') } },
          NewImage: { state: { S: FilterRule.isEqual('failed') } },
        },
      }),
    ],
  });
  grantStream(table, onMeetingChanged);
  grantTable(table, onMeetingChanged, [
    'GetItem',
    'PutItem',
    'Query',
    'BatchGetItem',
    'BatchWriteItem',
    'UpdateItem',
    'DeleteItem',
  ]);
  grantDeliveries(deliveries, onMeetingChanged);
  grantQueue(planning.queue, onMeetingChanged, ['SendMessage']);
  grantSchedules(onMeetingChanged, reminders);
  grantRooms(onMeetingChanged, rooms);
  grantEvents(onMeetingChanged, table, events);
  return { onMeetingChanged, failures };
}
