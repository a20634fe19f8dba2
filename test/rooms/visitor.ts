import { EventEmitter, once } from 'node:events';
import { WebSocket } from 'ws';
import type { ClientMessage, Person, ServerMessage } from '../../functions/rooms/signalling/protocol.ts';

/** How long what should follow at once may take on a machine that is busy. */
export const patienceMs = 600_000;

/** A page that says goodbye, one that is closed, one whose network goes away. */
export type Parting = 'leave' | 'close' | 'break';

type Of<Type extends ServerMessage['type']> = Extract<ServerMessage, { type: Type }>;

/** Somebody at the real socket of a public room. */
export class Visitor {
  readonly received: ServerMessage[] = [];
  readonly #socket: WebSocket;
  readonly #news = new EventEmitter();
  readonly #closed: Promise<unknown>;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.#closed = new Promise((resolve) => socket.on('close', resolve));
    socket.on('message', (data) => {
      this.received.push(JSON.parse(String(data)));
      this.#news.emit('message');
    });
  }

  /** @param localAddress where they come from; attempts to enter are counted by it */
  static async enter(socketUrl: string, room: string, name: string, localAddress: string): Promise<Visitor> {
    const socket = new WebSocket(`${socketUrl}?room=${room}`, { localAddress });
    const visitor = new Visitor(socket);
    await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
    socket.removeAllListeners('error').on('error', () => {}); // its close follows
    visitor.say({ action: 'join', name, camera: true, microphone: true });
    await visitor.heard('joined');
    return visitor;
  }

  get id(): string {
    return this.all('joined')[0]?.you.id ?? '';
  }

  say(message: ClientMessage): void {
    this.#socket.send(JSON.stringify(message));
  }

  all<Type extends ServerMessage['type']>(type: Type): Of<Type>[] {
    return this.received.filter((message): message is Of<Type> => message.type === type);
  }

  /** Waits until so many messages of a type have come. */
  async heard(type: ServerMessage['type'], count = 1): Promise<void> {
    const signal = AbortSignal.timeout(patienceMs);
    while (this.all(type).length < count) {
      await once(this.#news, 'message', { signal }).catch(() => {
        throw new Error(`${count} × ${type} not heard, but ${JSON.stringify(this.received)}`);
      });
    }
  }

  /** Those whom they were told of, as often as they were. */
  get told(): Person[] {
    return [...this.all('joined').flatMap(({ people }) => people), ...this.all('arrived').map(({ person }) => person)];
  }

  /** Ids of those who are here, as far as they know. */
  get others(): string[] {
    const present = new Set<string>();
    for (const message of this.received) {
      if (message.type === 'joined') for (const { id } of message.people) present.add(id);
      else if (message.type === 'arrived') present.add(message.person.id);
      else if (message.type === 'left') present.delete(message.id);
    }
    return [...present].sort();
  }

  async part(how: Parting): Promise<void> {
    if (how === 'leave') this.say({ action: 'leave' });
    if (how === 'break') this.#socket.terminate();
    else this.#socket.close(1000);
    await this.#closed;
  }
}
