import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { leaseSeconds } from '../../functions/deliveries/delivery.ts';
import { routes } from '../../functions/routes.ts';
import { synthesize } from '../../infra/synthesize.ts';
import { testBundles } from '../bundles.ts';

const meetings = {
  inviteMechanisms: ['email', 'sms'],
  mailIdentity: 'Meetings <meetings@example.org>',
  configurationSet: 'meetings',
  remindBefore: 10,
  pstnExtension: '+34999999999',
  pushApplications: { fcm: 'arn:aws:sns:eu-west-1:111122223333:app/GCM/meetings' },
};

async function templateOf(changes: object = {}): Promise<Template> {
  const directory = mkdtempSync(join(tmpdir(), 'stack-'));
  const { directory: assembly, stackName } = await synthesize({
    context: { meetings: { ...meetings, ...changes } },
    outdir: join(directory, 'cdk.out'),
    bundles: testBundles,
    validate: false,
  });
  return Template.fromString(readFileSync(join(assembly, `${stackName}.template.json`), 'utf8'));
}

let template: Template;

beforeAll(async () => {
  template = await templateOf();
});

/** The statements of the role of the function whose logical id begins with `name`. */
function statementsOf(name: string): { Action: string | string[]; Resource?: unknown; Condition?: unknown }[] {
  const policies = Object.entries(template.findResources('AWS::IAM::Policy'));
  const own = policies.filter(([id]) => id.startsWith(`${name}ServiceRole`));
  return own.flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement);
}

/** Resources whose logical id begins with a name, which a digest follows. */
function withName(type: string, name: string) {
  return Object.entries(template.findResources(type)).filter(([id]) => id.slice(0, -8) === name);
}

/** Of the workers that deliver: function, queue, messages at a time, and how many at once. */
function deliveryMappings(of: Template) {
  const mappings = Object.values(of.findResources('AWS::Lambda::EventSourceMapping')).map((one) => one.Properties);
  return mappings
    .filter(({ FunctionName }) => FunctionName.Ref.startsWith('Deliver'))
    .map(({ FunctionName, EventSourceArn, BatchSize, ScalingConfig, FunctionResponseTypes }) => {
      expect(FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
      const [queue] = EventSourceArn['Fn::GetAtt'];
      return [FunctionName.Ref.slice(0, -8), queue.slice(0, -8), BatchSize, ScalingConfig.MaximumConcurrency];
    });
}

const actionsOf = (name: string) => statementsOf(name).flatMap(({ Action }) => Action);

describe('the table', () => {
  test('is kept, streamed, restorable, and forgets what has expired', () => {
    template.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      Properties: {
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        BillingMode: 'PAY_PER_REQUEST',
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        DeletionProtectionEnabled: true,
      },
    });
  });
});

