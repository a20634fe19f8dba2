import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { projectDirectory } from '../../../infra/synthesize.ts';

const run = promisify(execFile);

const command = (...args: string[]) =>
  run(process.execPath, ['--import', './infra/requireNode.js', 'infra/operate/cost/cost.ts', ...args], {
    cwd: projectDirectory,
  });

test('npm run cost says what a million meetings a day cost, and what to raise first', async () => {
  const { stdout } = await command('--meetings', '1000000', '--participants', '10');
  expect(
    stdout,
  ).toBe(`1,000,000 meetings a day: 11 mails and 0 SMS each, one mail to its organizer, one reminder by push.
List prices of us-east-1, 2026-11-30, without free tiers, discounts and taxes; maxSendRate 382.

                                                 a meeting         a month
DynamoDB     57.1 write units                      35.7 µ$       $1,070.63
Lambda       1.277 GB-seconds that send mails       17.0 µ$         $510.79
DynamoDB     51.3 read units                        6.4 µ$         $192.37
CloudWatch   10.8 KB of log                         5.2 µ$         $155.15
Lambda       0.34 GB-seconds of all else            4.5 µ$         $135.80
Lambda       16.1 invocations                       3.2 µ$          $96.60
SQS          6.3 requests                           3.2 µ$          $94.50
API Gateway  1 request                              1.0 µ$          $30.00
Scheduler    1 call                                 1.0 µ$          $30.00
SNS          1 push                                 0.5 µ$          $15.00
Transfer     1.7 KB to the internet                 0.1 µ$           $4.34
All          beside mails and SMS                  77.8 µ$       $2,335.19

SES          11 mails of 14.9 KB                1,118.8 µ$      $33,562.52

DynamoDB     14.1 KB kept for 90 days              18.1 µ$         $544.47

The quotas of an account as AWS opens it, if the busiest hour has 3 times the mean, and meetings are
scheduled 14 days ahead and begin at 48 moments of a day:

SES: mails a day                        11,000,000 of     50,000  raise it
SES: mails a second                            382 of         14  raise it
Scheduler: schedules                    14,000,000 of 10,000,000  raise it
Scheduler: calls a second                    1,042 of      1,000  raise it
Lambda: functions at once                      110 of      1,000
DynamoDB: write units a second               1,983 of     40,000
DynamoDB: read units a second                1,782 of     40,000
Scheduler: CreateSchedule a second              35 of      5,000
API Gateway: requests a second                  35 of     10,000

Raise first: SES: mails a day.

Calls, units and bytes were counted in the local run. The seconds that send mails are a worker’s wait between the mails of a
batch of ten, as maxSendRate paces it, and the time of one mail; those of all else, and of one mail, are of the machine that
counted. Not in it: other calls, the room, failures, meetings of more than a hundred people in parts, and what costs by the
month (alarms, metrics, the dashboard, polling). SMS are priced by country and carrier: https://aws.amazon.com/end-user-messaging/pricing/
`);
});

test('prices SMS apart, and says where no quota is exceeded', async () => {
  const { stdout } = await command(
    ...['--meetings', '100', '--participants', '10', '--sms-share', '0.2', '--sms-price', '0.05'],
  );
  expect(stdout).toContain(
    '100 meetings a day: 9 mails and 2 SMS each, one mail to its organizer, one reminder by push.\n',
  );
  expect(stdout).toContain('maxSendRate 14.\n');
  expect(stdout).toContain('SMS          2 parts                          100,000.0 µ$         $300.00\n');
  expect(stdout).toContain('\nNone of them is exceeded.\n');
});

test('says how it is called, and ends with 1', async () => {
  await expect(command('--meetings', 'many')).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('--meetings must be a number of at least 1\nUsage: npm run cost -- '),
  });
});
