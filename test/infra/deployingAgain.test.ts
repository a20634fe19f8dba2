import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { synthesize } from '../../infra/synthesize.ts';
import { testBundles } from '../bundles.ts';
import { namings, openAccount, type Resources } from './account.ts';
import { everything, fourSettings, resourcesOf } from './fourSettings.ts';

/** What outlives its stack, and why it may: people's data. */
const kept = [
  'AWS::DynamoDB::Table',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolGroup',
];

describe.each(fourSettings)('with the settings %s', (settings) => {
  let resources: Resources;
  let keptHere: string[];

  beforeAll(async () => {
    resources = await resourcesOf(settings);
    keptHere = Object.values(resources).flatMap(({ Type }) => (kept.includes(Type) ? [Type] : []));
  });

  test('it is known of every kind of resource how it is named', () => {
    const types = new Set(Object.values(resources).map(({ Type }) => Type));

    expect([...types].filter((type) => !(type in namings))).toEqual([]);
  });

  test('a stack that was destroyed leaves the data alone, and can be deployed again', () => {
    const account = openAccount();

    for (let round = 1; round <= 3; round += 1) {
      expect(account.create('Meetings', resources)).toEqual({ outcome: 'CREATE_COMPLETE' });
      expect(account.destroy('Meetings')).toBe('DELETE_COMPLETE');
      expect(account.orphans().sort()).toEqual(
        Array.from({ length: round }, () => keptHere)
          .flat()
          .sort(),
      );
    }
  });

  test('a deployment that failed, whatever of it failed, is rolled back and can be tried again', () => {
    const ends = Object.keys(resources).map((failing) => {
      const account = openAccount();
      const first = account.create('Meetings', resources, failing);
      return [first, account.create('Meetings', resources)];
    });

    expect(ends.length).toBeGreaterThan(200);
    expect(new Set(ends.map(([first]) => first?.outcome))).toEqual(new Set(['ROLLBACK_COMPLETE']));
    expect(ends.flatMap(([, second]) => second?.reason ?? [])).toEqual([]);
  });

  test('nothing that is kept has a name of the template’s own, which the next stack would want', () => {
    const fixed = Object.entries(resources).filter(([, { Type, DeletionPolicy, Properties = {} }]) => {
      const { name, within } = namings[Type] ?? {};
      return DeletionPolicy?.startsWith('Retain') && within === undefined && name !== undefined && name in Properties;
    });

    expect(fixed.map(([logicalId]) => logicalId)).toEqual([]);
  });
});

describe('two stages in one account', () => {
  const stageOf = async (stage: string, settings: object) => {
    const { directory, stackName } = await synthesize({
      context: { meetings: { ...settings, stackName: `Meetings-${stage}`, tags: { stage } } },
      outdir: join(mkdtempSync(join(tmpdir(), 'stages-')), 'cdk.out'),
      bundles: testBundles,
      validate: false,
    });
    const template = JSON.parse(readFileSync(join(directory, `${stackName}.template.json`), 'utf8'));
    const manifest = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'));
    return { stackName, resources: template.Resources, tags: manifest.artifacts[stackName].properties.tags };
  };

  test('stand side by side, each with its tag, where each has hosts of its own', async () => {
    const test = await stageOf('test', {
      ...everything,
      linkHost: 'https://test.example.org',
      socketHost: 'wss://sockets.test.example.org',
    });
    const production = await stageOf('production', everything);
    const account = openAccount();

    expect([test.tags, production.tags]).toEqual([{ stage: 'test' }, { stage: 'production' }]);
    expect(account.create(test.stackName, test.resources)).toEqual({ outcome: 'CREATE_COMPLETE' });
    expect(account.create(production.stackName, production.resources)).toEqual({ outcome: 'CREATE_COMPLETE' });
    expect(account.destroy(test.stackName)).toBe('DELETE_COMPLETE');
    expect(account.create(test.stackName, test.resources)).toEqual({ outcome: 'CREATE_COMPLETE' });
  });

  test('cannot share a host: API Gateway has each domain once', async () => {
    const [test, production] = [await stageOf('test', everything), await stageOf('production', everything)];
    const account = openAccount();
    account.create(test.stackName, test.resources);

    expect(account.create(production.stackName, production.resources)).toEqual({
      outcome: 'ROLLBACK_COMPLETE',
      reason: 'AWS::ApiGatewayV2::DomainName "meetings.example.org" already exists',
    });
  });
});

describe('an alarm', () => {
  let template: Template;

  beforeAll(async () => {
    template = Template.fromJSON({ Resources: await resourcesOf('everything on') });
  });

  test('may say so on the topic that the operators hear of, and nobody else may', () => {
    const [policy] = Object.values(template.findResources('AWS::SNS::TopicPolicy'));
    const topic = { Ref: expect.stringMatching(/^Alarms/) };
    const own = (service: string, rest: string) => ({
      'Fn::Join': ['', expect.arrayContaining([`:${service}:`, rest])],
    });

    expect(policy?.Properties.Topics).toEqual([topic]);
    expect(policy?.Properties.PolicyDocument.Statement).toEqual([
      {
        Sid: 'AllowPublishThroughSSLOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 'sns:Publish',
        Resource: topic,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        Sid: 'AlarmsPublish',
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: topic,
        Condition: {
          ArnLike: { 'aws:SourceArn': own('cloudwatch', ':alarm:*') },
          StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
        },
      },
    ]);
  });

  test('of every kind there is acts on that topic', () => {
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));

    expect(alarms).toHaveLength(18);
    for (const { Properties } of alarms) {
      expect(Properties.AlarmActions).toEqual([{ Ref: expect.stringMatching(/^Alarms/) }]);
    }
  });
});
