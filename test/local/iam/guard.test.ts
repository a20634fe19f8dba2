import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CloudFormationTemplate } from '../../../infra/local/assembly/cloudAssembly.ts';
import { openStack } from '../../../infra/local/assembly/stack.ts';
import type { AwsCall, Permission } from '../../../infra/local/aws/awsCall.ts';
import { type Guard, openGuard } from '../../../infra/local/iam/guard.ts';
import { temporaryDirectory } from '../temporaryDirectory.ts';

const table = 'arn:aws:dynamodb:eu-west-1:000000000000:table/meetings';
const queue = 'arn:aws:sqs:eu-west-1:000000000000:Work';
const fn = 'arn:aws:lambda:eu-west-1:000000000000:function:Function';
const role = 'arn:aws:iam::000000000000:role/Role';

describe('openGuard', () => {
  test('allows what a statement of the role allows, and words a refusal as AWS does', () => {
    const { guard } = open([allow('dynamodb:GetItem', table)]);

    expect(authorize(guard, { action: 'dynamodb:GetItem', resource: table })).toBeUndefined();
    expect(authorize(guard, { action: 'dynamodb:PutItem', resource: table })).toMatchObject({
      code: 'AccessDeniedException',
      message:
        'User: arn:aws:sts::000000000000:assumed-role/Role/Tester is not authorized to perform: dynamodb:PutItem on resource: ' +
        `${table} because no identity-based policy allows the dynamodb:PutItem action`,
    });
  });

  test('lets a denial win', () => {
    const { guard } = open([allow('dynamodb:*', '*'), { ...allow('dynamodb:Scan', '*'), Effect: 'Deny' }]);

    expect(authorize(guard, { action: 'dynamodb:Query', resource: table })).toBeUndefined();
    expect(authorize(guard, { action: 'dynamodb:Scan', resource: table })?.message).toContain('with an explicit deny');
  });

  test('wants all of what a call needs', () => {
    const { guard } = open([allow('dynamodb:PutItem', table)]);

    const refusal = authorize(
      guard,
      { action: 'dynamodb:PutItem', resource: table },
      { action: 'dynamodb:ConditionCheckItem', resource: table },
    );

    expect(refusal?.message).toContain('dynamodb:ConditionCheckItem');
  });

  test('is content with one of the resources that stand for each other', () => {
    const identity = 'arn:aws:ses:eu-west-1:000000000000:identity/';
    const { guard } = open([allow('ses:SendRawEmail', `${identity}example.org`)]);
    const resource = [`${identity}meetings@example.org`, `${identity}example.org`];

    expect(authorize(guard, { action: 'ses:SendRawEmail', resource })).toBeUndefined();
    expect(guard.ledger.denied()).toEqual([]);
  });

  test('reads NotAction and NotResource', () => {
    const { guard } = open([{ Effect: 'Allow', NotAction: 'sns:Create*', NotResource: 'arn:aws:sns:*:*:*' }]);

    expect(authorize(guard, { action: 'sns:Publish', resource: '+34600000001' })).toBeUndefined();
    expect(authorize(guard, { action: 'sns:CreateTopic', resource: '+34600000001' })).toBeDefined();
    expect(authorize(guard, { action: 'sns:Publish', resource: 'arn:aws:sns:eu-west-1:0:topic' })).toBeDefined();
  });

  test('holds a condition against what the call says', () => {
    const { guard } = open([
      {
        ...allow('iam:PassRole', role),
        Condition: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
      },
    ]);
    const pass = (service: string) => ({
      action: 'iam:PassRole',
      resource: role,
      context: { 'iam:PassedToService': [service] },
    });

    expect(authorize(guard, pass('scheduler.amazonaws.com'))).toBeUndefined();
    expect(authorize(guard, pass('lambda.amazonaws.com'))).toBeDefined();
  });

  test("heeds the policy of a queue: a denial of all, and what it allows of the role's own account", () => {
    const { guard } = open([], {
      Statement: [
        {
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: 'sqs:*',
          Resource: queue,
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
        { Effect: 'Allow', Principal: { AWS: role }, Action: 'sqs:SendMessage', Resource: queue },
      ],
    });

    expect(authorize(guard, { action: 'sqs:SendMessage', resource: queue })).toBeUndefined();
    expect(authorize(guard, { action: 'sqs:DeleteMessage', resource: queue })).toBeDefined();
  });

  test('says who may take a role', () => {
    const { guard } = open([]);

    expect(
      guard.mayAssume(role, 'scheduler.amazonaws.com', 'arn:aws:scheduler:eu-west-1:000000000000:schedule-group/r'),
    ).toBe(true);
    expect(guard.mayAssume(role, 'lambda.amazonaws.com', 'arn:any')).toBe(false);
    expect(guard.mayAssume('arn:aws:iam::000000000000:role/Other', 'scheduler.amazonaws.com', 'arn:any')).toBe(false);
  });

  test('lets the gateway invoke a function for the routes that its policy names', () => {
    const { guard, refusals } = open([]);

    expect(guard.mayInvoke(fn, 'arn:aws:execute-api:eu-west-1:000000000000:Api/prod/GET/here')).toBe(true);
    expect(guard.mayInvoke(fn, 'arn:aws:execute-api:eu-west-1:000000000000:Api/prod/GET/there')).toBe(false);
    expect(refusals).toEqual([
      `User: apigateway.amazonaws.com is not authorized to perform: lambda:InvokeFunction on resource: ${fn} because no ` +
        'resource-based policy allows the lambda:InvokeFunction action',
    ]);
    expect(guard.ledger.denied()).toMatchObject([{ role: 'apigateway.amazonaws.com', resource: fn }]);
  });

  test('takes one grant away, and gives it back', () => {
    const { guard } = open([allow(['dynamodb:GetItem', 'dynamodb:PutItem'], table)]);
    const get = () => authorize(guard, { action: 'dynamodb:GetItem', resource: table });
    const giveBack = guard.withhold({ role: 'Role', action: 'dynamodb:GetItem', resource: table });

    expect(get()?.message).toContain(`dynamodb:GetItem on resource: ${table} because no identity-based policy`);
    expect(authorize(guard, { action: 'dynamodb:PutItem', resource: table })).toBeUndefined();
    giveBack();
    expect(get()).toBeUndefined();
    expect(() => guard.withhold({ role: 'Role', action: 'dynamodb:Scan', resource: table })).toThrow('dynamodb:Scan');
  });

  test('says which grants were used from a moment on, however often they were before', () => {
    const { guard } = open([allow(['dynamodb:GetItem', 'dynamodb:PutItem'], table)]);
    const use = (action: string) => authorize(guard, { action, resource: table });
    use('dynamodb:GetItem');
    const usedSince = guard.ledger.follow();
    use('dynamodb:GetItem');

    expect(usedSince()).toEqual([{ role: 'Role', action: 'dynamodb:GetItem', resource: table }]);
    use('dynamodb:PutItem');
    expect(usedSince()).toHaveLength(1);
  });

  test('keeps account of what was used, was not, and was refused; in its file too', () => {
    const { guard, ledgerFile } = open([allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [table, `${table}/index/*`])]);

    authorize(guard, { action: 'dynamodb:GetItem', resource: table });
    authorize(guard, { action: 'dynamodb:Scan', resource: table });

    expect(guard.ledger.denied()).toEqual([{ role: 'Role', action: 'dynamodb:Scan', resource: table }]);
    expect(guard.ledger.unused()).toEqual([
      { role: 'Role', action: 'dynamodb:GetItem', resource: `${table}/index/*` },
      { role: 'Role', action: 'dynamodb:PutItem', resource: table },
      { role: 'Role', action: 'dynamodb:PutItem', resource: `${table}/index/*` },
      { role: 'scheduler.amazonaws.com', action: 'sts:AssumeRole', resource: role },
      { role: 'apigateway.amazonaws.com', action: 'lambda:InvokeFunction', resource: fn },
    ]);
    const kinds = readFileSync(ledgerFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).kind);
    expect(kinds).toEqual([...Array.from({ length: 6 }, () => 'granted'), 'used', 'denied']);
  });

  test.each([
    [{ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }, 'AdministratorAccess'],
    [{ PermissionsBoundary: 'arn:aws:iam::aws:policy/Boundary' }, 'PermissionsBoundary'],
  ])('names what it does not know of a role: %j', (properties, named) => {
    expect(() => open([], undefined, properties)).toThrow(named);
  });
});

