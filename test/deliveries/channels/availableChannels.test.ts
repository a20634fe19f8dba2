import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { meetingKey } from '../../../functions/meetings/meetingStore.ts';
import { startAws, type TestAws } from '../../aws.ts';
import { catchLog, type LogLines } from '../../logLines.ts';
import { participantOf } from '../../meetings/meetings.ts';
import { startService, type TestService } from '../../service.ts';
import { keepMeeting, takeJobs } from '../deliveries.ts';

let aws: TestAws;
let service: TestService;
let log: LogLines;
let follow: (event: DynamoDBStreamEvent) => Promise<unknown>;

beforeAll(async () => {
  aws = await startAws();
  service = await startService({ mailIdentity: undefined, smsService: false, remindMechanisms: ['email', 'sms'] });
  log = catchLog();
  ({ handler: follow } = await import('../../../functions/handlers/stream/onMeetingChanged.handler.ts'));
});

afterAll(async () => {
  log.stop();
  await service.stop();
  await aws.stop();
});

test('says of each meeting by what nobody can be invited, and invites and reminds nobody', async () => {
  const bob = participantOf({ id: 'bob', email: 'bob@example.org', phone: '+34600000002' });
  const meeting = await keepMeeting(service.table, {
    participants: [bob],
    validSince: new Date(Date.now() + 60_000),
    validUntil: new Date(Date.now() + 3_600_000),
  });
  const dynamodb = { Keys: marshall(meetingKey(meeting.id)), SequenceNumber: '1' };
  await follow({ Records: [{ eventID: '1', eventName: 'INSERT', dynamodb }] } as never);

  for (const channel of ['email: Email', 'sms: SMS']) {
    expect(log.of(`Cannot send meeting invitation by ${channel} service not available`)).toMatchObject([
      { level: 'warn', meetingId: meeting.id },
    ]);
  }
  expect(takeJobs(aws.queue)).toEqual([]);
  expect(JSON.stringify(log.all())).not.toMatch(/example\.org|\+34/);
});
