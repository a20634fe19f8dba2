/** A table whose items have a partition key alone, and expire. */
export const onePartitionKey = {
  TableName: 'meetings',
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' as const }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' as const }],
  TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
};
