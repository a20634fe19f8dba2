import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { acknowledgeWildcard } from './acknowledge.ts';

/** The one table: whatever is deployed or destroyed, it and what it holds stay. */
export function createTable(scope: Construct): Table {
  return new Table(scope, 'Table', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
    timeToLiveAttribute: 'expiresAt',
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

/** The table's stream, from which everything that follows a write begins. */
export function streamArnOf({ tableStreamArn }: Table): string {
  if (tableStreamArn === undefined) throw new Error('The table has no stream');
  return tableStreamArn;
}

/** Lets a function follow the stream. */
export function grantStream(table: Table, follower: LambdaFunction): void {
  table.grantStreamRead(follower);
  acknowledgeWildcard(follower, '*', 'To list streams, which AWS grants on no single one.');
}
