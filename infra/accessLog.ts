import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { type IAccessLogSettings, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Settings } from './settings.ts';

/**
 * Which door was used, when, and how it answered. Never a path, which holds keys, nor a token, an address of the network or
 * what an authorizer made of a caller: a route is named by its key.
 */
const common = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  integrationStatus: '$context.integrationStatus',
  integrationLatency: '$context.integrationLatency',
};

/** One JSON line per request (API Gateway developer guide, "Customize HTTP API access logs"). */
const ofRequests = {
  ...common,
  latency: '$context.responseLatency',
  bytes: '$context.responseLength',
  error: '$context.error.responseType',
};

/** One JSON line per message of a socket (API Gateway developer guide, "Monitor WebSocket API execution with CloudWatch metrics"). */
const ofMessages = { ...common, event: '$context.eventType' };

/**
 * @param id of the log group
 * @returns the log too, which tells how each route answers
 */
export function logRequests(
  scope: Construct,
  id: string,
  settings: Settings,
): { readonly requests: LogGroup; readonly accessLogSettings: IAccessLogSettings } {
  const { logGroup: requests, ...accessLogSettings } = logInto(scope, id, ofRequests, settings);
  return { requests, accessLogSettings };
}

export function logMessages(scope: Construct, settings: Settings): IAccessLogSettings {
  const { logGroup: _, ...accessLogSettings } = logInto(scope, 'SocketAccess', ofMessages, settings);
  return accessLogSettings;
}

function logInto(
  scope: Construct,
  id: string,
  fields: Readonly<Record<string, string>>,
  { logRetentionDays }: Settings,
): IAccessLogSettings & { readonly logGroup: LogGroup } {
  const logGroup = new LogGroup(scope, id, { retention: logRetentionDays, removalPolicy: RemovalPolicy.DESTROY });
  return {
    logGroup,
    destination: new LogGroupLogDestination(logGroup),
    format: AccessLogFormat.custom(JSON.stringify(fields)),
  };
}
