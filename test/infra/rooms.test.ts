import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect, test } from 'vitest';
import { createRoomClock, createRooms, createSockets } from '../../infra/rooms.ts';
import { createTable } from '../../infra/table.ts';
import { bareStack } from './bareStack.ts';
import { read } from './settings/settingsProject.ts';

const turn = { iceServers: ['turn:turn.example.org'], turnSecret: '/meetings/turn-secret' };

/** The table, the sockets and the rooms, alone. */
function templateOf(context: object = turn): Template {
  const empty = mkdtempSync(join(tmpdir(), 'bundle-'));
  const stack = bareStack('Rooms');
  const { settings } = read(context);
  const defaults = { bundles: () => empty, environment: {}, logRetentionDays: RetentionDays.ONE_DAY };
  const table = createTable(stack);
  const sockets = createSockets(stack, settings);
  const clock = createRoomClock(stack, defaults, table, sockets);
  createRooms(stack, defaults, settings, table, { sockets, clock });
  return Template.fromStack(stack);
}

const template = templateOf();
const posting = ['OnSessionRegistered', 'OnSignal', 'OnSessionDown', 'OnRoomDue'];

function actionsOf(name: string, of = template): string[] {
  const policies = Object.entries(of.findResources('AWS::IAM::Policy'));
  const own = policies.filter(([id]) => id.startsWith(`${name}ServiceRole`));
  return own.flatMap(([, { Properties }]) =>
    Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: string | string[] }) => Action),
  );
}

describe('the WebSocket API', () => {
  test('chooses by `action`: a function for each of connecting, joining, speaking and going', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Api', {
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
    });
    const routes = Object.values(template.findResources('AWS::ApiGatewayV2::Route'));

    expect(routes.map(({ Properties }) => Properties.RouteKey).sort()).toEqual([
      '$connect',
      '$default',
      '$disconnect',
      'join',
    ]);
  });

  test('is throttled, at more than the API, since a conference says more', () => {
    const throttling = (of: Template) =>
      Object.values(of.findResources('AWS::ApiGatewayV2::Stage')).map(
        ({ Properties }) => Properties.DefaultRouteSettings.ThrottlingRateLimit,
      );

    expect(throttling(template)).toEqual([1_000]);
    expect(throttling(templateOf({ throttleRate: 5_000 }))).toEqual([10_000]);
  });

  test('has a domain of its own where there is a certificate for it', () => {
    const certificate = 'arn:aws:acm:eu-west-1:111122223333:certificate/11112222-3333-4444-5555-666677778888';
    const own = templateOf({ socketHost: 'wss://sockets.example.org', socketCertificateArn: certificate });

    own.hasResourceProperties('AWS::ApiGatewayV2::DomainName', { DomainName: 'sockets.example.org' });
    template.resourceCountIs('AWS::ApiGatewayV2::DomainName', 0);
  });
});

describe('a function of the rooms', () => {
  test.each(posting)('%s may post to the sockets of this API, and knows where', (name) => {
    expect(actionsOf(name)).toContain('execute-api:ManageConnections');
    const [functionOf] = Object.entries(template.findResources('AWS::Lambda::Function')).filter(([id]) =>
      id.startsWith(name),
    );

    expect(functionOf?.[1].Properties.Environment.Variables).toHaveProperty('SOCKET_ENDPOINT');
  });

  test('that only opens sockets may not', () => {
    expect(actionsOf('OnConnect')).toEqual(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem']);
  });

  test('reads the secret of the TURN servers where it gives seats, and there alone', () => {
    const readers = ['OnConnect', ...posting].filter((name) => actionsOf(name).includes('ssm:GetParameter'));
    const none = templateOf({});

    expect(readers).toEqual(['OnSessionRegistered', 'OnSignal']);
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).toContain(':parameter/meetings/turn-secret');
    expect(JSON.stringify(none.toJSON())).not.toContain('ssm:GetParameter');
  });

  test('reads a secret of Secrets Manager by its name or its ARN', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:turn-AbCdEf';
    const policies = (turnSecret: string) =>
      JSON.stringify(templateOf({ ...turn, turnSecret }).findResources('AWS::IAM::Policy'));

    expect(policies('secretsmanager:turn')).toContain(':secret:turn-??????');
    expect(policies(arn)).toContain(`"Resource":"${arn}"`);
  });

  test('that seats people sets the rooms’ clocks, in a group apart from the reminders’', () => {
    const actions = actionsOf('OnSessionRegistered').filter((action) => /^(scheduler|iam):/.test(action));

    expect(actions).toEqual(['scheduler:CreateSchedule', 'scheduler:UpdateSchedule', 'iam:PassRole']);
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Principal: { Service: 'scheduler.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': Match.anyValue() } },
          },
        ],
      },
    });
  });
});
