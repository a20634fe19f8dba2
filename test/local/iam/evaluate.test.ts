import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../infra/local/iam/evaluate.ts';
import type { Principal } from '../../../infra/local/iam/principals.ts';
import { readStatements } from '../../../infra/local/iam/statement.ts';

const topic = 'arn:aws:sns:eu-west-1:000000000000:Alarms';
const role = { kind: 'role', arn: 'arn:aws:iam::000000000000:role/Role' } satisfies Principal;
const cloudwatch = { kind: 'service', name: 'cloudwatch.amazonaws.com' } satisfies Principal;
const publish = { Action: 'sns:Publish', Resource: topic };

/** Asks to publish, with these statements on the role and on the topic. */
function ask(who: Principal, ofRole: readonly object[], ofTopic: readonly object[], context = {}) {
  const statements = readStatements({ Statement: ofRole });
  return evaluate(
    {
      roles: new Map([[role.arn, { arn: role.arn, name: 'Role', statements }]]),
      resources: new Map([[topic, readStatements({ Statement: ofTopic })]]),
    },
    who,
    { action: 'sns:Publish', resource: topic, context },
  );
}

const allow = (Principal: unknown, more: object = {}) => ({ Effect: 'Allow', Principal, ...publish, ...more });
const deny = (Principal: unknown, more: object = {}) => ({ Effect: 'Deny', Principal, ...publish, ...more });

describe('a role of the account', () => {
  test.each([
    ['by its own policy alone', [{ Effect: 'Allow', ...publish }], []],
    ["by the topic's alone, where that names it", [], [allow({ AWS: role.arn })]],
    ["by the topic's alone, where that names everybody", [], [allow('*')]],
    ["by the topic's alone, where that is a list", [], [allow({ AWS: ['arn:aws:iam::1:role/Other', role.arn] })]],
  ])('may publish %s', (_, ofRole, ofTopic) => {
    expect(ask(role, ofRole, ofTopic)).toMatchObject({ isAllowed: true, deniedBy: undefined });
  });

  test.each([
    ['where nobody says so', [], []],
    ['where the topic names another role', [], [allow({ AWS: 'arn:aws:iam::000000000000:role/Other' })]],
    ['where the topic names a service', [], [allow({ Service: 'cloudwatch.amazonaws.com' })]],
    [
      'where the topic names its account, which hands the decision on to its policies',
      [],
      [allow({ AWS: '000000000000' })],
    ],
    ['where the topic names its account by the root', [], [allow({ AWS: 'arn:aws:iam::000000000000:root' })]],
    ['where the topic allows something else', [], [{ ...allow('*'), Action: 'sns:Subscribe' }]],
  ])('may not publish %s', (_, ofRole, ofTopic) => {
    expect(ask(role, ofRole, ofTopic)).toMatchObject({ isAllowed: false, deniedBy: undefined });
  });

  test.each([
    ['identity-based', [{ Effect: 'Deny', ...publish }], [allow('*')]],
    ['resource-based', [{ Effect: 'Allow', ...publish }], [allow('*'), deny({ AWS: role.arn })]],
    ['resource-based', [{ Effect: 'Allow', ...publish }], [deny({ AWS: 'arn:aws:iam::000000000000:root' })]],
  ])('is denied by a policy that is %s, whatever another allows', (deniedBy, ofRole, ofTopic) => {
    expect(ask(role, ofRole, ofTopic)).toMatchObject({ isAllowed: false, deniedBy });
  });
});

describe('a service that acts for itself', () => {
  const ours = { 'aws:SourceAccount': ['000000000000'] };
  const forUs = { Condition: { StringEquals: { 'aws:SourceAccount': '000000000000' } } };

  test('may do what the resource allows it, and nothing by the policies of roles', () => {
    expect(ask(cloudwatch, [], [allow({ Service: cloudwatch.name })]).isAllowed).toBe(true);
    expect(ask(cloudwatch, [{ Effect: 'Allow', ...publish }], []).isAllowed).toBe(false);
    expect(ask(cloudwatch, [], [allow({ Service: 'events.amazonaws.com' })]).isAllowed).toBe(false);
    expect(ask(cloudwatch, [], [allow({ AWS: role.arn })]).isAllowed).toBe(false);
  });

  test('is held to whom it acts for', () => {
    const policy = [allow({ Service: cloudwatch.name }, forUs)];

    expect(ask(cloudwatch, [], policy, ours).isAllowed).toBe(true);
    expect(ask(cloudwatch, [], policy, { 'aws:SourceAccount': ['999999999999'] }).isAllowed).toBe(false);
    expect(ask(cloudwatch, [], policy).isAllowed).toBe(false);
  });

  test('is meant by a denial of everybody, and not by one of the account', () => {
    const policy = allow({ Service: cloudwatch.name });

    expect(ask(cloudwatch, [], [policy, deny('*')]).deniedBy).toBe('resource-based');
    expect(ask(cloudwatch, [], [policy, deny({ AWS: '000000000000' })]).isAllowed).toBe(true);
  });
});
