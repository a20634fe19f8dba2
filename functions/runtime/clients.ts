import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient } from '@aws-sdk/client-ses';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { variable } from './environment.ts';
import { once } from './once.ts';
import { repeatConflicts } from './repeat.ts';

/** Milliseconds; a call that hangs is given up and retried well within a function's own time limit. */
const timeLimits = { connectionTimeout: 1_000, requestTimeout: 4_000, throwOnRequestTimeout: true };

/** SES and SNS accept a message only once they have looked at it; that takes longer than a table's answer. */
const sendingTimeLimits = { ...timeLimits, requestTimeout: 8_000 };

export const documents = /* @__PURE__ */ once(() =>
  DynamoDBDocumentClient.from(repeatConflicts(new DynamoDBClient({ requestHandler: timeLimits })), {
    marshallOptions: { removeUndefinedValues: true },
  }),
);

export const queues = /* @__PURE__ */ once(() => new SQSClient({ requestHandler: timeLimits }));

export const schedules = /* @__PURE__ */ once(() => new SchedulerClient({ requestHandler: timeLimits }));

export const mails = /* @__PURE__ */ once(() => new SESClient({ requestHandler: sendingTimeLimits }));

export const notifications = /* @__PURE__ */ once(() => new SNSClient({ requestHandler: sendingTimeLimits }));

/** The SDK repeats a call that timed out; a text message repeated is a text message sent twice. */
export const textMessages = /* @__PURE__ */ once(
  () => new SNSClient({ requestHandler: sendingTimeLimits, maxAttempts: 1 }),
);

export const parameters = /* @__PURE__ */ once(() => new SSMClient({ requestHandler: timeLimits }));

export const storedSecrets = /* @__PURE__ */ once(() => new SecretsManagerClient({ requestHandler: timeLimits }));

/** The rooms' sockets; whoever hears of a message late gets the next one, so that it is not tried for long. */
export const sockets = /* @__PURE__ */ once(
  () =>
    new ApiGatewayManagementApiClient({
      endpoint: variable('SOCKET_ENDPOINT'),
      requestHandler: timeLimits,
      maxAttempts: 2,
    }),
);