function open(statements: readonly object[], queuePolicy?: object, roleProperties: object = {}) {
  const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'scheduler.amazonaws.com' } };
  const condition = { Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } };
  const Resources: CloudFormationTemplate['Resources'] = {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: { Statement: [{ ...trust, ...condition }] }, ...roleProperties },
    },
    Policy: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyDocument: { Statement: statements }, Roles: [{ Ref: 'Role' }] },
    },
    Work: { Type: 'AWS::SQS::Queue', Properties: {} },
    Function: { Type: 'AWS::Lambda::Function', Properties: {} },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { Ref: 'Function' },
        Principal: 'apigateway.amazonaws.com',
        SourceArn: 'arn:aws:execute-api:eu-west-1:000000000000:Api/*/*/here',
      },
    },
    ...(queuePolicy && {
      WorkPolicy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: { PolicyDocument: queuePolicy, Queues: [{ Ref: 'Work' }] },
      },
    }),
  };
  const template = { Parameters: {}, Mappings: {}, Conditions: {}, Outputs: {}, Resources };
  const addresses = { aws: 'http://127.0.0.1:1', http: 'http://127.0.0.1:2', socket: 'ws://127.0.0.1:3' };
  const stack = openStack({ stackName: 'Test', template, assetDirectory: (hash) => hash }, addresses);
  const ledgerFile = join(temporaryDirectory(), 'ledger.jsonl');
  const refusals: string[] = [];
  const onDenied = (refusal: string) => void refusals.push(refusal);
  return { guard: openGuard({ stack, ledgerFile, roleOf: () => role, onDenied }), ledgerFile, refusals };
}

function authorize(guard: Guard, ...permissions: Permission[]) {
  const call: AwsCall = {
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.alloc(0),
    service: 'dynamodb',
    action: 'Any',
    input: {},
    caller: { functionName: 'Tester', sessionToken: '' },
    requestId: 'id',
  };
  return guard.authorize(call, permissions);
}

function allow(Action: string | string[], Resource: string | string[]) {
  return { Effect: 'Allow', Action, Resource };
}
