import { Duration } from 'aws-cdk-lib';
import type { IDestination, IEventSourceDlq } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { grantQueue } from './grants/grants.ts';

/** Where what failed for good waits for a person: as long as SQS keeps anything. */
export function createFailureQueue(scope: Construct, id: string): Queue {
  const queue = new Queue(scope, id, { retentionPeriod: Duration.days(14), enforceSSL: true });
  acknowledge(queue, { 'AwsSolutions-SQS3': isTheLast, 'Serverless-SQSRedrivePolicy': isTheLast });
  return queue;
}

const isTheLast = 'It is itself where failures end: no code reads it, an alarm tells of it, a person empties it.';

/** Sends there what a mapping gives up; the function's role may send, and nothing else. */
export function failuresOfMapping(failures: Queue): IEventSourceDlq {
  return {
    bind: (_, follower) => {
      grantQueue(failures, follower, ['SendMessage']);
      return { destination: failures.queueArn };
    },
  };
}

/** Sends there what a function fails at that nobody waits for; its role may send, and nothing else. */
export function failuresOfFunction(failures: Queue): IDestination {
  return {
    bind: (_, called) => {
      grantQueue(failures, called, ['SendMessage']);
      return { destination: failures.queueArn };
    },
  };
}
