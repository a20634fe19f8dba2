import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { AwsRefusal } from '../../../infra/local/aws/awsCall.ts';
import type { Grant } from '../../../infra/local/iam/grants.ts';
import { callAs } from '../../../infra/run/demo/call.ts';
import { beginJourney, inAnHour, type Journey, type ShownMeeting, within } from '../../journeys/journey.ts';

const program = join(import.meta.dirname, '../../../infra/operate/redrive/redrive.ts');

let service: Journey;
/** All that the template grants: none is used yet. */
let grants: readonly Grant[];

beforeAll(async () => {
  service = await beginJourney(
    { remindMechanisms: ['email'] },
    {
      // What is refused here on purpose is no fault of the run's.
      ledgerFile: join(inject('runDirectory'), 'redriven.jsonl'),
      retryDelaysMs: [1, 1],
      longestStreamRetryMs: 1,
    },
  );
  grants = service.unusedGrants();
});

afterAll(() => service.end());

/** The command as an operator calls it. */
async function redrive(...args: string[]): Promise<string[]> {
  const env = {
    PATH: '',
    AWS_ENDPOINT_URL: service.awsUrl,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'operator',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  const { stdout } = await promisify(execFile)(process.execPath, [program, '--stack', service.stack.name, ...args], {
    env,
  });
  return stdout.trimEnd().split('\n');
}

const schedule = async (participants: readonly object[], changes: object = {}): Promise<ShownMeeting> => {
  const body = { name: 'Review', validSince: inAnHour(), participants, ...changes };
  const { json } = await callAs<ShownMeeting>(service, 'alice', 'POST', '/meetings', body);
  await expect.poll(() => service.schedules().map(({ Name }) => Name), within).toContain(json.id);
  return json;
};

/** Takes the reading of the table away from a function. @returns what gives it back */
function keepFromReading(role: RegExp): () => void {
  const grant = grants.find(({ role: name, action }) => role.test(name) && action === 'dynamodb:GetItem');
  if (grant === undefined) throw new Error(`${role} reads nothing`);
  return service.withhold(grant);
}

const mailsTo = (address: string) => service.envelopes().filter(({ destinations }) => destinations.includes(address));

describe('redrive', () => {
  test('says of each failure queue that it is empty', async () => {
    expect(await redrive()).toEqual([
      'EmailDeliveryFailures: empty',
      'SmsDeliveryFailures: empty',
      'PushDeliveryFailures: empty',
      'PlanningFailures: empty',
      'WebhookFailures: empty',
      'ReminderFailures: empty',
      'RoomFailures: empty',
      'MailEventFailures: empty',
      'MeetingChangeFailures: empty',
      'UserChangeFailures: empty',
    ]);
  });

  test('moves mails back to their queue, from which they leave', async () => {
    const { id, validSince, participants } = await schedule([{ email: 'ana@example.org' }], {
      sendInvitations: false,
    });
    const job = { kind: 'reminder', channel: 'email', meetingId: id, participantId: participants[0]?.id };
    const start = new Date(validSince).toISOString();
    service.send('EmailDeliveryFailures', JSON.stringify({ ...job, start }));
    service.send('EmailDeliveryFailures', JSON.stringify({ ...job, start }));

    expect(await redrive('--queue', 'EmailDeliveryFailures')).toEqual([
      'EmailDeliveryFailures: 2 messages',
      `  2 × reminder by email, meeting ${id}`,
      '  would move back to EmailDeliveries; to do it: --queue EmailDeliveryFailures --yes',
    ]);
    expect(service.messages('EmailDeliveryFailures').map(({ visibleAt }) => visibleAt <= Date.now())).toEqual([
      true,
      true,
    ]);
    expect(mailsTo('ana@example.org')).toEqual([]);

    expect(await redrive('--queue', 'EmailDeliveryFailures', '--yes')).toEqual([
      'EmailDeliveryFailures: 2 messages moved back to EmailDeliveries',
    ]);
    await expect.poll(() => mailsTo('ana@example.org').length, within).toBe(1);
    expect(service.messages('EmailDeliveryFailures')).toEqual([]);
  });

  test('hands a reminder over again, which then comes', async () => {
    const { id, validSince } = await schedule([{ email: 'bea@example.org' }], { sendInvitations: false });
    const giveBack = keepFromReading(/^OnReminderDue/);
    service.fire(id);
    await expect.poll(() => service.messages('ReminderFailures').length, within).toBe(1);
    giveBack();

    expect(await redrive('--queue', 'ReminderFailures')).toEqual([
      'ReminderFailures: 1 message',
      `  1 × reminder, meeting ${id}, start ${new Date(validSince).toISOString()}`,
      '  would be handed to OnReminderDue again; to do it: --queue ReminderFailures --yes',
    ]);
    expect(await redrive('--queue', 'ReminderFailures', '--yes')).toEqual([
      'ReminderFailures: 1 message handed to OnReminderDue again',
    ]);

    await expect.poll(() => mailsTo('bea@example.org').length, within).toBe(1);
    expect(service.messages('ReminderFailures')).toEqual([]);
  });

  test('hands over again what Scheduler could not, and leaves what it cannot read', async () => {
    service.send('RoomFailures', '{"roomId":"room-1"}');
    service.send('RoomFailures', '{"of":"another release","to":"ana@example.org"}');
    service.send('RoomFailures', 'no JSON');

    expect(await redrive('--queue', 'RoomFailures')).toEqual([
      'RoomFailures: 3 messages',
      '  1 × look at the room room-1',
      '  2 × something that this release cannot read',
      '  would be handed to OnRoomDue again; to do it: --queue RoomFailures --yes',
    ]);
    expect(await redrive('--queue', 'RoomFailures', '--yes')).toEqual([
      'RoomFailures: 1 message handed to OnRoomDue again',
      'RoomFailures: 2 messages left: this release cannot read it',
    ]);
    await expect
      .poll(
        () =>
          service
            .logs('OnRoomDue')
            .map(({ text }) => text)
            .join(),
        within,
      )
      .toContain('"message":"Room kept in time"');
    expect(service.messages('RoomFailures').map(({ body }) => body)).toEqual([
      '{"of":"another release","to":"ana@example.org"}',
      'no JSON',
    ]);
  });

  test('reads a change from the stream again, so that people are invited after all', async () => {
    const giveBack = keepFromReading(/^OnMeetingChanged/);
    const body = { name: 'Lost', validSince: inAnHour(), participants: [{ email: 'eva@example.org' }] };
    await callAs(service, 'alice', 'POST', '/meetings', body);
    await expect.poll(() => service.messages('MeetingChangeFailures').length, within).toBe(1);

    expect(await redrive('--queue', 'MeetingChangeFailures', '--yes')).toEqual([
      'MeetingChangeFailures: 1 message left: OnMeetingChanged failed again; its log says why',
    ]);
    giveBack();
    expect(await redrive('--queue', 'MeetingChangeFailures')).toEqual([
      'MeetingChangeFailures: 1 message',
      expect.stringMatching(/^ {2}1 × one change in the stream, of \d{4}-\d\d-\d\dT[\d:.]+Z$/),
      '  would be read from the stream, and handed to OnMeetingChanged again; to do it: --queue MeetingChangeFailures --yes',
    ]);
    expect(mailsTo('eva@example.org')).toEqual([]);

    expect(await redrive('--queue', 'MeetingChangeFailures', '--yes')).toEqual([
      'MeetingChangeFailures: 1 message handed to OnMeetingChanged again',
    ]);
    await expect.poll(() => mailsTo('eva@example.org').length, within).toBe(1);
    expect(service.messages('MeetingChangeFailures')).toEqual([]);
  });

  test('leaves a change that the stream keeps no more, and says of when it is', async () => {
    const info = { shardId: 'shard-1', startSequenceNumber: '1', endSequenceNumber: '2', batchSize: 2 };
    const arrived = '2026-01-01T10:00:00.000Z';
    const { StreamArn: streamArn } = service.stack.ofType('AWS::DynamoDB::Table')[0]?.attributes ?? {};
    const DDBStreamBatchInfo = { ...info, streamArn, approximateArrivalOfFirstRecord: arrived };
    service.send('UserChangeFailures', JSON.stringify({ version: '1.0', DDBStreamBatchInfo }));
    const refusal = new AwsRefusal('TrimmedDataAccessException', 'The data is beyond the trim horizon.');
    const takeBack = service.faults.order({
      ...{ service: 'dynamodb', action: 'GetShardIterator', functionName: 'operator' },
      ...{ kind: 'refused', refusal },
    });

    expect(await redrive('--queue', 'UserChangeFailures', '--yes')).toEqual([
      'UserChangeFailures: 1 message left: the stream, which keeps 24 hours, has it no more (2 changes in the stream, of 2026-01-01T10:00:00.000Z)',
    ]);
    takeBack();
    expect(service.messages('UserChangeFailures')).toHaveLength(1);
  });

  test('reads from the stream that a user was deleted, whom it then removes', async () => {
    const { json: bob } = await callAs<{ id: string }>(service, 'bob', 'GET', '/users/me');
    const giveBack = keepFromReading(/^OnUserChanged/);
    const failures = service.messages('UserChangeFailures').length;
    await callAs(service, 'alice', 'DELETE', `/users/${bob.id}`);
    await expect.poll(() => service.messages('UserChangeFailures').length, within).toBe(failures + 1);
    giveBack();

    const outcome = await redrive('--queue', 'UserChangeFailures', '--yes');
    expect(outcome).toContain('UserChangeFailures: 1 message handed to OnUserChanged again');
    // That of before is at a place that the stream has not, and never comes to.
    expect(outcome).toHaveLength(2);
    expect(service.messages('UserChangeFailures')).toHaveLength(failures);
    const logged = () =>
      service
        .logs('OnUserChanged')
        .map(({ text }) => text)
        .join();
    await expect.poll(logged, within).toContain('"message":"User removed"');
  });

  test('knows no other queue, and no other stack', async () => {
    await expect(redrive('--queue', 'Deliveries')).rejects.toMatchObject({
      stderr: expect.stringContaining('--queue must be one of EmailDeliveryFailures, SmsDeliveryFailures, '),
    });
    await expect(redrive('--stack', 'Garden')).rejects.toMatchObject({
      stderr: 'Stack with id Garden does not exist\n',
    });
  });
});
