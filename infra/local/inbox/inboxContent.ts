import type { Envelope } from '../aws/mailbox.ts';
import type { LocalService } from '../runningService.ts';
import type { DeliveryItem, MeetingItem, SmsItem } from './inbox.ts';

/** What the inbox reads of the running service. */
export type InboxSource = Pick<
  LocalService,
  | 'url'
  | 'stateDirectory'
  | 'databaseEndpoint'
  | 'stack'
  | 'envelopes'
  | 'rawMail'
  | 'sms'
  | 'pushes'
  | 'schedules'
  | 'calls'
  | 'denied'
  | 'recentLogs'
>;

/** What the inbox shows of the service that runs, which the local AWS knows nothing of: the service's own side hands it in. */
export interface InboxContent {
  /** Begins to read a service. @returns what reads its rows as they are now */
  openRows(source: InboxSource): () => Promise<InboxRows>;
  /** The id of the meeting that a mail is about, by its envelope; undefined where it is about none. */
  meetingIdOf(envelope: Envelope): string | undefined;
  /** How an SMS is encoded and counted. */
  smsSize(text: string): Pick<SmsItem, 'alphabet' | 'units' | 'parts'>;
}

/** The rows of a service's tables as the inbox shows them, in any order. */
export interface InboxRows {
  readonly meetings: readonly MeetingItem[];
  /** What was done, and what is owed. */
  readonly deliveries: readonly DeliveryItem[];
}
