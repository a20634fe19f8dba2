import type { ClientMessage, ServerMessage } from '../../../rooms/signalling/protocol.ts';

/** What a host does, and what anybody writes: lost on its way, it would be missed. */
export type Kept = Extract<ClientMessage, { action: 'chat' | 'lock' | 'admit' | 'refuse' | 'remove' | 'end' }>;

/** Milliseconds in which a message is answered; then it is sent again. */
const patience = 8_000;

/** Refusals after which the same message may succeed. */
const passing: ReadonlySet<string> = new Set(['limited', 'internal-error', 'no-seat']);

/** Keeps what was sent until its answer shows that it was done; what is not answered, or falls into a gap, is sent again. */
export class Outbox {
  readonly #send: (message: ClientMessage) => boolean;
  readonly #onRefused: (id: string) => void;
  #kept: readonly Kept[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onRefused is told of a line that will never be sent */
  constructor(send: (message: ClientMessage) => boolean, onRefused: (id: string) => void) {
    this.#send = send;
    this.#onRefused = onRefused;
  }

  add(message: Kept): void {
    // A lock is a state: the last one counts.
    this.#kept = [...this.#kept.filter(({ action }) => action !== 'lock' || message.action !== 'lock'), message];
    this.#send(message);
    this.#wait();
  }

  /** After a new connection. */
  sendAgain(): void {
    for (const message of this.#kept) this.#send(message);
    this.#wait();
  }

  receive(message: ServerMessage, own: string): void {
    if (message.type === 'error' && message.id !== undefined && !passing.has(message.code)) this.#refuse(message.id);
    this.#kept = this.#kept.filter((kept) => !isAnswer(message, kept, own));
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#kept = [];
  }

  #refuse(id: string): void {
    const refused = this.#kept.filter((kept) => 'id' in kept && kept.id === id);
    this.#kept = this.#kept.filter((kept) => !refused.includes(kept));
    if (refused.some(({ action }) => action === 'chat')) this.#onRefused(id);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    if (this.#kept.length === 0) return;
    this.#timer = setTimeout(() => this.sendAgain(), patience);
  }
}

/** Whether a message of the service shows that something was done. */
function isAnswer(message: ServerMessage, kept: Kept, own: string): boolean {
  switch (kept.action) {
    case 'chat':
      return message.type === 'chat' && message.from === own && message.id === kept.id;
    case 'lock':
      return message.type === 'locked' && message.locked === kept.locked;
    case 'admit':
    case 'refuse':
      return message.type === 'knockGone' && message.id === kept.id;
    case 'remove':
      return message.type === 'left' && message.id === kept.id;
    case 'end':
      return message.type === 'ended';
  }
}