describe('the API', () => {
  test('has every door of routes.ts, and asks each caller for a token but where the door is open', () => {
    const made = Object.values(template.findResources('AWS::ApiGatewayV2::Route'))
      .map(({ Properties }) => Properties)
      .filter(({ RouteKey }) => /^(GET|POST|PUT|PATCH|DELETE) |^\$default$/.test(RouteKey))
      .map(({ RouteKey, AuthorizationType }) => `${RouteKey} ${AuthorizationType}`);
    const wanted = routes.map(({ method, path, access }) => {
      const key = path === '$default' ? path : `${method} ${path.replace('{linkPath}', '/m')}`;
      return `${key} ${access === 'user' ? 'JWT' : 'NONE'}`;
    });

    expect(made.sort()).toEqual(expect.arrayContaining(wanted.sort()));
  });

  test('answers HEAD by the function of GET where the door is open, and nowhere else', () => {
    const ofTheApi = { Properties: { ApiId: { Ref: Match.stringLikeRegexp('^Api') } } };
    const targets = new Map(
      Object.values(template.findResources('AWS::ApiGatewayV2::Route', ofTheApi)).map(({ Properties }) => [
        String(Properties.RouteKey),
        { target: Properties.Target, authorization: Properties.AuthorizationType },
      ]),
    );
    const heads = [...targets.keys()].filter((key) => key.startsWith('HEAD ')).sort();

    expect(heads).toEqual([
      'HEAD /assets/{hash}',
      'HEAD /c/{identifier}',
      'HEAD /health',
      'HEAD /j/{code}',
      'HEAD /m/{link}',
      'HEAD /m/{link}/answer',
      'HEAD /openapi.json',
    ]);
    for (const head of heads) expect(targets.get(head)).toEqual(targets.get(head.replace('HEAD', 'GET')));
  });

  test('believes the user pool that it makes, where no issuer is set', () => {
    template.hasResourceProperties('AWS::Cognito::UserPool', {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    });
    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', { AuthorizerType: 'JWT' });
  });

  test('tells what the command line calls that pool, its client and the API', () => {
    expect(template.findOutputs('*')).toMatchObject({
      ApiUrl: { Value: { 'Fn::GetAtt': [expect.stringMatching(/^Api/), 'ApiEndpoint'] } },
      UserPoolId: { Value: { Ref: expect.stringMatching(/^Users[0-9A-F]{8}$/) } },
      UserPoolClientId: { Value: { Ref: expect.stringMatching(/^UsersClient/) } },
      TokenIssuer: { Value: { 'Fn::GetAtt': [expect.stringMatching(/^Users/), 'ProviderURL'] } },
      TokenAudience: { Value: { Ref: expect.stringMatching(/^UsersClient/) } },
    });
  });

  test('believes the issuer that is set, and makes no user pool then', async () => {
    const own = await templateOf({ issuer: 'https://login.example.org/', audience: ['meetings'] });

    own.resourceCountIs('AWS::Cognito::UserPool', 0);
    expect(Object.keys(own.findOutputs('*'))).toEqual([
      'ApiUrl',
      'SocketUrl',
      'TableName',
      'TokenIssuer',
      'TokenAudience',
    ]);
    own.hasOutput('TokenIssuer', { Value: 'https://login.example.org/' });
    own.hasOutput('TokenAudience', { Value: 'meetings' });
    own.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      JwtConfiguration: { Issuer: 'https://login.example.org/', Audience: ['meetings'] },
    });
  });

  test('is throttled, and short links and what pages are made of by themselves, once their routes are there', () => {
    const shortLinks = { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 500 };
    const assets = { ThrottlingRateLimit: 800, ThrottlingBurstLimit: 1600 };
    const idsOf = (RouteKey: string) =>
      Object.keys(
        template.findResources('AWS::ApiGatewayV2::Route', {
          Properties: { RouteKey, ApiId: { Ref: Match.stringLikeRegexp('^Api') } },
        }),
      );
    template.hasResource('AWS::ApiGatewayV2::Stage', {
      Properties: {
        DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
        RouteSettings: {
          'GET /j/{code}': shortLinks,
          'HEAD /j/{code}': shortLinks,
          'GET /assets/{hash}': assets,
          'HEAD /assets/{hash}': assets,
        },
      },
      DependsOn: Match.arrayWith([...idsOf('GET /j/{code}'), ...idsOf('GET /assets/{hash}')]),
    });
  });

  test('rings where many short links lead nowhere, as in a scan of codes', () => {
    template.hasResourceProperties('AWS::Logs::MetricFilter', { FilterPattern: '{ $.message = "Short link missed" }' });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ShortLinksMissed',
      Threshold: 100,
      Period: 300,
      Statistic: 'Sum',
    });
  });
});

