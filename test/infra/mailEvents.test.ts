import { Match, Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { resourcesOf } from './fourSettings.ts';

let shipped: Template;
let named: Template;

beforeAll(async () => {
  shipped = Template.fromJSON({ Resources: await resourcesOf('shipped') });
  named = Template.fromJSON({ Resources: await resourcesOf('everything on') });
});

const rules = (of: Template) => Object.values(of.findResources('AWS::Events::Rule')).map((one) => one.Properties);
const setOf = (of: Template) => Object.keys(of.findResources('AWS::SES::ConfigurationSet'));

describe('where no configuration set is named', () => {
  test('the stack makes one, which publishes what becomes of mails on the default bus', () => {
    const [set] = setOf(shipped);
    shipped.hasResourceProperties('AWS::SES::ConfigurationSetEventDestination', {
      ConfigurationSetName: { Ref: set },
      EventDestination: {
        Enabled: true,
        EventBridgeDestination: {
          EventBusArn: { 'Fn::Join': ['', Match.arrayWith([':event-bus/default'])] },
        },
        MatchingEventTypes: ['delivery', 'bounce', 'complaint', 'reject', 'deliveryDelay'],
      },
    });
    expect(rules(shipped)[0]?.EventPattern.detail.mail.tags['ses:configuration-set']).toEqual([{ Ref: set }]);
  });

  test('mails are sent with it', () => {
    const [deliver] = Object.entries(shipped.findResources('AWS::Lambda::Function')).filter(([id]) =>
      id.startsWith('DeliverEmail'),
    );
    const settings = JSON.stringify(deliver?.[1].Properties.Environment.Variables.SETTINGS);
    expect(settings).toContain(`\\"configurationSet\\":\\"",{"Ref":"${setOf(shipped)[0]}"}`);
  });
});

test('where one is named, the stack makes none, and listens to that', () => {
  expect(setOf(named)).toEqual([]);
  named.resourceCountIs('AWS::SES::ConfigurationSetEventDestination', 0);
  expect(rules(named).map(({ EventPattern }) => EventPattern)).toEqual([
    {
      source: ['aws.ses'],
      'detail-type': [
        'Email Delivered',
        'Email Delivery Delayed',
        'Email Bounced',
        'Email Complaint Received',
        'Email Rejected',
      ],
      detail: { mail: { tags: { 'ses:configuration-set': ['meetings'], meeting: [{ exists: true }] } } },
    },
  ]);
});

test('the function is told the kind, the status, the time and the tags, and nothing else', () => {
  const [target, ...others] = rules(shipped)[0]?.Targets ?? [];
  expect(others).toEqual([]);
  expect(target).toMatchObject({ Arn: { 'Fn::GetAtt': [expect.stringMatching(/^OnMailEvent/), 'Arn'] } });
  expect(target).not.toHaveProperty('DeadLetterConfig');
  expect(target?.InputTransformer).toEqual({
    InputPathsMap: {
      type: '$.detail.eventType',
      time: '$.time',
      meeting: '$.detail.mail.tags.meeting[0]',
      occasion: '$.detail.mail.tags.occasion[0]',
      participant: '$.detail.mail.tags.participant[0]',
      bounceType: '$.detail.bounce.bounceType',
      bounceSubtype: '$.detail.bounce.bounceSubType',
      bounceStatus: '$.detail.bounce.bouncedRecipients[0].status',
      delayStatus: '$.detail.deliveryDelay.delayedRecipients[0].status',
      complaintSubtype: '$.detail.complaint.complaintSubType',
    },
    InputTemplate:
      '{"type":"<type>","time":"<time>","meeting":"<meeting>","occasion":"<occasion>","participant":"<participant>","bounceType":"<bounceType>","bounceSubtype":"<bounceSubtype>","bounceStatus":"<bounceStatus>","delayStatus":"<delayStatus>","complaintSubtype":"<complaintSubtype>"}',
  });
});

test.each([
  ['BounceRate', 0.05],
  ['ComplaintRate', 0.001],
])('an alarm rings where %s of the account is %d or more', (rate, Threshold) => {
  shipped.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/SES',
    MetricName: `Reputation.${rate}`,
    Threshold,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Statistic: 'Maximum',
    Period: 3600,
    TreatMissingData: 'ignore',
    AlarmDescription: `What it means, and what to do: docs/operating.md, ${rate}Alarm.`,
  });
});
