import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { synthesize } from '../../infra/synthesize.ts';
import { testBundles } from '../bundles.ts';

interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

let template: Template;
let resources: readonly [string, Resource][];

beforeAll(async () => {
  const { directory, stackName } = await synthesize({
    context: {
      meetings: {
        inviteMechanisms: ['email'],
        mailIdentity: 'Meetings <meetings@example.org>',
        remindBefore: 10,
        alarmEmail: 'operators@example.org',
      },
    },
    outdir: join(mkdtempSync(join(tmpdir(), 'again-')), 'cdk.out'),
    bundles: testBundles,
    validate: false,
  });
  template = Template.fromString(readFileSync(join(directory, `${stackName}.template.json`), 'utf8'));
  resources = Object.entries(template.toJSON().Resources);
});

describe('a stack that was destroyed, and is deployed again', () => {
  /** The property by which CloudFormation gives a resource a name of its own, where its type has one. */
  const nameProperties = [
    'Name',
    'TableName',
    'QueueName',
    'TopicName',
    'LogGroupName',
    'RoleName',
    'FunctionName',
    'UserPoolName',
    'AlarmName',
  ];

  test('finds no name taken by what was kept of it', () => {
    const kept = resources.filter(([, { DeletionPolicy }]) => DeletionPolicy?.startsWith('Retain'));
    const named = kept.filter(([, { Properties = {} }]) => nameProperties.some((name) => name in Properties));

    const kinds = new Set(kept.map(([, { Type }]) => Type));
    // Groups have names within their pool, and a new stack has a new pool.
    expect([...kinds].sort()).toEqual([
      'AWS::Cognito::UserPool',
      'AWS::Cognito::UserPoolClient',
      'AWS::Cognito::UserPoolGroup',
      'AWS::DynamoDB::Table',
    ]);
    expect(named).toEqual([]);
  });

  test('has schedule groups that went with it, and with them their schedules', () => {
    const groups = resources.filter(([, { Type }]) => Type === 'AWS::Scheduler::ScheduleGroup');

    expect(groups.map(([, { DeletionPolicy }]) => DeletionPolicy)).toEqual(['Delete', 'Delete']);
  });
});

describe('an alarm', () => {
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

    expect(alarms).toHaveLength(8);
    for (const { Properties } of alarms) {
      expect(Properties.AlarmActions).toEqual([{ Ref: expect.stringMatching(/^Alarms/) }]);
    }
  });
});
