import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shortCodeOf } from '../../../../functions/meetings/links/personalLink.ts';
import type { Meeting } from '../../../../functions/meetings/meeting.ts';
import { startAws, type TestAws } from '../../../aws.ts';
import { participantOf } from '../../../meetings/meetings.ts';
import { startService, type TestService } from '../../../service.ts';
import { deliveryRows, handOver, jobOf, keepMeeting } from '../../deliveries.ts';
import { keepUser } from '../../users.ts';

let aws: TestAws;
let service: TestService;
let deliver: Parameters<typeof handOver>[0];

const bob = participantOf({ id: 'bob', phone: '+34600000002' });
/** By the short links that they lead to their readers by. */
const textsOf = (meeting: Meeting) => {
  const codes = meeting.participants.map((person) => `/j/${shortCodeOf(meeting, person)}`);
  return aws.phones.sms.all().filter(({ message }) => codes.some((code) => message.includes(code)));
};
const send = (meeting: Meeting) => handOver(deliver, [jobOf({ meetingId: meeting.id, channel: 'sms' })]);

beforeAll(async () => {
  aws = await startAws();
  service = await startService({ smsMaxPriceUsd: 0.1, smsOrigination: { kind: 'number', value: '+34910000000' } });
  ({ handler: deliver } = await import('../../../../functions/handlers/queue/deliver.handler.ts'));
  await keepUser(service.table, { id: 'alice-id', username: 'alice' });
});

afterAll(async () => {
  await service.stop();
  await aws.stop();
});

describe('an invitation by SMS', () => {
  test('says what, when and where, to one number', async () => {
    const meeting = await keepMeeting(service.table, { participants: [bob] });
    await send(meeting);
    const [text] = textsOf(meeting);

    expect(text?.phoneNumber).toBe('+34600000002');
    expect(text?.message).toContain(`https://meet.example.org/j/${shortCodeOf(meeting, bob)}`);
    expect(text?.message).toContain('Planning');
  });

  test('is transactional, has a most that it may cost, and comes from whom the template names', async () => {
    const meeting = await keepMeeting(service.table, { participants: [bob] });
    await send(meeting);

    expect(textsOf(meeting)[0]?.attributes).toEqual({
      'AWS.SNS.SMS.SMSType': 'Transactional',
      'AWS.SNS.SMS.MaxPrice': '0.10000',
      'AWS.SNS.SMS.SenderID': 'Meetings',
    });
  });

  test('reaches a user at the number that they verified', async () => {
    await keepUser(service.table, { id: 'nuria-id', username: 'nuria', phone: '+34600000009' });
    const meeting = await keepMeeting(service.table, {
      participants: [participantOf({ id: 'bob', userId: 'nuria-id' })],
    });
    await send(meeting);

    expect(textsOf(meeting)).toMatchObject([{ phoneNumber: '+34600000009' }]);
  });
});

describe('a text message', () => {
  test('that SNS fails with a 500 comes again', async () => {
    const meeting = await keepMeeting(service.table, { participants: [bob] });
    aws.faults.order({ service: 'sns', kind: 'error500', count: 1 });

    expect(await send(meeting)).toEqual([0]);
    expect(await deliveryRows(service.table, meeting.id)).toMatchObject([{ state: 'claimed', leaseUntil: 0 }]);
    expect(await send(meeting)).toEqual([]);
    expect(textsOf(meeting)).toHaveLength(1);
  });

  test('that SNS never answered may have left, so it is not sent again', async () => {
    const meeting = await keepMeeting(service.table, { participants: [bob] });
    aws.faults.order({ service: 'sns', kind: 'timeoutBefore', count: 1 });

    expect(await send(meeting)).toEqual([]);
    expect(await send(meeting)).toEqual([]);
    expect(textsOf(meeting)).toHaveLength(0);
    expect(await deliveryRows(service.table, meeting.id)).toMatchObject([{ state: 'sent', reason: 'unclear' }]);
  });
});
