import { beforeAll, describe, expect, test } from 'vitest';
import type { Stack } from '../../infra/local/assembly/stack.ts';
import { evaluate, type Policies } from '../../infra/local/iam/evaluate.ts';
import { readRoles } from '../../infra/local/iam/policies.ts';
import type { Principal } from '../../infra/local/iam/principals.ts';
import { readResourcePolicies } from '../../infra/local/iam/resourcePolicies.ts';
import { fourSettings, stackOf } from './fourSettings.ts';
import { contextOf, type Need, needsOf } from './neededAccess.ts';

const services = [
  'apigateway.amazonaws.com',
  'cloudwatch.amazonaws.com',
  'events.amazonaws.com',
  'lambda.amazonaws.com',
  'scheduler.amazonaws.com',
  'sns.amazonaws.com',
];

describe.each(fourSettings)('with the settings %s', (settings) => {
  let stack: Stack;
  let policies: Policies;
  let needs: Need[];

  beforeAll(async () => {
    stack = await stackOf(settings);
    policies = {
      roles: new Map(readRoles(stack).map((role) => [role.arn, role])),
      resources: readResourcePolicies(stack),
    };
    needs = needsOf(stack);
  });

  const may = ({ who, action, resource }: Need, context: Record<string, readonly string[]>, by: Principal = who) =>
    evaluate(policies, by, { action, resource, context }).isAllowed;
  const textOf = ({ who, action, resource, sourceArn }: Need) =>
    `${who.kind === 'role' ? who.arn : who.name} ${action} ${resource} ${sourceArn ?? ''}`;
  const ofServices = () => needs.filter(({ who }) => who.kind === 'service');
  /** Both policies on alarms, API routes and schedules name whom the service acts for; Lambda takes roles for itself. */
  const forOthers = () =>
    ofServices().filter(({ who }) => who.kind === 'service' && who.name !== 'lambda.amazonaws.com');

  test('is allowed all that the template makes AWS do by itself', () => {
    expect(needs.length).toBeGreaterThan(80);
    expect(needs.filter((need) => !may(need, contextOf(need))).map(textOf)).toEqual([]);
  });

  test('no service but the one that acts may do the same', () => {
    const others = ofServices().flatMap((need) =>
      services
        .filter((name) => need.who.kind === 'service' && name !== need.who.name)
        .map((name) => ({ ...need, who: { kind: 'service', name } satisfies Principal })),
    );

    expect(others.filter((need) => may(need, contextOf(need))).map(textOf)).toEqual([]);
  });

  test('the service that acts may not do the same for another account', () => {
    expect(
      forOthers()
        .filter((need) => may(need, contextOf(need, '999999999999')))
        .map(textOf),
    ).toEqual([]);
  });

  test('the gateway may not invoke a function for an API of somebody else, nor for another route of ours where one alone leads to it', () => {
    const routes = ofServices().filter(({ who }) => who.kind === 'service' && who.name === 'apigateway.amazonaws.com');
    const leadingTo = ({ resource }: Need) => routes.filter((other) => other.resource === resource).length;
    const elsewhere = (need: Need) => [
      { ...need, sourceArn: need.sourceArn?.replace(/:[^:/]+\/([^:/]+)\//, ':other/$1/') },
      // What has no route of its own is the default one's, whatever its path.
      // Several routes of a function share one permission: a stack has room for so many resources only.
      ...(need.sourceArn?.endsWith('$default') || leadingTo(need) > 1
        ? []
        : [{ ...need, sourceArn: `${need.sourceArn}/further` }]),
    ];
    const wrong = routes.flatMap(elsewhere).filter((need) => may(need, contextOf(need)));

    expect(routes.length).toBeGreaterThan(20);
    expect(wrong.map(textOf)).toEqual([]);
  });

  test('nothing goes to a topic or a queue but over TLS', () => {
    const inTransit = needs.filter(({ action }) => /^(sns|sqs):/.test(action));
    const inClear = (need: Need) => ({ ...contextOf(need), 'aws:SecureTransport': ['false'] });

    expect(inTransit.length).toBeGreaterThan(5);
    expect(inTransit.filter((need) => may(need, inClear(need))).map(textOf)).toEqual([]);
  });

  test('only those roles read a source or leave what failed that have to', () => {
    const shared = needs.filter(
      ({ action, resource }) =>
        action === 'sqs:ReceiveMessage' || action === 'dynamodb:GetRecords' || /Failures$/.test(resource),
    );
    const keyOf = ({ action, resource }: Need) => `${action} ${resource}`;
    const wrong = shared.flatMap((need) =>
      [...policies.roles.keys()]
        .map((arn): Need => ({ ...need, who: { kind: 'role', arn } }))
        .filter((other) => !needs.some((one) => keyOf(one) === keyOf(other) && textOf(one) === textOf(other)))
        .filter((other) => may(other, contextOf(other))),
    );

    expect(wrong.map(textOf)).toEqual([]);
  });

  test('Scheduler is handed its roles and no other service is', () => {
    const passes = needs.filter(({ action }) => action === 'iam:PassRole');
    const toLambda = { 'iam:PassedToService': ['lambda.amazonaws.com'] };

    expect(passes.length).toBeGreaterThan(1);
    expect(passes.filter((need) => may(need, toLambda)).map(textOf)).toEqual([]);
  });
});
