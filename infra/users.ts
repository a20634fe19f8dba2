import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FilterCriteria, FilterRule, type Function as LambdaFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledgeWildcard } from './acknowledge.ts';
import { createFailureQueue, failuresOfMapping } from './failureQueue.ts';
import { grantTable } from './grants/grants.ts';
import { createFunction, type FunctionDefaults } from './serviceFunction.ts';
import type { Settings } from './settings.ts';
import { grantStream, streamArnOf } from './table.ts';

/**
 * What follows a user's rows: they were deleted, have a new address, or a device of theirs that SNS knew is gone or has another
 * token. Of one stream DynamoDB serves two followers well, not more: this is the second.
 */
export function createUserChanges(
  scope: Construct,
  defaults: FunctionDefaults,
  settings: Pick<Settings, 'pushApplications'>,
  table: Table,
): { onUserChanged: LambdaFunction; failures: Queue } {
  const failures = createFailureQueue(scope, 'UserChangeFailures');
  // Thousands of meetings take minutes to leave; what was done is not done again.
  const onUserChanged = createFunction(scope, defaults, {
    handler: 'stream/onUserChanged',
    timeout: Duration.minutes(5),
  });
  onUserChanged.addEventSourceMapping('Stream', {
    eventSourceArn: streamArnOf(table),
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 10,
    reportBatchItemFailures: true,
    bisectBatchOnError: true,
    // By default a mapping retries for a day, and one bad record holds up its shard for as long.
    retryAttempts: 10,
    maxRecordAge: Duration.hours(6),
    onFailure: failuresOfMapping(failures),
    filters: [userIsErased, userHasNewAddress, endpointIsLost],
  });
  grantStream(table, onUserChanged);
  grantTable(table, onUserChanged, ['GetItem', 'PutItem', 'DeleteItem', 'Query', 'BatchGetItem', 'BatchWriteItem']);
  grantEndpointRemoval(onUserChanged, settings.pushApplications);
  return { onUserChanged, failures };
}

const userIsErased = FilterCriteria.filter({
  dynamodb: {
    Keys: { sk: { S: FilterRule.isEqual('USER') } },
    NewImage: { erasing: { BOOL: FilterRule.exists() } },
  },
});

const userHasNewAddress = FilterCriteria.filter({
  dynamodb: {
    Keys: { sk: { S: FilterRule.isEqual('USER') } },
    NewImage: { newAddress: { BOOL: FilterRule.exists() } },
  },
});

const endpointIsLost = FilterCriteria.filter({
  dynamodb: {
    Keys: { sk: { S: FilterRule.beginsWith('DEVICE#') } },
    OldImage: { endpointArn: { S: FilterRule.exists() } },
  },
});

function grantEndpointRemoval(onUserChanged: LambdaFunction, pushApplications: Settings['pushApplications']): void {
  const applications = Object.values(pushApplications).filter((arn) => arn !== undefined);
  if (applications.length === 0) return;
  const endpoints = applications.map((arn) => `${arn.replace(':app/', ':endpoint/')}/*`);
  for (const arn of endpoints) acknowledgeWildcard(onUserChanged, arn, 'All devices of the one application.');
  onUserChanged.addToRolePolicy(
    new PolicyStatement({ actions: ['sns:DeleteEndpoint'], resources: [...applications, ...endpoints] }),
  );
}
