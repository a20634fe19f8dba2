import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { organizerParticipantId } from '../../functions/deliveries/delivery.ts';
import type { Job } from '../../functions/deliveries/job.ts';
import { deviceStore } from '../../functions/users/deviceStore.ts';
import { AwsRefusal } from '../../infra/local/aws/awsCall.ts';
import { startAws, type TestAws } from '../aws.ts';
import { catchLog, type LogLines } from '../logLines.ts';
import { participantOf } from '../meetings/meetings.ts';
import { alice, call, startService, type TestService } from '../service.ts';
import { handOver, jobOf, keepMeeting } from './deliveries.ts';
import { keepUser } from './users.ts';

let aws: TestAws;
let service: TestService;
let log: LogLines;
let deliver: Parameters<typeof handOver>[0];
let invitations: (id: string) => ReturnType<typeof call>;

const person = participantOf({ id: 'bob', email: 'bob@example.org', phone: '+34600000002' });

beforeAll(async () => {
  aws = await startAws();
  service = await startService();
  log = catchLog();
  ({ handler: deliver } = await import('../../functions/handlers/queue/deliver.handler.ts'));
  const { handler: read } = await import('../../functions/handlers/http/meetings/readInvitations.handler.ts');
  invitations = (id) => call(read as never, { claims: alice, path: { id } });
  await keepUser(service.table, { id: 'alice-id', username: 'alice', email: 'alice@example.org' });
});

beforeEach(() => {
  aws.faults.clear();
  log.clear();
});

afterAll(async () => {
  log.stop();
  await service.stop();
  await aws.stop();
});

/** What the service answers on the wire, and what the operator and the organizer see of it. */
type Row = readonly [code: string, status: number, message: string, seen: string];

type Fate = 'throttled' | 'passing' | 'setUp' | 'refused';

const mailAnswers: Readonly<Record<Fate, readonly Row[]>> = {
  throttled: [
    ['Throttling', 400, 'Maximum sending rate exceeded.', 'Throttling'],
    ['ThrottlingException', 400, 'Daily message quota exceeded.', 'ThrottlingException'],
    ['TooManyRequestsException', 429, 'Too many requests', 'TooManyRequestsException'],
    ['SlowDownPlease', 429, 'Not in any list', 'SlowDownPlease'],
  ],
  passing: [
    ['InternalFailure', 500, 'Unknown error', 'InternalFailure'],
    ['ServiceUnavailable', 503, 'Temporary failure', 'ServiceUnavailable'],
    ['RequestExpired', 400, 'More than 15 minutes', 'RequestExpired'],
    ['ExpiredToken', 403, 'The security token included in the request is expired', 'ExpiredToken'],
    ['BrandNewTrouble', 502, 'Not in any list', 'BrandNewTrouble'],
  ],
  setUp: [
    ['AccessDenied', 403, "User is not authorized to perform 'ses:SendRawEmail'", 'AccessDenied'],
    ['AccessDeniedException', 400, 'No', 'AccessDeniedException'],
    ['AccountSendingPausedException', 400, 'Paused', 'AccountSendingPausedException'],
    ['ConfigurationSetDoesNotExist', 400, 'No set', 'ConfigurationSetDoesNotExistException'],
    ['ConfigurationSetSendingPausedException', 400, 'Paused', 'ConfigurationSetSendingPausedException'],
    ['MailFromDomainNotVerifiedException', 400, 'No MX', 'MailFromDomainNotVerifiedException'],
    [
      'MessageRejected',
      400,
      'Email address is not verified. The following identities failed the check in region EU-WEST-1: bob@example.org',
      'MessageRejected',
    ],
    ['MessageRejected', 400, 'Sending suspended for this account.', 'MessageRejected'],
    ['InvalidClientTokenId', 403, 'Unknown key', 'InvalidClientTokenId'],
    ['SignatureDoesNotMatch', 403, 'Not the one', 'SignatureDoesNotMatch'],
    ['OptInRequired', 403, 'Subscribe', 'OptInRequired'],
    ['InvalidAction', 400, 'No such', 'InvalidAction'],
    ['MissingParameter', 400, 'Which', 'MissingParameter'],
    ['BrandNewRefusal', 400, 'Not in any list', 'BrandNewRefusal'],
  ],
  refused: [
    ['MessageRejected', 400, 'Address blacklisted.', 'MessageRejected'],
    ['MessageRejected', 400, 'Transaction failed: Expected disposition', 'MessageRejected'],
    ['InvalidParameterValue', 400, 'Illegal address', 'InvalidParameterValue'],
    ['ValidationError', 400, 'Too long', 'ValidationError'],
  ],
};

