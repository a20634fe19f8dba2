import {
  CreateTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const projection = z.object({
  ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
  NonKeyAttributes: z.array(z.string()).optional(),
});
const index = z.object({ IndexName: z.string(), KeySchema: keySchema, Projection: projection });

/** The properties of an `AWS::DynamoDB::Table` that say how it behaves; how it is billed, kept and restored is left out. */
export const tableProperties = z.object({
  TableName: z.string(),
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  GlobalSecondaryIndexes: z.array(index).optional(),
  LocalSecondaryIndexes: z.array(index).optional(),
  StreamSpecification: z
    .object({ StreamViewType: z.enum(['NEW_AND_OLD_IMAGES', 'NEW_IMAGE', 'OLD_IMAGE', 'KEYS_ONLY']) })
    .optional(),
  TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
});

export type TableProperties = z.infer<typeof tableProperties>;

/** Makes the table as CloudFormation would; what is there already stays as it is. */
export async function ensureTable(endpoint: string, properties: TableProperties): Promise<void> {
  const client = databaseClient(endpoint);
  try {
    await createUnlessThere(client, properties);
    await expireItems(client, properties);
  } finally {
    client.destroy();
  }
}

async function createUnlessThere(client: DynamoDBClient, properties: TableProperties): Promise<void> {
  const { StreamSpecification: stream, TimeToLiveSpecification: _, ...table } = properties;
  try {
    await client.send(
      new CreateTableCommand({
        ...table,
        BillingMode: 'PAY_PER_REQUEST',
        ...(stream && { StreamSpecification: { ...stream, StreamEnabled: true } }),
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
}

async function expireItems(client: DynamoDBClient, properties: TableProperties): Promise<void> {
  const { TableName, TimeToLiveSpecification } = properties;
  if (!TimeToLiveSpecification?.Enabled) return;
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  if (TimeToLiveDescription?.TimeToLiveStatus === 'ENABLED') return;
  await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
}

/** A client for the database itself, past the address that checks who calls. */
export function databaseClient(endpoint: string): DynamoDBClient {
  return new DynamoDBClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
}
