import type { CallOutcome } from '../../api/replies.ts';
import type { Words } from '../../words/en.ts';

/** What a receiver answered, in words, or why it did not. */
export function writtenOutcome({ status, silence, milliseconds }: CallOutcome, { webhooks }: Words): string {
  if (status !== undefined) return webhooks.answered(status, milliseconds);
  return webhooks.silence[silence ?? ''] ?? webhooks.noAnswer;
}
