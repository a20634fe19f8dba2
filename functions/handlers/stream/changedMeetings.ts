import type { DynamoDBRecord } from 'aws-lambda';
import { isUnreachableMark } from '../../deliveries/word/unreachableStore.ts';
import { waitedForStart } from '../../rooms/waitingStore.ts';

/** An item as the stream holds it. */
type Image = NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['OldImage']>;

/** What a batch says of one meeting. */
export interface ChangedMeeting {
  readonly meetingId: string;
  /** Of its first record: a failure begins again there. */
  readonly sequenceNumber: string;
  /** The meeting as it was before each of its records. */
  readonly before: readonly Image[];
  /** Whether the meeting itself was written. */
  readonly isWritten: boolean;
  /** Those for which somebody waits, and found no host. */
  readonly starts: readonly Date[];
  /** Whether it came to be known that somebody cannot be reached. */
  readonly isUnreached: boolean;
  /** All of them, in their order. */
  readonly records: readonly DynamoDBRecord[];
}

/** The meetings of a batch. */
export function changedMeetings(records: readonly DynamoDBRecord[]): ChangedMeeting[] {
  const changes = new Map<string, ChangedMeeting>();
  for (const record of records) {
    const { dynamodb } = record;
    const meetingId = dynamodb?.Keys?.pk?.S?.replace(/^MEETING#/, '');
    if (meetingId === undefined || dynamodb?.SequenceNumber === undefined)
      throw new Error('A stream record has no key');
    const none = { before: [], starts: [], isWritten: false, isUnreached: false, records: [] };
    const change = changes.get(meetingId) ?? { meetingId, sequenceNumber: dynamodb.SequenceNumber, ...none };
    changes.set(meetingId, { ...change, ...whatIsNew(change, record), records: [...change.records, record] });
  }
  return [...changes.values()];
}

function whatIsNew({ before, starts }: ChangedMeeting, { dynamodb }: DynamoDBRecord): Partial<ChangedMeeting> {
  const sk = dynamodb?.Keys?.sk?.S ?? '';
  if (sk === 'MEETING')
    return { before: dynamodb?.OldImage ? [...before, dynamodb.OldImage] : before, isWritten: true };
  if (isUnreachableMark(sk)) return { isUnreached: true };
  const start = waitedForStart(sk);
  return start ? { starts: [...starts, start] } : {};
}