describe('functions', () => {
  test('have a role, and a log that ends, each its own', () => {
    const functions = Object.values(template.findResources('AWS::Lambda::Function'));
    const roles = functions.map(({ Properties }) => Properties.Role['Fn::GetAtt'][0]);
    const logs = functions.map(({ Properties }) => Properties.LoggingConfig.LogGroup.Ref);

    expect(functions.length).toBeGreaterThan(6);
    expect(new Set(roles).size).toBe(functions.length);
    expect(new Set(logs).size).toBe(functions.length);
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: Match.anyValue() });
    template.allResourcesProperties('AWS::Lambda::Function', { Runtime: 'nodejs24.x' });
  });

  test('may do nothing to every resource, but for the mapping’s list of streams', () => {
    const statements = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
      ({ Properties }) => Properties.PolicyDocument.Statement,
    );
    const everywhere = statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);

    expect(new Set(everywhere)).toEqual(new Set(['dynamodb:ListStreams']));
  });
});

describe('deliveries', () => {
  test('come from a queue for each channel, a few at a time, with what failed for good kept', () => {
    expect(deliveryMappings(template)).toEqual([
      ['DeliverEmail', 'EmailDeliveries', 10, 4],
      ['DeliverSms', 'SmsDeliveries', 10, 2],
      ['DeliverPush', 'PushDeliveries', 10, 2],
    ]);
    for (const channel of ['Email', 'Sms', 'Push']) {
      const [[, queue] = []] = withName('AWS::SQS::Queue', `${channel}Deliveries`);
      const [[failures = ''] = []] = withName('AWS::SQS::Queue', `${channel}DeliveryFailures`);
      expect(queue?.Properties.RedrivePolicy).toEqual({
        maxReceiveCount: 10,
        deadLetterTargetArn: { 'Fn::GetAtt': [failures, 'Arn'] },
      });
    }
  });

  test.each([
    [1, 5, 2],
    [14, 10, 4],
    [500, 10, 125],
    [5_000, 10, 125],
  ])('go out by mail at %i a second: %i a batch, %i workers', async (maxSendRate, batchSize, workers) => {
    expect(deliveryMappings(await templateOf({ maxSendRate }))[0]).toEqual([
      'DeliverEmail',
      'EmailDeliveries',
      batchSize,
      workers,
    ]);
  });

  test.each([
    [500, 512],
    [501, 1_024],
  ])(
    'have at %i mails a second %i MB: less where a worker waits between one and the next',
    async (maxSendRate, megabytes) => {
      const functions = Object.entries((await templateOf({ maxSendRate })).findResources('AWS::Lambda::Function'));
      const memoryOf = (name: string) => functions.find(([id]) => id.slice(0, -8) === name)?.[1].Properties.MemorySize;
      expect(['DeliverEmail', 'DeliverSms', 'DeliverPush'].map(memoryOf)).toEqual([megabytes, 1_024, 1_024]);
    },
  );

  test('are given up before their claim of 45 seconds ends, and come again after it', () => {
    expect(leaseSeconds).toBe(45);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ DELIVERY_MAX_RECEIVES: '10' }) },
      Timeout: 30,
    });
    template.hasResourceProperties('AWS::SQS::Queue', {
      RedrivePolicy: { maxReceiveCount: 10 },
      VisibilityTimeout: 60,
    });
  });

  test('may publish to telephones, and to the endpoints of the applications', () => {
    const publish = (name: string) =>
      statementsOf(name).filter(({ Action }) => [Action].flat().includes('sns:Publish'));

    expect(publish('DeliverEmail')).toEqual([]);
    expect(publish('DeliverSms')).toMatchObject([{ NotResource: 'arn:aws:sns:*:*:*' }]);
    expect(publish('DeliverPush')).toMatchObject([
      { Resource: 'arn:aws:sns:eu-west-1:111122223333:endpoint/GCM/meetings/*' },
    ]);
    expect(actionsOf('DeliverSms')).not.toContain('ses:SendRawEmail');
  });

  test('may not send what is not set', async () => {
    const text = JSON.stringify(
      (await templateOf({ mailIdentity: '', smsService: false, inviteMechanisms: [] })).toJSON(),
    );

    expect(text).not.toContain('ses:SendRawEmail');
    expect(text).not.toContain('"NotResource"');
  });
});

