import type { JWTPayload } from 'jose';
import type { Stack } from './assembly/stack.ts';
import { stacksService } from './assembly/stacksService.ts';
import type { AwsService } from './aws/awsCall.ts';
import { connectionsService } from './aws/connectionsApi.ts';
import { type DynamodbOptions, dynamodbService } from './aws/dynamodb.ts';
import { eventsService } from './aws/events.ts';
import { lambdaService } from './aws/lambda.ts';
import type { KeptMails } from './aws/mailbox.ts';
import { mailEvents, readPublishing } from './aws/mailEvents.ts';
import type { Phones } from './aws/phones.ts';
import { schedulerService } from './aws/scheduler.ts';
import { type SecretReader, secretsManagerService, ssmService } from './aws/secrets.ts';
import { sesService } from './aws/ses.ts';
import { snsService } from './aws/sns/sns.ts';
import { sqsService } from './aws/sqs.ts';
import type { EventBuses } from './events/eventBuses.ts';
import type { Functions } from './functions/functions.ts';
import type { Connections } from './gateway/connections.ts';
import { readSocketApi } from './gateway/httpApi.ts';
import type { Guard } from './iam/guard.ts';
import type { Queues } from './queues/queues.ts';
import type { ScheduleClock } from './schedules/scheduleClock.ts';
import { partitionKeyOf } from './tables.ts';
import type { Members } from './userPools/members.ts';
import { readUserPools } from './userPools/userPool.ts';
import { userPoolService } from './userPools/userPoolService.ts';

export interface AwsServicesOptions {
  readonly stack: Stack;
  /** Of the database. */
  readonly endpoint: string;
  readonly functions: Functions;
  /** Keeps an event that nobody waits for, and runs it later. */
  readonly acceptEvent: (functionArn: string, payload: unknown, id: string) => void;
  readonly guard: Guard;
  readonly buses: EventBuses;
  readonly queues: Queues;
  readonly clock: ScheduleClock;
  readonly connections: Connections;
  readonly mailbox: KeptMails;
  readonly phones: Phones;
  readonly secrets: SecretReader;
  readonly members: Members;
  /** Signs as the issuer that the local door believes. */
  readonly sign: (claims: JWTPayload) => Promise<string>;
  readonly onWrite: DynamodbOptions['onWrite'];
  readonly onConsumed: DynamodbOptions['onConsumed'];
}

/** SES tells of a mail only after whoever sent it has its answer. */
const toldOfMailMs = 100;

/** The services behind the AWS address, by the name that a request's credentials are scoped to. */
export function createAwsServices(options: AwsServicesOptions): Record<string, AwsService> {
  const { stack, guard, buses, queues, functions } = options;
  const groups = new Set(['default', ...stack.ofType('AWS::Scheduler::ScheduleGroup').map(({ name }) => name)]);
  const tables = new Map(stack.ofType('AWS::DynamoDB::Table').map((table) => [table.name, partitionKeyOf(table)]));
  const busNames = new Set(stack.ofType('AWS::Events::EventBus').map(({ name }) => name));
  const sockets = readSocketApi(stack);
  const publishing = readPublishing(stack);
  return {
    ...(sockets && { 'execute-api': connectionsService(options.connections, sockets.id, sockets.stageName) }),
    cloudformation: stacksService(stack),
    'cognito-idp': userPoolService({ pools: readUserPools(stack), members: options.members, sign: options.sign }),
    dynamodb: dynamodbService({
      endpoint: options.endpoint,
      partitionKeyOf: (tableName) => tables.get(tableName),
      onWrite: options.onWrite,
      onConsumed: options.onConsumed,
    }),
    events: eventsService(buses, (name) => name === 'default' || busNames.has(name)),
    lambda: lambdaService(functions, options.acceptEvent),
    scheduler: schedulerService({
      clock: options.clock,
      hasGroup: (groupName) => groups.has(groupName),
      hasTarget: (arn) => functions.byArn(arn) !== undefined || queues.byArn(arn) !== undefined,
      canAssume: (roleArn, groupArn) => guard.mayAssume(roleArn, 'scheduler.amazonaws.com', groupArn),
    }),
    secretsmanager: secretsManagerService(options.secrets),
    ses: sesService(options.mailbox, (mail) => {
      for (const event of mailEvents(mail, publishing)) buses.put('default', event, toldOfMailMs);
    }),
    sns: snsService(options.phones),
    sqs: sqsService(queues),
    ssm: ssmService(options.secrets),
  };
}
