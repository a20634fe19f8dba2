/** What an event source mapping runs on. */
export interface Poller {
  /** Says that there may be something new; without it the poller finds out by itself, a little later. */
  nudge(): void;
  /** Settles when the batch in hand has ended. */
  stop(): Promise<void>;
}