const textAnswers: typeof mailAnswers = {
  throttled: [
    ['Throttling', 400, 'Rate exceeded', 'Throttling'],
    ['Throttled', 429, 'Rate exceeded', 'ThrottledException'],
    ['KMSThrottling', 400, 'Rate exceeded', 'KMSThrottlingException'],
  ],
  passing: [['InternalError', 500, 'Unknown error', 'InternalErrorException']],
  setUp: [
    ['AuthorizationError', 403, 'User is not authorized to perform: SNS:Publish', 'AuthorizationErrorException'],
    ['InvalidParameter', 400, 'Invalid parameter: SenderID', 'InvalidParameterException'],
    ['InvalidParameter', 400, 'Invalid parameter: OriginationNumber Reason: not yours', 'InvalidParameterException'],
    ['InvalidParameter', 400, 'Invalid parameter: MaxPrice', 'InvalidParameterException'],
    ['InvalidSecurity', 403, 'Signature Version 4', 'InvalidSecurityException'],
    ['KMSAccessDenied', 400, 'No key', 'KMSAccessDeniedException'],
    ['KMSDisabled', 400, 'Off', 'KMSDisabledException'],
    ['KMSInvalidState', 400, 'State', 'KMSInvalidStateException'],
    ['KMSNotFound', 400, 'None', 'KMSNotFoundException'],
    ['KMSOptInRequired', 403, 'Subscribe', 'KMSOptInRequired'],
  ],
  refused: [
    [
      'InvalidParameter',
      400,
      'Invalid parameter: PhoneNumber Reason: +34600000002 is not valid to publish to',
      'InvalidParameterException',
    ],
    ['ParameterValueInvalid', 400, 'Invalid parameter value', 'InvalidParameterValueException'],
    ['OptedOut', 400, 'Phone number is opted out', 'OptedOutException'],
    ['ValidationException', 400, 'Wrong', 'ValidationException'],
  ],
};

const pushAnswers: typeof mailAnswers = {
  throttled: [['Throttled', 429, 'Rate exceeded', 'ThrottledException']],
  passing: [['InternalError', 500, 'Unknown error', 'InternalErrorException']],
  setUp: [
    ['AuthorizationError', 403, 'No', 'AuthorizationErrorException'],
    ['PlatformApplicationDisabled', 400, 'Application is disabled', 'PlatformApplicationDisabledException'],
    ['NotFound', 404, 'PlatformApplication does not exist', 'NotFoundException'],
    ['InvalidParameter', 400, 'Invalid parameter: PlatformApplicationArn', 'InvalidParameterException'],
  ],
  refused: [
    [
      'InvalidParameter',
      400,
      'Invalid parameter: Token Reason: iOS device tokens must be no more than 400 hexadecimal characters',
      'InvalidParameterException',
    ],
    ['EndpointDisabled', 400, 'Endpoint is disabled', 'EndpointDisabledException'],
  ],
};

const channels = [
  { channel: 'email', service: 'ses', answers: mailAnswers },
  { channel: 'sms', service: 'sns', answers: textAnswers },
  { channel: 'push', service: 'sns', answers: pushAnswers },
] as const;

const cases = channels.flatMap(({ channel, service: name, answers }) =>
  Object.entries(answers).flatMap(([fate, rows]) =>
    rows.map(([code, status, message, seen]) => ({ channel, name, fate, code, status, message, seen })),
  ),
);

/** A meeting, and a job of it by the channel. */
async function jobBy(channel: (typeof channels)[number]['channel']): Promise<Job> {
  const meeting = await keepMeeting(service.table, { participants: [person] });
  const meetingId = meeting.id;
  if (channel !== 'push') return jobOf({ meetingId, channel });
  const device = { userId: 'alice-id', deviceId: meetingId };
  await deviceStore(service.table).register({ ...device, platform: 'fcm', token: meetingId, registered: new Date() });
  const start = meeting.validSince.toISOString();
  return { kind: 'reminder', meetingId, participantId: organizerParticipantId, channel, device, start };
}

/** What `GET /meetings/{id}/invitations` says of the one delivery that was begun by a channel. */
async function shown({ meetingId, channel }: Job) {
  const { body } = await invitations(meetingId);
  const all = [...body.participants, body.organizer].flatMap(({ deliveries }) => deliveries);
  return all.filter((delivery) => delivery.channel === channel);
}

