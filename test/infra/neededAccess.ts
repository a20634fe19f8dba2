import { accountId, arnOf } from '../../infra/local/assembly/place.ts';
import type { Resource, Stack } from '../../infra/local/assembly/stack.ts';
import type { Principal } from '../../infra/local/iam/principals.ts';

/** Something that the deployed stack does by itself, without which a promise is broken. */
export interface Need {
  readonly who: Principal;
  readonly action: string;
  readonly resource: string;
  /** For whom a service acts. */
  readonly sourceArn?: string | undefined;
}

const scheduler = 'scheduler.amazonaws.com';

/** All that the template makes services do, read from what it connects. */
export function needsOf(stack: Stack): Need[] {
  return [
    ...alarmsOf(stack),
    ...routesOf(stack),
    ...functionsOf(stack),
    ...mappingsOf(stack),
    ...asynchronousCallsOf(stack),
    ...schedulesOf(stack),
    ...rulesOf(stack),
  ];
}

/** CloudWatch tells each topic that an alarm acts on. */
function alarmsOf(stack: Stack): Need[] {
  return stack.ofType('AWS::CloudWatch::Alarm').flatMap(({ attributes, properties }) =>
    textsOf(properties.AlarmActions).map((topic) => ({
      who: service('cloudwatch.amazonaws.com'),
      action: 'sns:Publish',
      resource: topic,
      sourceArn: attributes.Arn,
    })),
  );
}

/** API Gateway invokes the function behind each route, for that route of that API. */
function routesOf(stack: Stack): Need[] {
  const stages = new Map(
    stack.ofType('AWS::ApiGatewayV2::Stage').map(({ properties }) => [properties.ApiId, properties.StageName]),
  );
  return stack.ofType('AWS::ApiGatewayV2::Route').map(({ properties }) => {
    const integration = stack
      .ofType('AWS::ApiGatewayV2::Integration')
      .find(({ ref }) => properties.Target === `integrations/${ref}`);
    const [, functionArn = ''] =
      /functions\/(arn:aws:lambda:.+)\/invocations$/.exec(String(integration?.properties.IntegrationUri)) ?? [];
    const place = `${properties.ApiId}/${stages.get(properties.ApiId)}`;
    return {
      who: service('apigateway.amazonaws.com'),
      action: 'lambda:InvokeFunction',
      resource: functionArn || String(integration?.properties.IntegrationUri),
      sourceArn: arnOf('execute-api', `${place}/${String(properties.RouteKey).replace(' /', '/')}`),
    };
  });
}

/** Lambda takes the role of each function. */
function functionsOf(stack: Stack): Need[] {
  return stack.ofType('AWS::Lambda::Function').map(({ attributes, properties }) => ({
    who: service('lambda.amazonaws.com'),
    action: 'sts:AssumeRole',
    resource: String(properties.Role),
    sourceArn: attributes.Arn,
  }));
}

/** A mapping reads its source, and leaves what it gives up at its destination, both as the function. */
function mappingsOf(stack: Stack): Need[] {
  return stack.ofType('AWS::Lambda::EventSourceMapping').flatMap(({ properties }) => {
    const who = role(functionNamed(stack, properties.FunctionName).properties.Role);
    const source = String(properties.EventSourceArn);
    const reads = source.includes(':sqs:')
      ? ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']
      : ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];
    const destination = at(properties, 'DestinationConfig', 'OnFailure', 'Destination');
    return [
      ...reads.map((action) => ({ who, action, resource: source })),
      ...(typeof destination === 'string' ? [{ who, action: 'sqs:SendMessage', resource: destination }] : []),
    ];
  });
}

/** What nobody waits for is left at the function's destination, as the function. */
function asynchronousCallsOf(stack: Stack): Need[] {
  return stack.ofType('AWS::Lambda::EventInvokeConfig').map(({ properties }) => ({
    who: role(functionNamed(stack, properties.FunctionName).properties.Role),
    action: 'sqs:SendMessage',
    resource: String(at(properties, 'DestinationConfig', 'OnFailure', 'Destination')),
  }));
}

/** EventBridge calls each function that a rule names, for that rule. */
function rulesOf(stack: Stack): Need[] {
  return stack.ofType('AWS::Events::Rule').flatMap(({ attributes, properties }) =>
    [properties.Targets].flat().map((target) => ({
      who: service('events.amazonaws.com'),
      action: 'lambda:InvokeFunction',
      resource: String(at(target, 'Arn')),
      sourceArn: attributes.Arn,
    })),
  );
}

/** Whoever keeps schedules hands Scheduler a role, in which it calls the function, or leaves the call in the queue. */
function schedulesOf(stack: Stack): Need[] {
  const kinds = [
    ['SCHEDULE_GROUP', 'SCHEDULE_ROLE_ARN', 'REMINDER_FUNCTION_ARN', 'REMINDER_FAILURE_QUEUE_ARN'],
    ['ROOM_SCHEDULE_GROUP', 'ROOM_SCHEDULE_ROLE_ARN', 'ROOM_FUNCTION_ARN', 'ROOM_FAILURE_QUEUE_ARN'],
  ];
  return stack.ofType('AWS::Lambda::Function').flatMap((keeper) =>
    kinds.flatMap((names) => {
      const [group, roleArn, functionArn, queueArn] = names.map((name) =>
        at(keeper.properties, 'Environment', 'Variables', name),
      );
      if (typeof group !== 'string') return [];
      const who = role(keeper.properties.Role);
      const schedule = arnOf('scheduler', `schedule/${group}/any`);
      return [
        { who, action: 'scheduler:CreateSchedule', resource: schedule },
        { who, action: 'scheduler:UpdateSchedule', resource: schedule },
        { who, action: 'iam:PassRole', resource: String(roleArn) },
        {
          who: service(scheduler),
          action: 'sts:AssumeRole',
          resource: String(roleArn),
          sourceArn: arnOf('scheduler', `schedule-group/${group}`),
        },
        {
          who: role(roleArn),
          action: 'lambda:InvokeFunction',
          resource: String(functionArn ?? arnOf('lambda', `function:${keeper.name}`)),
        },
        { who: role(roleArn), action: 'sqs:SendMessage', resource: String(queueArn) },
      ];
    }),
  );
}

/** Condition keys with the values that AWS gives them, of our account or another. */
export function contextOf({ who, action, sourceArn }: Need, account = accountId): Record<string, readonly string[]> {
  return {
    'aws:SecureTransport': ['true'],
    ...(who.kind === 'service' && {
      'aws:SourceAccount': [account],
      ...(sourceArn !== undefined && { 'aws:SourceArn': [sourceArn.replace(accountId, account)] }),
    }),
    ...(action === 'iam:PassRole' && { 'iam:PassedToService': [scheduler] }),
  };
}

function functionNamed(stack: Stack, name: unknown): Resource {
  const found = stack
    .ofType('AWS::Lambda::Function')
    .find(({ ref, attributes }) => name === ref || name === attributes.Arn);
  if (found === undefined) throw new Error(`There is no function ${String(name)}`);
  return found;
}

function service(name: string): Principal {
  return { kind: 'service', name };
}

function role(arn: unknown): Principal {
  return { kind: 'role', arn: String(arn) };
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
