import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type Delivery, deliveryPrefix, deliverySchema } from '../../../functions/deliveries/delivery.ts';
import { type Meeting, meetingSchema } from '../../../functions/meetings/meeting.ts';
import { type User, userSchema } from '../../../functions/users/user.ts';
import { databaseClient } from '../../local/databaseTable.ts';
import type { LocalService } from '../../local/localService.ts';

/** What the tables hold of meetings, of people and of what was sent to them. */
export interface StoredRows {
  readonly meetings: readonly Meeting[];
  readonly users: readonly User[];
  /** By the meeting's id. */
  readonly deliveries: ReadonlyMap<string, readonly Delivery[]>;
}

type Place = Pick<LocalService, 'databaseEndpoint'> & { readonly stack: Pick<LocalService['stack'], 'ofType'> };

const keys = z.object({ pk: z.string(), sk: z.string() });

/** Reads the tables, past the address that checks and counts calls. */
export async function readStoredRows({ databaseEndpoint, stack }: Place): Promise<StoredRows> {
  const meetings: Meeting[] = [];
  const users: User[] = [];
  const deliveries = new Map<string, Delivery[]>();
  for (const { name } of stack.ofType('AWS::DynamoDB::Table')) {
    for await (const row of scan(databaseEndpoint, name)) {
      const { pk, sk } = keys.parse(row);
      if (sk === 'MEETING') meetings.push(z.parse(meetingSchema, row));
      else if (sk === 'USER') users.push(z.parse(userSchema, row));
      else {
        const meetingId = pk.slice('MEETING#'.length);
        deliveries.set(meetingId, [...(deliveries.get(meetingId) ?? []), z.parse(deliverySchema, row)]);
      }
    }
  }
  return { meetings, users, deliveries };
}

async function* scan(endpoint: string, TableName: string): AsyncGenerator<Record<string, unknown>> {
  const client = databaseClient(endpoint);
  const query = {
    TableName,
    ConsistentRead: true,
    FilterExpression: 'sk IN (:meeting, :user) OR begins_with(sk, :delivery)',
    ExpressionAttributeValues: { ':meeting': 'MEETING', ':user': 'USER', ':delivery': deliveryPrefix },
  };
  try {
    for await (const page of paginateScan({ client: DynamoDBDocumentClient.from(client) }, query)) {
      yield* page.Items ?? [];
    }
  } finally {
    client.destroy();
  }
}
