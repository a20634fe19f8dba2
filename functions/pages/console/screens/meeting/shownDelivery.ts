import type { Delivery } from '../../api/replies.ts';

/** What the list says of one message. */
export interface ShownDelivery {
  /** What became of it: the provider's word where there is one of a message that was sent, else its state. */
  readonly what: { readonly word: string } | { readonly state: string; readonly reason?: string | undefined };
  readonly look: 'accent' | 'danger' | '';
  readonly at: string | undefined;
}

/** Words of a provider by which a message has not arrived, or was not wanted. */
const troubles = ['bounced', 'suppressed', 'rejected', 'complained'];

export function shownDelivery({ state, reason, updated, provider }: Delivery): ShownDelivery {
  if (state === 'sent' && provider !== undefined) {
    return {
      what: { word: provider.word },
      look: troubles.includes(provider.word) ? 'danger' : 'accent',
      at: provider.at,
    };
  }
  const look = state === 'failed' ? 'danger' : state === 'sent' ? 'accent' : '';
  return { what: { state, ...(state === 'failed' ? { reason } : {}) }, look, at: updated };
}
