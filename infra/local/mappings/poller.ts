/** What an event source mapping runs on. */
export interface Poller {
  /** Says that there may be something new; without it the poller finds out by itself, a little later. */
  nudge(): void;
  /** Says whether it has found nothing to do since it was last nudged. */
  isIdle(): boolean;
  /** Settles when the batch in hand has ended. */
  stop(): Promise<void>;
}
