import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AwsRefusal } from '../../../infra/local/aws/awsCall.ts';
import { readPolicy } from '../../../infra/operate/doctor/actions.ts';
import { projectDirectory } from '../../../infra/synthesize.ts';
import { type Answers, startAccount } from './awsAccount.ts';

const account = '111122223333';
const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:${account}:${rest}`;
const certificate = arn('acm', 'certificate/11112222-3333-4444-5555-666677778888');

/** All that the settings can give reason to ask. */
const everything = {
  mailIdentity: 'Meetings <meetings@mail.example.org>',
  configurationSet: 'meetings',
  maxSendRate: 14,
  inviteMechanisms: ['email', 'sms'],
  smsCountries: ['ES'],
  smsOrigination: '+34600000001',
  linkHost: 'https://meetings.example.org',
  certificateArn: certificate,
  remindBefore: 10,
  pushApplications: { fcm: arn('sns', 'app/GCM/meetings'), apns: arn('sns', 'app/APNS/meetings') },
  iceServers: ['turns:turn.example.org:443?transport=tcp'],
  turnSecret: '/meetings/turn-secret',
  shortenerToken: 'secretsmanager:meetings/bitly',
  socketAccessLog: true,
  alarmEmail: 'operators@example.org',
  publicRooms: false,
};

const who = { 'sts:GetCallerIdentity': { Account: account, Arn: `arn:aws:iam::${account}:user/ana`, UserId: 'AIDA' } };
const absent = (code: string, status = 404) => new AwsRefusal(code, 'There is none.', status);

/** An account that has all of it. */
const equipped: Answers = {
  ...who,
  'ssm:GetParameter': ({ Name }) =>
    Name === '/cdk-bootstrap/hnb659fds/version'
      ? { Parameter: { Name, Type: 'String', Value: '28' } }
      : absent('ParameterNotFound', 400),
  'lambda:GetAccountSettings': { AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 900 } },
  'apigateway:GET': { cloudwatchRoleArn: `arn:aws:iam::${account}:role/ApiGatewayLogs` },
  'ses:GetAccount': {
    ...{ ProductionAccessEnabled: true, SendingEnabled: true, EnforcementStatus: 'HEALTHY' },
    SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 120 },
  },
  'ses:GetEmailIdentity': ({ name }) =>
    name === 'example.org'
      ? {
          ...{ IdentityType: 'DOMAIN', VerifiedForSendingStatus: true },
          DkimAttributes: { SigningEnabled: true, Status: 'SUCCESS', Tokens: ['t1'] },
        }
      : absent('NotFoundException'),
  'ses:GetConfigurationSet': { ConfigurationSetName: 'meetings', SendingOptions: { SendingEnabled: true } },
  'sns:GetSMSSandboxAccountStatus': { IsInSandbox: false },
  'sns:GetSMSAttributes': { attributes: { MonthlySpendLimit: '200' } },
  'sns:ListOriginationNumbers': {
    PhoneNumbers: [
      { PhoneNumber: '+34600000009', Status: 'ACTIVE', NumberCapabilities: ['VOICE'] },
      { PhoneNumber: '+34600000001', Status: 'ACTIVE', NumberCapabilities: ['SMS', 'VOICE'] },
    ],
  },
  'sns:GetPlatformApplicationAttributes': { Attributes: { Enabled: 'true' } },
  'acm:DescribeCertificate': {
    Certificate: { Status: 'ISSUED', DomainName: '*.example.org', SubjectAlternativeNames: ['*.example.org'] },
  },
  'ssm:DescribeParameters': { Parameters: [{ Name: '/meetings/turn-secret', Type: 'SecureString' }] },
  'secretsmanager:DescribeSecret': { Name: 'meetings/bitly' },
};

/** An account as AWS opens it. */
const fresh: Answers = {
  ...who,
  'ssm:GetParameter': absent('ParameterNotFound', 400),
  'lambda:GetAccountSettings': { AccountLimit: { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10 } },
  'apigateway:GET': { throttleSettings: { burstLimit: 5000, rateLimit: 10_000 } },
  'ses:GetAccount': {
    ...{ ProductionAccessEnabled: false, SendingEnabled: true, EnforcementStatus: 'HEALTHY' },
    SendQuota: { Max24HourSend: 200, MaxSendRate: 1, SentLast24Hours: 0 },
  },
  'ses:GetEmailIdentity': absent('NotFoundException'),
  'ses:GetConfigurationSet': absent('NotFoundException'),
  'sns:GetSMSSandboxAccountStatus': { IsInSandbox: true },
  'sns:GetSMSAttributes': { attributes: { MonthlySpendLimit: '1' } },
  'sns:ListOriginationNumbers': {
    PhoneNumbers: [{ PhoneNumber: '+34600000001', Status: 'PENDING', NumberCapabilities: ['SMS'] }],
  },
  'sns:GetPlatformApplicationAttributes': absent('NotFound'),
  'acm:DescribeCertificate': absent('ResourceNotFoundException', 400),
  'ssm:DescribeParameters': { Parameters: [] },
  'secretsmanager:DescribeSecret': absent('ResourceNotFoundException', 400),
};

let aws: Awaited<ReturnType<typeof startAccount>>;
let answers: Answers = equipped;
let home: string;

beforeAll(async () => {
  aws = await startAccount(() => answers);
  home = mkdtempSync(join(tmpdir(), 'doctor-'));
  const keys = (id: string) => `aws_access_key_id = ${id}\naws_secret_access_key = secret\n`;
  writeFileSync(
    join(home, 'credentials'),
    `[default]\n${keys('DEFAULT')}\n[ops]\n${keys('OPS')}\n[nowhere]\n${keys('NOWHERE')}`,
  );
  writeFileSync(join(home, 'config'), '[default]\nregion = us-east-1\n\n[profile ops]\nregion = eu-west-1\n');
});

beforeEach(() => {
  answers = equipped;
  aws.asked.length = 0;
});

afterAll(async () => {
  await aws.stop();
  rmSync(home, { recursive: true });
});

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as an operator calls it, with their files of profiles, and nothing of this machine's. */
function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const own = {
    PATH: '',
    AWS_ENDPOINT_URL: aws.url,
    AWS_CONFIG_FILE: join(home, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    ...env,
  };
  const program = ['--import', './infra/requireNode.js', 'infra/operate/doctor/doctor.ts', ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, program, { cwd: projectDirectory, env: own }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

const meetings = (settings: object) => ['-c', `meetings=${JSON.stringify(settings)}`];
const asOperator = (settings: object, ...more: string[]) => run(['--profile', 'ops', ...meetings(settings), ...more]);
const actionsAsked = () => [...new Set(aws.asked.map(({ action }) => action))];
const allowed = readPolicy().Statement.flatMap(({ Action }): readonly string[] => Action);

describe('npm run doctor', () => {
  test('says of an account that has everything what it found, and ends with 0', async () => {
    expect(await asOperator(everything)).toEqual({
      code: 0,
      stderr: '',
      stdout: `Account 111122223333 in eu-west-1, asked as arn:aws:iam::111122223333:user/ana, for the stack Meetings.

