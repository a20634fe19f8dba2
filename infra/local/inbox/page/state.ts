import type { Inbox, MailContent } from '../inbox.ts';
import type { Place } from './place.ts';

/** All that the page is drawn from. */
export interface InboxPageState {
  /** Undefined until the service has answered for the first time. */
  readonly inbox: Inbox | undefined;
  /** Whether the service answered when it was last asked. */
  readonly isLive: boolean;
  readonly place: Place;
  readonly search: string;
  /** The mails that were opened, whole. */
  readonly mails: ReadonlyMap<string, MailContent>;
  /** `section/id` of what was there at first, or has been looked at since. */
  readonly seen: ReadonlySet<string>;
  /** What was copied last, for as long as the button says so. */
  readonly copied: string | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}
