import { expect, test } from 'vitest';
import { openEventBuses } from '../../../infra/local/events/eventBuses.ts';
import type { Rule } from '../../../infra/local/events/rules.ts';
import { readPattern } from '../../../infra/local/mappings/filter.ts';

const functionArn = 'arn:aws:lambda:eu-west-1:000000000000:function:Listen';
const queueArn = 'arn:aws:sqs:eu-west-1:000000000000:Events';
const failuresArn = 'arn:aws:sqs:eu-west-1:000000000000:Failures';
const ruleArn = 'arn:aws:events:eu-west-1:000000000000:rule/Bounces';

const rule: Rule = {
  name: 'Bounces',
  arn: ruleArn,
  busName: 'default',
  matches: readPattern({ source: ['aws.ses'], detail: { mail: { tags: { 'ses:configuration-set': ['ours'] } } } }),
  targets: [
    {
      Arn: functionArn,
      Id: 'Target0',
      InputTransformer: {
        InputPathsMap: {
          type: '$.detail-type',
          meeting: '$.detail.mail.tags.meeting[0]',
          status: '$.detail.bounce.bouncedRecipients[0].status',
          took: '$.detail.took',
        },
        InputTemplate: '{"type":"<type>","meeting":"<meeting>","status":"<status>","took":<took>}',
      },
      RetryPolicy: undefined,
    },
    { Arn: queueArn, Id: 'Target1', DeadLetterConfig: { Arn: failuresArn }, RetryPolicy: undefined },
  ],
};

function openTrial(refused: readonly string[] = []) {
  const accepted: unknown[] = [];
  const sent: { queueArn: string; body: unknown; attributes: unknown }[] = [];
  const lines: string[] = [];
  const buses = openEventBuses({
    rules: [rule],
    acceptEvent: (arn, payload, _, delayMs) => accepted.push({ arn, payload, delayMs }),
    sendTo: (arn, { body, attributes }) => sent.push({ queueArn: arn, body: JSON.parse(body), attributes }) > 0,
    mayTarget: (targetArn) => !refused.includes(targetArn),
    report: (line) => lines.push(line),
  });
  return { buses, accepted, sent, lines };
}

const bounced = {
  detailType: 'Email Bounced',
  source: 'aws.ses',
  time: new Date('2027-03-01T10:00:00.123Z'),
  resources: ['arn:aws:ses:eu-west-1:000000000000:configuration-set/ours'],
  detail: {
    took: 3,
    mail: { tags: { 'ses:configuration-set': ['ours'], meeting: ['m"1'] } },
    bounce: { bouncedRecipients: [{ emailAddress: 'ana@example.org' }] },
  },
};

test('hands a target what its template makes of the event, nothing in the place of what it lacks', () => {
  const { buses, accepted } = openTrial();
  buses.put('default', bounced, 100);
  const payload = { type: 'Email Bounced', meeting: 'm"1', status: '', took: 3 };
  expect(accepted).toEqual([{ arn: functionArn, payload, delayMs: 100 }]);
});

test('hands a target without a template the event itself', () => {
  const { buses, sent } = openTrial();
  const id = buses.put('default', bounced);
  expect(sent).toEqual([
    {
      queueArn,
      attributes: {},
      body: {
        version: '0',
        id,
        'detail-type': 'Email Bounced',
        source: 'aws.ses',
        account: '000000000000',
        time: '2027-03-01T10:00:00Z',
        region: 'eu-west-1',
        resources: bounced.resources,
        detail: bounced.detail,
      },
    },
  ]);
});

test.each([
  ['another bus', 'theirs', bounced],
  ['another source', 'default', { ...bounced, source: 'aws.ec2' }],
  ['another set', 'default', { ...bounced, detail: { mail: { tags: { 'ses:configuration-set': ['theirs'] } } } }],
])('passes over what the rule does not take: %s', (_, busName, entry) => {
  const { buses, accepted, sent } = openTrial();
  buses.put(busName, entry);
  expect([accepted, sent]).toEqual([[], []]);
});

test("sends what a target does not take to the rule's dead-letter queue", () => {
  const { buses, sent, lines } = openTrial([queueArn]);
  buses.put('default', bounced);
  expect(sent).toMatchObject([
    {
      queueArn: failuresArn,
      body: { detail: bounced.detail },
      attributes: { RULE_ARN: { StringValue: ruleArn }, TARGET_ARN: { StringValue: queueArn } },
    },
  ]);
  expect(lines).toEqual([`The rule Bounces did not reach ${queueArn}`]);
});
