import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Meeting } from '../../functions/meetings/meeting.ts';
import { esbuildTemplates } from '../../infra/templates/plugin.ts';
import { shippedLanguages } from '../../infra/templates/shippedLanguages.ts';
import { startAws, type TestAws } from '../aws.ts';
import { catchLog, type LogLines } from '../logLines.ts';
import { participantOf } from '../meetings/meetings.ts';
import { startService, type TestService } from '../service.ts';
import { deliveryRows, handOver, jobOf, keepMeeting, reminderJobOf } from './deliveries.ts';
import { keepUser } from './users.ts';

type Deliver = Parameters<typeof handOver>[0];

let aws: TestAws;
let service: TestService;
let log: LogLines;
let deliver: Deliver;
const directories: string[] = [];

const project = join(import.meta.dirname, '..', '..');
const bob = participantOf({ id: 'bob', email: 'bob@example.org', phone: '+34600000002' });

beforeAll(async () => {
  aws = await startAws();
  service = await startService();
  log = catchLog();
  ({ handler: deliver } = await import('../../functions/handlers/queue/deliver.handler.ts'));
});

beforeEach(() => {
  aws.faults.clear();
  log.clear();
});

afterAll(async () => {
  log.stop();
  for (const directory of directories) rmSync(directory, { recursive: true });
  await service.stop();
  await aws.stop();
});

/** No line names an address, a number or what opens a room. */
function expectNothingPrivate(meeting: Meeting) {
  const lines = JSON.stringify(log.all());
  for (const secret of ['@example.org', '+34', '600000002', meeting.key]) expect(lines).not.toContain(secret);
}

const byMail = ({ id }: Meeting) => jobOf({ meetingId: id });
const bySms = ({ id }: Meeting) => jobOf({ meetingId: id, channel: 'sms' });

describe('Failed to invite participant', () => {
  test('names the participant by their id, and the meeting', async () => {
    const meeting = await keepMeeting(service.table, {
      name: 'Call bob@example.org (+34600000002)',
      participants: [{ ...bob, email: 'bob@nowhere' }],
    });
    await handOver(deliver, [byMail(meeting)]);

    expect(log.of(/^Failed to invite/)).toMatchObject([
      {
        level: 'warn',
        message: `Failed to invite participant bob to meeting Call <address> (<number>)(${meeting.id})`,
        meetingId: meeting.id,
        participantId: 'bob',
        channel: 'email',
        reason: 'InvalidParameterValue',
      },
    ]);
    expectNothingPrivate(meeting);
  });

  test('is said once, when it was tried for the last time', async () => {
    const meeting = await keepMeeting(service.table, { participants: [bob] });
    aws.faults.order({ service: 'sns', kind: 'error500' });
    await handOver(deliver, [bySms(meeting)], { receives: 9 });
    expect(log.of(/^Failed to invite/)).toEqual([]);

    await handOver(deliver, [bySms(meeting)], { receives: 10 });
    expect(log.of(`Failed to invite participant bob to meeting Planning(${meeting.id})`)).toMatchObject([
      { level: 'warn', reason: 'InternalFailure' },
    ]);
    expectNothingPrivate(meeting);
  });
});

test('Organizer not told of their own meeting, where their mail was refused', async () => {
  await keepUser(service.table, { id: 'nowhere-id', username: 'nowhere', email: 'nowhere@nowhere' });
  const organizerEntry = { told: 1, invited: 1 };
  const meeting = await keepMeeting(service.table, { organizerId: 'nowhere-id', organizerEntry, participants: [bob] });
  await handOver(deliver, [jobOf({ meetingId: meeting.id, participantId: 'organizer' })]);

  expect(log.of(/^(Failed to invite|Organizer)/)).toMatchObject([
    {
      level: 'warn',
      message: 'Organizer not told of their own meeting',
      meetingId: meeting.id,
      participantId: 'organizer',
      channel: 'email',
      reason: 'InvalidParameterValue',
    },
  ]);
  expectNothingPrivate(meeting);
});

