import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SESClient } from '@aws-sdk/client-ses';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Milliseconds; a call that hangs is given up and retried well within a function's own time limit. */
const timeLimits = { connectionTimeout: 1_000, requestTimeout: 4_000, throwOnRequestTimeout: true };

/** SES and SNS accept a message only once they have looked at it; that takes longer than a table's answer. */
const sendingTimeLimits = { ...timeLimits, requestTimeout: 8_000 };

/** A client that is built when it is first asked for, and once per environment. */
function once<Client>(build: () => Client): () => Client {
  let client: Client | undefined;
  return () => {
    client ??= build();
    return client;
  };
}

export const documents = once(() =>
  DynamoDBDocumentClient.from(new DynamoDBClient({ requestHandler: timeLimits }), {
    marshallOptions: { removeUndefinedValues: true },
  }),
);

export const queues = once(() => new SQSClient({ requestHandler: timeLimits }));

export const schedules = once(() => new SchedulerClient({ requestHandler: timeLimits }));

export const mails = once(() => new SESClient({ requestHandler: sendingTimeLimits, maxAttempts: 5 }));

export const notifications = once(() => new SNSClient({ requestHandler: sendingTimeLimits }));

/** The SDK repeats a call that timed out; a text message repeated is a text message sent twice. */
export const textMessages = once(() => new SNSClient({ requestHandler: sendingTimeLimits, maxAttempts: 1 }));