describe('what follows a meeting', () => {
  test('hears of meetings that were written, of who waits for a host or cannot be reached, and gives up in the end', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FilterCriteria: {
        Filters: [
          {
            Pattern:
              '{"eventName":["INSERT","MODIFY"],"dynamodb":{"Keys":{"sk":{"S":["MEETING","UNREACHABLE",{"prefix":"WAITING#"},{"prefix":"ANSWER#"}]}}}}',
          },
          {
            Pattern:
              '{"eventName":["INSERT","MODIFY"],"dynamodb":{"Keys":{"sk":{"S":[{"prefix":"DELIVERY#"}]}},"NewImage":{"state":{"S":["failed"]}}}}',
          },
        ],
      },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 10,
      MaximumRecordAgeInSeconds: 21_600,
      ParallelizationFactor: 4,
      DestinationConfig: { OnFailure: Match.anyValue() },
    });
  });

  test('may keep schedules of its own group, and hand Scheduler the one role', () => {
    expect(actionsOf('OnMeetingChanged')).toEqual(
      expect.arrayContaining(['scheduler:CreateSchedule', 'scheduler:UpdateSchedule', 'scheduler:DeleteSchedule']),
    );
    const [pass] = statementsOf('OnMeetingChanged').filter(({ Action }) => Action === 'iam:PassRole');
    expect(pass?.Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } });
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({
            Principal: { Service: 'scheduler.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ],
      },
    });
  });

  test.each([
    ['/meetings/bitly', 'ssm:GetParameter', 'parameter/meetings/bitly'],
    ['secretsmanager:meetings/bitly', 'secretsmanager:GetSecretValue', 'secret:meetings/bitly-??????'],
  ])('alone may read the shortener’s token, and no other secret: %s', async (shortenerToken, action, resource) => {
    const policies = Object.entries((await templateOf({ shortenerToken })).findResources('AWS::IAM::Policy'));
    const reading = policies.flatMap(([id, { Properties }]) =>
      Properties.PolicyDocument.Statement.filter(({ Action }: { Action: unknown }) =>
        [Action].flat().includes(action),
      ).map(({ Resource }: { Resource: unknown }) => [id, JSON.stringify(Resource)]),
    );

    expect(reading).toEqual([[expect.stringMatching(/^OnMeetingChanged/), expect.stringContaining(resource)]]);
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).not.toContain(action);
  });

  test('is watched', () => {
    for (const queue of [
      'EmailDeliveryFailures',
      'SmsDeliveryFailures',
      'PushDeliveryFailures',
      'PlanningFailures',
      'ReminderFailures',
      'MeetingChangeFailures',
    ]) {
      expect(Object.keys(template.findResources('AWS::CloudWatch::Alarm')).join()).toContain(`${queue}Alarm`);
    }
    const all = Object.values(template.findResources('AWS::Logs::MetricFilter')).map((filter) => filter.Properties);
    const filters = all.filter(({ FilterPattern }) => FilterPattern.includes('"Delivery '));
    const watched = ['DeliverEmail', 'DeliverSms', 'DeliverPush'];
    expect(
      filters.map(({ FilterPattern, LogGroupName }) => [LogGroupName.Ref.replace(/Log.*/, ''), FilterPattern]),
    ).toEqual(
      ['Delivery given up', 'Delivery held up by the set-up'].flatMap((message) =>
        watched.map((name) => [name, `{ $.message = "${message}" }`]),
      ),
    );
    for (const { MetricTransformations } of filters) {
      const [{ MetricName, MetricNamespace: Namespace }] = MetricTransformations;
      const ofAll = { MetricName, Namespace, Statistic: 'Sum', Threshold: 1 };
      template.hasResourceProperties('AWS::CloudWatch::Alarm', ofAll);
    }
  });
});
