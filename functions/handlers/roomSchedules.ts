import { type RoomScheduleClient, roomScheduleClient } from '../rooms/seats/roomScheduleClient.ts';
import { schedules } from '../runtime/clients.ts';
import { variable } from '../runtime/environment.ts';
import { oneTimeSchedules } from '../runtime/oneTimeScheduleClient.ts';

/** The schedules of rooms, as the stack has set them up. */
export function roomSchedules(): RoomScheduleClient {
  return roomScheduleClient(() =>
    oneTimeSchedules(schedules(), {
      groupName: variable('ROOM_SCHEDULE_GROUP'),
      roleArn: variable('ROOM_SCHEDULE_ROLE_ARN'),
      functionArn: variable('ROOM_FUNCTION_ARN'),
      failureQueueArn: variable('ROOM_FAILURE_QUEUE_ARN'),
    }),
  );
}
