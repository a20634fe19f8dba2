import type { Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, type RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { mailEventPaths } from '../../functions/deliveries/word/mailEvent.ts';
import { acknowledge } from '../acknowledge.ts';
import { createFailureQueue, failuresOfFunction } from '../failureQueue.ts';
import { grantTable } from '../grants/grants.ts';
import { createFunction, type FunctionDefaults } from '../serviceFunction.ts';
import type { SettingsOfStack } from './configurationSet.ts';

/** What EventBridge calls what is told of mails (EventBridge events reference, "Amazon SES service events"). */
const detailTypes = [
  'Email Delivered',
  'Email Delivery Delayed',
  'Email Bounced',
  'Email Complaint Received',
  'Email Rejected',
];

/**
 * What takes SES's word on the service's own mails, by a rule on the account's default event bus. A configuration set may
 * be another system's too: its mails have no such tags. What
 * the function fails at lies in the queue that is returned.
 *
 * @returns the queue
 */
export function createMailEvents(
  stack: Stack,
  defaults: FunctionDefaults,
  { configurationSet }: Pick<SettingsOfStack, 'configurationSet'>,
  table: Table,
): Queue {
  const onMailEvent = createFunction(stack, defaults, { handler: 'mail/onMailEvent' });
  grantTable(table, onMailEvent, ['GetItem', 'UpdateItem', 'PutItem']);
  const failures = createFailureQueue(stack, 'MailEventFailures');
  onMailEvent.configureAsyncInvoke({ retryAttempts: 2, onFailure: failuresOfFunction(failures) });
  const rule = new Rule(stack, 'MailEvents', {
    eventPattern: {
      source: ['aws.ses'],
      detailType: detailTypes,
      detail: { mail: { tags: { 'ses:configuration-set': [configurationSet], meeting: [{ exists: true }] } } },
    },
    targets: [new LambdaFunction(onMailEvent, { event: handedOn })],
  });
  acknowledge(rule, {
    'Serverless-EventBusDLQ':
      'It would hold the whole event, with the addresses in it. EventBridge tries for a day to hand it to Lambda, which keeps it.',
  });
  return failures;
}

/**
 * Of an event what `mailEventPaths` names, and nothing else. Each is text, which stands in quotes (EventBridge user guide,
 * "Input transformation"); what an event has not leaves them empty.
 */
const handedOn: RuleTargetInput = {
  bind: () => ({
    inputPathsMap: { ...mailEventPaths },
    inputTemplate: `{${Object.keys(mailEventPaths)
      .map((name) => `"${name}":"<${name}>"`)
      .join(',')}}`,
  }),
};
