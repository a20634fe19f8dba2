import * as z from 'zod';
import { arnOf } from '../assembly/place.ts';
import { type AwsCall, AwsRefusal, type Permission } from './awsCall.ts';

const attributes = z.record(z.string(), z.unknown());
const onItem = z.object({ TableName: z.string(), Key: attributes.optional(), Item: attributes.optional() });
const onTable = z.object({ TableName: z.string(), IndexName: z.string().optional() });
const query = onTable.extend({
  KeyConditionExpression: z.string().optional(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
  ExpressionAttributeValues: attributes.default({}),
});
const batchGet = z.object({ RequestItems: z.record(z.string(), z.object({ Keys: z.array(attributes) })) });
const batchWrite = z.object({
  RequestItems: z.record(
    z.string(),
    z.array(
      z.object({
        PutRequest: z.object({ Item: attributes }).optional(),
        DeleteRequest: z.object({ Key: attributes }).optional(),
      }),
    ),
  ),
});
const transaction = z.object({ TransactItems: z.array(z.record(z.string(), onItem)) });

/** The action that a part of a transaction needs. */
const partActions: Readonly<Record<string, string>> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
};

/** @returns the name of a table's partition key */
export type PartitionKeyOf = (tableName: string) => string | undefined;

type Read = (call: AwsCall, partitionKeyOf: PartitionKeyOf) => Permission[];

const ofItem: Read = ({ action, input }, partitionKeyOf) => [
  itemPermission(action, onItem.parse(input), partitionKeyOf),
];
const ofTable: Read = ({ action, input }) => [permission(action, onTable.parse(input), [])];
const ofTransaction: Read = ({ action, input }, partitionKeyOf) =>
  transaction.parse(input).TransactItems.flatMap((part) =>
    Object.entries(part).map(([kind, item]) => {
      const needed = itemPermission(partActions[kind] ?? kind, item, partitionKeyOf);
      return { ...needed, context: { ...needed.context, 'dynamodb:EnclosingOperation': [action] } };
    }),
  );

const reads: Readonly<Record<string, Read>> = {
  BatchGetItem: ({ input }, partitionKeyOf) =>
    Object.entries(batchGet.parse(input).RequestItems).map(([TableName, { Keys }]) =>
      permission(
        'BatchGetItem',
        { TableName },
        Keys.flatMap((key) => leadingKey(TableName, key, partitionKeyOf)),
      ),
    ),
  BatchWriteItem: ({ input }, partitionKeyOf) =>
    Object.entries(batchWrite.parse(input).RequestItems).map(([TableName, requests]) => {
      const items = requests.map(({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key ?? {});
      const keys = items.flatMap((item) => leadingKey(TableName, item, partitionKeyOf));
      return permission('BatchWriteItem', { TableName }, keys);
    }),
  DeleteItem: ofItem,
  DescribeTable: ofTable,
  DescribeTimeToLive: ofTable,
  GetItem: ofItem,
  PutItem: ofItem,
  Query: (call, partitionKeyOf) => {
    const input = query.parse(call.input);
    return [permission('Query', input, queriedKey(input, partitionKeyOf))];
  },
  Scan: ofTable,
  TransactGetItems: ofTransaction,
  TransactWriteItems: ofTransaction,
  UpdateItem: ofItem,
};

/**
 * Says what IAM must allow for a call of DynamoDB.
 *
 * @throws {AwsRefusal} for an action that the service has no use for, and for an input that is not of the action's shape
 */
export function dynamodbPermissions(call: AwsCall, partitionKeyOf: PartitionKeyOf): Permission[] {
  const read = reads[call.action];
  if (read === undefined)
    throw new AwsRefusal('NotImplemented', `The local run does not serve dynamodb:${call.action}`, 501);
  try {
    return read(call, partitionKeyOf);
  } catch (error) {
    if (error instanceof z.ZodError) throw new AwsRefusal('ValidationException', z.prettifyError(error));
    throw error;
  }
}

function itemPermission(action: string, item: z.infer<typeof onItem>, partitionKeyOf: PartitionKeyOf): Permission {
  return permission(action, item, leadingKey(item.TableName, item.Key ?? item.Item ?? {}, partitionKeyOf));
}

function permission(
  action: string,
  { TableName, IndexName }: z.infer<typeof onTable>,
  leadingKeys: string[],
): Permission {
  const table = TableName.startsWith('arn:') ? TableName : arnOf('dynamodb', `table/${TableName}`);
  const resource = IndexName === undefined ? table : `${table}/index/${IndexName}`;
  return {
    action: `dynamodb:${action}`,
    resource,
    context: leadingKeys.length > 0 ? { 'dynamodb:LeadingKeys': leadingKeys } : {},
  };
}

function leadingKey(tableName: string, item: Record<string, unknown>, partitionKeyOf: PartitionKeyOf): string[] {
  const value = item[partitionKeyOf(tableName) ?? ''];
  return textsOf(value);
}

/** The value that a query compares the partition key with, which its expression may do under a name and must do by `=`. */
function queriedKey(input: z.infer<typeof query>, partitionKeyOf: PartitionKeyOf): string[] {
  for (const [, name = '', value = ''] of (input.KeyConditionExpression ?? '').matchAll(/([#\w]+)\s*=\s*(:\w+)/g)) {
    const attribute = input.ExpressionAttributeNames[name] ?? name;
    if (attribute === partitionKeyOf(input.TableName)) return textsOf(input.ExpressionAttributeValues[value]);
  }
  return [];
}

function textsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).map(String);
}
