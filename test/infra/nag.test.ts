import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { MeetingsStack } from '../../infra/meetingsStack.ts';
import { readProject } from '../../infra/synthesize.ts';
import { testBundles } from '../bundles.ts';
import { contextOf, fourSettings } from './fourSettings.ts';

/** The stack as it stands before it is synthesized. */
async function stackWith(over: Readonly<Record<string, unknown>>): Promise<MeetingsStack> {
  const { context, settings } = readProject(over);
  const app = new App({ context, builtinCloudFormationValidation: false });
  return new MeetingsStack(app, settings.stackName, { settings, bundles: await testBundles() });
}

/** What the packs find, as rule and place. */
function findingsOf(stack: MeetingsStack): string[] {
  return [new AwsSolutionsChecks(), new ServerlessChecks()].flatMap((pack) =>
    pack
      .validateScope(stack)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
      ),
  );
}

/** Each reason that is given, with where. */
function reasonsOf(stack: MeetingsStack): { path: string; rule: string; reason: string }[] {
  const constructs: IConstruct[] = stack.node.findAll();
  return constructs.flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data))
      .map(([rule, reason]) => ({ path: node.path, rule, reason: String(reason) })),
  );
}

describe.each(fourSettings)('with the settings %s', (settings) => {
  test('AWS’s Solutions and Serverless rules find nothing that is not explained beside it', async () => {
    expect(findingsOf(await stackWith(contextOf(settings)))).toEqual([]);
  });
});

test('each rule is explained where it applies, in a sentence, and none for the whole stack', async () => {
  const reasons = reasonsOf(await stackWith(contextOf('everything on')));

  expect(reasons.length).toBeGreaterThan(20);
  expect(reasons.filter(({ reason }) => !/^[A-Z].{20,}\.$/.test(reason))).toEqual([]);
  expect(reasons.filter(({ path }) => !path.includes('/'))).toEqual([]);
});

test('the rules do find what is wrong', async () => {
  const stack = await stackWith(contextOf('minimal'));
  const { Queue } = await import('aws-cdk-lib/aws-sqs');
  new Queue(stack, 'Plain');

  expect(findingsOf(stack)).toEqual([
    'AwsSolutions-SQS3 Meetings/Plain/Resource',
    'AwsSolutions-SQS4 Meetings/Plain/Resource',
    'Serverless-SQSRedrivePolicy Meetings/Plain/Resource',
  ]);
});