✓ CDK bootstrap: version 28 (ssm:GetParameter)
✓ Lambda concurrency: 900 functions at once (lambda:GetAccountSettings)
✓ API Gateway logs: arn:aws:iam::111122223333:role/ApiGatewayLogs (apigateway:GET)
✓ SES sandbox: out of it (ses:GetAccount)
✓ SES sending: allowed, HEALTHY (ses:GetAccount)
✓ SES send rate: 14 a second (ses:GetAccount)
✓ SES mails a day: 50,000 a day (ses:GetAccount)
✓ SES identity: example.org verified (ses:GetEmailIdentity)
✓ SES DKIM: signed for example.org (ses:GetEmailIdentity)
✓ SES configuration set: meetings (ses:GetConfigurationSet)
✓ SMS sandbox: out of it (sns:GetSMSSandboxAccountStatus)
✓ SMS spending: $200 a month (sns:GetSMSAttributes)
✓ SMS sender: +34600000001 (sns:ListOriginationNumbers)
✓ Push by fcm: enabled (sns:GetPlatformApplicationAttributes)
✓ Push by apns: enabled (sns:GetPlatformApplicationAttributes)
✓ Certificate of meetings.example.org: issued for meetings.example.org (acm:DescribeCertificate)
✓ Secret of turnSecret: stored (ssm:DescribeParameters)
✓ Secret of shortenerToken: stored (secretsmanager:DescribeSecret)

Nothing is missing.
`,
    });
    expect(new Set(aws.asked.map(({ accessKey, region }) => `${accessKey} ${region}`))).toEqual(
      new Set(['OPS eu-west-1']),
    );
    expect(actionsAsked().filter((action) => !allowed.includes(action))).toEqual(['sts:GetCallerIdentity']);
    expect(allowed.filter((action) => !actionsAsked().includes(action))).toEqual([]);
  });

  test('says of an account as AWS opens it all that is missing, and what mends it, and ends with 1', async () => {
    answers = fresh;
    expect(await asOperator(everything)).toEqual({
      code: 1,
      stderr: '',
      stdout: `Account 111122223333 in eu-west-1, asked as arn:aws:iam::111122223333:user/ana, for the stack Meetings.