describe('an answer of SES or SNS', () => {
  test.each(cases.filter(({ fate }) => fate === 'refused'))(
    'is final where the fault is the address’s: $channel $code, $message',
    async ({ channel, name, code, status, message, seen }) => {
      aws.faults.order({ service: name, kind: 'refused', refusal: new AwsRefusal(code, message, status) });
      const job = await jobBy(channel);

      expect(await handOver(deliver, [job])).toEqual([]);
      expect(await shown(job)).toMatchObject([{ channel, state: 'failed', reason: seen, attempts: 1 }]);
      expect(takeDelayed()).toEqual([]);
      const line =
        channel === 'push' ? /^Unable to send reminder for meeting: .* Cause: / : /^Failed to invite participant /;
      expect(log.of(line)).toMatchObject([{ reason: seen }]);
      expect(log.of('Delivery held up by the set-up')).toEqual([]);
    },
  );

  test.each(cases.filter(({ fate }) => fate === 'setUp'))(
    'rings and is tried again where the fault is the set-up’s: $channel $code, $message',
    async ({ channel, name, code, status, message, seen }) => {
      aws.faults.order({ service: name, kind: 'refused', refusal: new AwsRefusal(code, message, status) });
      const job = await jobBy(channel);

      expect(await handOver(deliver, [job], { receives: 10 })).toEqual([]);
      expect(await shown(job)).toMatchObject([{ channel, state: 'sending', reason: seen, attempts: 1 }]);
      expect(log.of('Delivery held up by the set-up')).toMatchObject([
        {
          level: 'error',
          meetingId: job.meetingId,
          channel,
          reason: seen,
          error: { message: message.replace('bob@example.org', '<address>') },
        },
      ]);
      expect(JSON.stringify(log.all())).not.toMatch(/bob@example|600000002/);
      const [again] = takeDelayed();
      expect(again).toMatchObject({ ...job, postponed: { times: 1, since: expect.any(String) } });
      expect(again?.waitSeconds).toBeGreaterThanOrEqual(30);
      expect(again?.waitSeconds).toBeLessThanOrEqual(60);

      aws.faults.clear();
      expect(await handOver(deliver, [again as Job])).toEqual([]);
      expect(await shown(job)).toMatchObject([{ channel, state: 'sent', attempts: 2 }]);
    },
  );

  test.each(cases.filter(({ fate }) => fate === 'throttled'))(
    'is queued anew where it was one too many, and no receive counts: $channel $code, $message',
    async ({ channel, name, code, status, message, seen }) => {
      aws.faults.order({ service: name, kind: 'refused', refusal: new AwsRefusal(code, message, status) });
      const job = await jobBy(channel);

      expect(await handOver(deliver, [job], { receives: 10 })).toEqual([]);
      expect(await shown(job)).toMatchObject([{ channel, state: 'sending', reason: seen, attempts: 1 }]);
      expect(log.of('Delivery held up by the set-up')).toEqual([]);
      const [again] = takeDelayed();
      expect(again).toMatchObject({ ...job, postponed: { times: 1 } });
      expect([1, 2]).toContain(again?.waitSeconds);

      aws.faults.clear();
      expect(await handOver(deliver, [again as Job])).toEqual([]);
      expect(await shown(job)).toMatchObject([{ channel, state: 'sent', attempts: 2 }]);
    },
  );

  test.each(cases.filter(({ fate }) => fate === 'passing'))(
    'brings the message back where the service is in trouble: $channel $code, $message',
    async ({ channel, name, code, status, message, seen }) => {
      aws.faults.order({ service: name, kind: 'refused', refusal: new AwsRefusal(code, message, status) });
      const job = await jobBy(channel);

      expect(await handOver(deliver, [job])).toEqual([0]);
      expect(await shown(job)).toMatchObject([{ channel, state: 'sending', reason: seen, attempts: 1 }]);
      expect(takeDelayed()).toEqual([]);
    },
  );
});

const taken = new Set<string>();

/** What has joined the queue, though it is not visible yet. */
function takeDelayed(): Job[] {
  const messages = aws.queue.messages().filter(({ id }) => !taken.has(id));
  for (const { id } of messages) taken.add(id);
  return messages.map(({ body }) => JSON.parse(body) as Job);
}

describe('every answer that the SDK documents', () => {
  const clients = join(import.meta.dirname, '..', '..', 'node_modules', '@aws-sdk');
  const documented = (file: string) =>
    [...readFileSync(join(clients, file), 'utf8').matchAll(/@throws \{@link (\w+)\} \(/g)].map(([, name]) => name);
  const told = ({ answers }: { answers: typeof mailAnswers }) =>
    new Set(Object.values(answers).flatMap((rows) => rows.map(([, , , seen]) => seen)));

  test.each([
    ['email', 'client-ses/dist-types/commands/SendRawEmailCommand.d.ts', 5],
    ['email', 'client-ses/dist-types/commands/SendEmailCommand.d.ts', 5],
    ['sms', 'client-sns/dist-types/commands/PublishCommand.d.ts', 15],
    ['push', 'client-sns/dist-types/commands/CreatePlatformEndpointCommand.d.ts', 4],
    ['push', 'client-sns/dist-types/commands/SetEndpointAttributesCommand.d.ts', 4],
  ])('has its row: %s, %s', (channel, file, count) => {
    const names = documented(file);
    const rows = new Set([...told({ answers: pushAnswers }), ...told(channelNamed(channel))]);

    expect(names).toHaveLength(count);
    expect(names.filter((name) => !rows.has(name ?? ''))).toEqual([]);
  });

  function channelNamed(name: string) {
    const found = channels.find(({ channel }) => channel === name);
    if (!found) throw new Error(`no channel ${name}`);
    return found;
  }
});