test('Unable to send reminder for meeting: <id>. Cause: <msg>, where the reminder was refused', async () => {
  const meeting = await keepMeeting(service.table, { participants: [{ ...bob, email: 'bob@nowhere' }] });
  await handOver(deliver, [reminderJobOf(meeting)]);

  expect(log.of(/^Unable to send reminder/)).toMatchObject([
    {
      level: 'error',
      message: `Unable to send reminder for meeting: ${meeting.id}. Cause: InvalidParameterValue`,
      meetingId: meeting.id,
      participantId: 'bob',
    },
  ]);
  expectNothingPrivate(meeting);
});

describe('The sms template is too large', () => {
  const long = { name: 'Переговоры о новом здании школы', participants: [bob], pin: '234567891' };

  test('is said once of each template, when what it makes takes several SMS', async () => {
    const meetings = [
      await keepMeeting(service.table, long),
      await keepMeeting(service.table, long),
      await keepMeeting(service.table, { ...long, language: 'es' }),
    ];
    await handOver(deliver, meetings.map(bySms));

    const sizes = log.of(/^The sms template/);
    expect(sizes.map(({ level, message }) => [level, message]).sort()).toEqual(
      ['en', 'es'].map((language) => [
        'warn',
        `The sms template sms/${language}/text.hbs is too large. It will be sent several SMS by meeting`,
      ]),
    );
    expect(meetings.map(({ id }) => id)).toEqual(expect.arrayContaining(sizes.map(({ meetingId }) => meetingId)));
    for (const meeting of meetings) expectNothingPrivate(meeting);
  });

  test('is not said where languagesTemplates is not set', async () => {
    const { SETTINGS: given = '' } = process.env;
    process.env.SETTINGS = JSON.stringify({ ...JSON.parse(given), languagesGiven: false });
    const deployed = await deployedWith(join(project, 'templates'));
    const meeting = await keepMeeting(service.table, long);
    await handOver(deployed, [bySms(meeting)]);
    process.env.SETTINGS = given;

    expect(await deliveryRows(service.table, meeting.id)).toMatchObject([{ state: 'sent' }]);
    expect(log.of(/^The sms template/)).toEqual([]);
  });
});

describe('unable to load resource', () => {
  test.each([
    ['sms', 'sms/en/text.hbs'],
    ['email', 'email/en/subject.hbs'],
  ] as const)('for %s is said where a deployment lacks %s, which fails the delivery at once', async (channel, file) => {
    const templates = temporaryDirectory();
    cpSync(join(project, 'templates'), templates, { recursive: true });
    rmSync(join(templates, file));
    const deployed = await deployedWith(templates);
    const meeting = await keepMeeting(service.table, { participants: [bob] });

    expect(await handOver(deployed, [channel === 'sms' ? bySms(meeting) : byMail(meeting)])).toEqual([]);
    expect(await deliveryRows(service.table, meeting.id)).toMatchObject([{ state: 'failed', reason: 'TemplateError' }]);
    expect(log.of(`unable to load resource for ${channel} (${file} is missing)`)).toMatchObject([
      { level: 'warn', meetingId: meeting.id, participantId: 'bob', channel },
    ]);
    expect(log.of(`Failed to invite participant bob to meeting Planning(${meeting.id})`)).toHaveLength(1);
    expectNothingPrivate(meeting);
  });
});

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'deliver-'));
  directories.push(directory);
  return directory;
}

/** The worker as it is deployed with these templates. */
async function deployedWith(templates: string): Promise<Deliver> {
  const outfile = join(temporaryDirectory(), 'index.cjs');
  await build({
    entryPoints: [join(project, 'functions', 'handlers', 'queue', 'deliver.handler.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    plugins: [esbuildTemplates({ directory: templates, languages: shippedLanguages })],
  });
  return createRequire(import.meta.url)(outfile).handler;
}
