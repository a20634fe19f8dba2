import type { DynamoDBRecord } from 'aws-lambda';
import { eventsOfChange } from '../../events/changeEvents.ts';
import type { Event } from '../../events/event.ts';

/** What other systems are told of a record of the stream. @throws ZodError where it is not as this release knows it */
export function eventsOfRecord({ dynamodb }: DynamoDBRecord): Event[] {
  const { Keys, ApproximateCreationDateTime, OldImage: before, NewImage: after } = dynamodb ?? {};
  const [pk, sk] = [Keys?.pk?.S, Keys?.sk?.S];
  if (pk === undefined || sk === undefined) throw new Error('A stream record has no key');
  if (ApproximateCreationDateTime === undefined) throw new Error('A stream record has no time');
  return eventsOfChange({ pk, sk, written: new Date(ApproximateCreationDateTime * 1_000), before, after });
}