✗ CDK bootstrap: none; needed: version 6 or later (ssm:GetParameter)
    The CDK has nowhere to put the functions, and \`npm run deploy\` fails.
    → npx cdk bootstrap aws://111122223333/eu-west-1 --profile ops
✗ Lambda concurrency: 10 functions at once; needed: more than 20 (lambda:GetAccountSettings)
    What works in the background may take 20 at once, and then calls and rooms find none left.
    → aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000 --region eu-west-1 --profile ops
✗ API Gateway logs: no role; needed: a role (socketAccessLog) (apigateway:GET)
    The sockets cannot be logged, and the deployment fails.
    → the three commands of docs/deploying.md, "Logs of the doors"; or set socketAccessLog to false
✗ SES sandbox: in it; needed: out of it (ses:GetAccount)
    Mail reaches addresses that SES has verified, and nobody else.
    → https://eu-west-1.console.aws.amazon.com/ses/home?region=eu-west-1#/account ("Request production access"), or
    → aws sesv2 put-account-details --production-access-enabled --mail-type TRANSACTIONAL --website-url URL --use-case-description TEXT --region eu-west-1 --profile ops
✓ SES sending: allowed, HEALTHY (ses:GetAccount)
✗ SES send rate: 1 a second; needed: 14 a second (maxSendRate) (ses:GetAccount)
    SES throttles what is more, and mails wait to be tried again.
    → set maxSendRate to 1, or ask for more: https://eu-west-1.console.aws.amazon.com/servicequotas/home/services/ses/quotas
✓ SES mails a day: 200 a day (ses:GetAccount)
✗ SES identity: none; needed: one that is verified for meetings@mail.example.org (mailIdentity) (ses:GetEmailIdentity)
    SES refuses all mail from meetings@mail.example.org.
    → aws sesv2 create-email-identity --email-identity mail.example.org --region eu-west-1 --profile ops
    → and put a CNAME record into its DNS for each of the tokens that it answers; this command then prints them
✗ SES configuration set: no such one; needed: meetings (configurationSet) (ses:GetConfigurationSet)
    SES refuses all mail that names it.
    → aws sesv2 create-configuration-set --configuration-set-name meetings --region eu-west-1 --profile ops
✗ SMS sandbox: in it; needed: out of it (sns:GetSMSSandboxAccountStatus)
    SMS reach the ten numbers that were verified, and nobody else.
    → https://eu-west-1.console.aws.amazon.com/sns/v3/home?region=eu-west-1#/mobile/text-messaging ("Exit SMS sandbox")
✗ SMS spending: $1 a month; needed: more than the $1 a month of a new account (sns:GetSMSAttributes)
    SNS stops all SMS of the month within minutes once it is spent.
    → aws sns set-sms-attributes --attributes MonthlySpendLimit=USD --region eu-west-1 --profile ops
    → and first, where that is more than AWS allows the account, a case for "SNS Text Messaging" at https://console.aws.amazon.com/support/home#/case/create?issueType=service-limit-increase
✗ SMS sender: no number; needed: +34600000001 (smsOrigination) (sns:ListOriginationNumbers)
    SNS refuses SMS from a number that is not the account’s.
    → https://eu-west-1.console.aws.amazon.com/sms-voice/home?region=eu-west-1#/phone-numbers
✗ Push by fcm: no such application; needed: arn:aws:sns:eu-west-1:111122223333:app/GCM/meetings (pushApplications) (sns:GetPlatformApplicationAttributes)
    No such phone is reminded.
    → https://eu-west-1.console.aws.amazon.com/sns/v3/home?region=eu-west-1#/mobile/push-notifications
✗ Push by apns: no such application; needed: arn:aws:sns:eu-west-1:111122223333:app/APNS/meetings (pushApplications) (sns:GetPlatformApplicationAttributes)
    No such phone is reminded.
    → https://eu-west-1.console.aws.amazon.com/sns/v3/home?region=eu-west-1#/mobile/push-notifications
✗ Certificate of meetings.example.org: no such certificate; needed: issued for meetings.example.org (certificateArn) (acm:DescribeCertificate)
    API Gateway does not take it, and the deployment fails.
    → aws acm request-certificate --validation-method DNS --domain-name meetings.example.org --region eu-west-1 --profile ops, and set certificateArn
✗ Secret of turnSecret: not stored; needed: /meetings/turn-secret (turnSecret) (ssm:DescribeParameters)
    What needs it fails, and says so in the log.
    → aws ssm put-parameter --type SecureString --name /meetings/turn-secret --value VALUE --region eu-west-1 --profile ops
✗ Secret of shortenerToken: not stored; needed: meetings/bitly (shortenerToken) (secretsmanager:DescribeSecret)
    What needs it fails, and says so in the log.
    → aws secretsmanager create-secret --name meetings/bitly --secret-string VALUE --region eu-west-1 --profile ops

15 things are missing.
`,
    });
  });

  test('names each action that it may not ask, and goes on', async () => {
    const denial = 'User: arn:aws:iam::111122223333:user/ana is not authorized to perform: it';
    answers = {
      ...Object.fromEntries(
        Object.keys(equipped).map((action) => [
          action,
          action.startsWith('sns:')
            ? new AwsRefusal('AuthorizationError', denial, 403)
            : new AwsRefusal('AccessDeniedException', denial, action.startsWith('ss') ? 400 : 403),
        ]),
      ),
      ...who,
    };
    const { code, stdout } = await asOperator(everything);

    expect(code).toBe(1);
    expect(stdout).toContain(`? SES account: not allowed to ask; needed: ses:GetAccount (ses:GetAccount)
    User: arn:aws:iam::111122223333:user/ana is not authorized to perform: it
    → allow ses:GetAccount; npm run doctor -- --policy prints all that is asked
`);
    expect(stdout.match(/^\? .*: not allowed to ask;/gm)).toHaveLength(14);
    for (const action of allowed) expect(stdout).toContain(`    → allow ${action}; `);
    expect(stdout).toMatch(/\n\n14 could not be told\.\n$/);
  });

  test('asks again what is throttled, and says what does not answer', async () => {
    const throttled = new AwsRefusal('TooManyRequestsException', 'Rate exceeded', 429);
    const account = equipped['ses:GetAccount'];
    answers = {
      ...equipped,
      'ses:GetAccount': (_, before) => (before === 0 || typeof account !== 'object' ? throttled : account),
      'lambda:GetAccountSettings': new AwsRefusal('ServiceException', 'Out of order', 500),
    };
    const { code, stdout } = await asOperator(everything);

    expect(code).toBe(1);
    expect(stdout).toContain('✓ SES send rate: 14 a second (ses:GetAccount)\n');
    expect(
      stdout,
    ).toContain(`? Lambda concurrency: no answer; needed: lambda:GetAccountSettings (lambda:GetAccountSettings)
    ServiceException: Out of order
    → call it again; where it stays so, AWS may not have the service in this region
`);
    expect(aws.asked.filter(({ action }) => action === 'ses:GetAccount')).toHaveLength(2);
    expect(aws.asked.filter(({ action }) => action === 'lambda:GetAccountSettings')).toHaveLength(5);
  });

  test('asks only what the settings give reason for', async () => {
    const { code, stdout, stderr } = await asOperator({ inviteMechanisms: ['email'], mailIdentity: 'a@example.org' });

    expect(actionsAsked()).toEqual([
      'sts:GetCallerIdentity',
      'ssm:GetParameter',
      'lambda:GetAccountSettings',
      'ses:GetAccount',
      'ses:GetEmailIdentity',
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nNothing is missing\.\n$/);
    expect(stderr).toContain('warning: alarmEmail: the alarms ring and nobody hears them');
  });

  test('asks with the environment’s credentials, where no profile is named, and in the region that is', async () => {
    const env = { AWS_ACCESS_KEY_ID: 'ENVIRONMENT', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'eu-west-1' };
    const settings = meetings({ inviteMechanisms: [] });

    const first = await run([...settings, '--region', 'eu-south-2'], env);
    expect(first.stdout).toMatch(/^Account 111122223333 in eu-south-2, /);
    expect(aws.asked[0]).toEqual({ action: 'sts:GetCallerIdentity', accessKey: 'ENVIRONMENT', region: 'eu-south-2' });

    // As the AWS command line: a profile that is named stands over the environment, and the environment's region over its own.
    await run([...settings, '--profile', 'ops'], env);
    expect(aws.asked.at(-1)).toMatchObject({ accessKey: 'OPS', region: 'eu-west-1' });
    await run(settings);
    expect(aws.asked.at(-1)).toMatchObject({ accessKey: 'DEFAULT', region: 'us-east-1' });
  });

  test('reads the settings of a stage, and the qualifier of another bootstrap, as cdk does', async () => {
    answers = { ...equipped, 'ssm:GetParameter': absent('ParameterNotFound', 400) };
    const { stdout } = await asOperator({ stackName: 'Garden' }, '-c', '@aws-cdk/core:bootstrapQualifier=garden');

    expect(stdout).toContain('for the stack Garden.\n');
    expect(stdout).toContain('    → npx cdk bootstrap aws://111122223333/eu-west-1 --qualifier garden --profile ops\n');
    const ofStage = await asOperator({}, '-c', 'stage=nowhere');
    expect(ofStage).toMatchObject({ code: 2, stdout: '' });
    expect(ofStage.stderr).toContain('The settings have faults:\nstage: There is no stages/nowhere.json');
  });

  test('says which settings name what is of another region or account, and does not ask for that', async () => {
    const own = { inviteMechanisms: ['email'], remindBefore: 10, linkHost: 'https://meetings.example.org' };
    const ofOthers = arn('sns', 'app/GCM/meetings').replace(account, '999900001111');
    const settings = { ...own, certificateArn: certificate, pushApplications: { fcm: ofOthers } };

    const here = await asOperator(settings);
    expect(here.code).toBe(1);
    expect(
      here.stdout,
    ).toContain(`✗ Account of pushApplications.fcm: 999900001111; needed: 111122223333 (sts:GetCallerIdentity)
    Names arn:aws:sns:eu-west-1:999900001111:app/GCM/meetings, which another account has.
    → set pushApplications.fcm to what is in 111122223333, or ask with --profile
`);
    expect(actionsAsked()).toContain('acm:DescribeCertificate');
    expect(actionsAsked()).not.toContain('sns:GetPlatformApplicationAttributes');

    aws.asked.length = 0;
    const there = await asOperator({ ...settings, pushApplications: {} }, '--region', 'us-east-1');
    expect(there.code).toBe(1);
    expect(there.stdout).toContain(`✗ Region of certificateArn: another; needed: us-east-1 (sts:GetCallerIdentity)
    Is of eu-west-1, and the stack is deployed to us-east-1: all must be of the stack's region.
    → set certificateArn to what is in us-east-1, or ask with --region
`);
    expect(actionsAsked()).not.toContain('acm:DescribeCertificate');
  });

  test('writes the same as JSON', async () => {
    answers = { ...equipped, 'sns:GetSMSAttributes': { attributes: {} } };
    const { code, stdout } = await asOperator(everything, '--json');
    const { findings, ...rest } = JSON.parse(stdout);

    expect(code).toBe(1);
    expect(rest).toEqual({
      account,
      region: 'eu-west-1',
      caller: `arn:aws:iam::${account}:user/ana`,
      profile: 'ops',
      stack: 'Meetings',
    });
    expect(findings).toHaveLength(18);
    expect(findings[0]).toEqual({
      check: 'CDK bootstrap',
      asked: 'ssm:GetParameter',
      state: 'well',
      found: 'version 28',
      needed: 'version 6 or later',
    });
    expect(findings.find(({ check }: { check: string }) => check === 'SMS spending')).toEqual({
      check: 'SMS spending',
      asked: 'sns:GetSMSAttributes',
      state: 'unknown',
      found: 'no limit of your own',
      needed: 'more than the $1 a month of a new account',
      says: 'What AWS allows the account counts, $1 a month until it is raised, and SNS does not tell it.',
      mend: [
        'https://eu-west-1.console.aws.amazon.com/sns/v3/home?region=eu-west-1#/mobile/text-messaging ("Account spend limit")',
      ],
    });
  });

  test.each([
    [['--frobnicate'], /^Unknown option '--frobnicate'[\s\S]*\nUsage: npm run doctor -- \[--profile NAME\]/],
    [['--profile', 'nobody'], /^Could not resolve credentials using profile: \[nobody\]/],
    [['--profile', 'nowhere'], /^No region: name one with --region, in AWS_REGION or in the profile\n$/],
  ])('ends with 2 and a sentence where it is called with %j', async (args, words) => {
    expect(await run(args)).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(words) });
    expect(aws.asked).toEqual([]);
  });

  test('ends with 2 where AWS does not know the credentials', async () => {
    const words = 'The security token included in the request is invalid.';
    answers = { 'sts:GetCallerIdentity': new AwsRefusal('InvalidClientTokenId', words, 403) };

    expect(await asOperator(everything)).toEqual({ code: 2, stdout: '', stderr: `${words}\n` });
  });

  test('prints the policy, and asks nobody', async () => {
    const { code, stdout } = await run(['--policy']);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(readPolicy());
    expect(aws.asked).toEqual([]);
  });
});
