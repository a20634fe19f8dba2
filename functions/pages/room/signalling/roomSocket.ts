import type { ClientMessage, ServerMessage } from '../../../rooms/signalling/protocol.ts';
import { readServerMessage } from './serverMessage.ts';

export interface RoomSocketOptions {
  /** With its query. */
  readonly address: string;
  /** The first message on every new connection. */
  readonly join: () => ClientMessage;
  readonly onMessage: (message: ServerMessage) => void;
  /** The service cannot be reached any more; `attempts` counts the failures since it last could. */
  readonly onDown: (attempts: number) => void;
}

type TimerName = 'retry' | 'renew' | 'ping' | 'pong' | 'join' | 'answer';

const minute = 60_000;

/** The gateway closes a connection after two hours, however busy it is, and after ten minutes of silence. */
const renewAfter = 110 * minute;
const pingEvery = 4 * minute;

/** Milliseconds that a pong, and that the answer to a join, may take. */
const pongPatience = 6_000;
const joinPatience = 15_000;

/** Milliseconds after something was sent in which anything is heard; else the connection is looked at. */
const answerPatience = 2_000;

const shortestPause = 500;
const longestPause = 15_000;

/**
 * A connection to the room that mends itself: it comes back after a break, and renews itself before the
 * gateway would end it, without a gap, by joining on a second socket before the first one is closed.
 */
export class RoomSocket {
  readonly #options: RoomSocketOptions;
  /** The one that has been answered: its person has a seat, or waits for one. */
  #live: WebSocket | undefined;
  /** The one that is on its way to. */
  #coming: WebSocket | undefined;
  #attempts = 0;
  #ended = false;
  readonly #timers = new Map<TimerName, ReturnType<typeof setTimeout>>();
  readonly #onOnline = () => this.#reconnect();

  constructor(options: RoomSocketOptions) {
    this.#options = options;
    addEventListener('online', this.#onOnline);
    this.#connect();
  }

  /** Sends where there is a connection; says whether there was. */
  send(message: ClientMessage): boolean {
    if (this.#live?.readyState !== WebSocket.OPEN) return false;
    this.#live.send(JSON.stringify(message));
    if (!this.#timers.has('answer')) this.#after('answer', answerPatience, () => this.check());
    return true;
  }

  /** Makes sure that the connection still is one: a network that went away tells nobody. */
  check(): void {
    if (this.#ended || this.#timers.has('pong')) return;
    if (this.send({ action: 'ping' })) this.#after('pong', pongPatience, () => this.#drop());
    else this.#reconnect();
  }

  /** Joins again without a gap, and so is told all anew. */
  renew(): void {
    this.#connect();
  }

  /** Begins anew where the service no longer knows who this is. */
  rejoin(): void {
    this.#drop();
  }

  /** Ends it for good. */
  close(goodbye?: ClientMessage): void {
    if (goodbye) this.send(goodbye);
    this.#ended = true;
    removeEventListener('online', this.#onOnline);
    for (const name of [...this.#timers.keys()]) this.#cancel(name);
    this.#coming?.close(1000);
    this.#live?.close(1000);
  }

  #connect(): void {
    if (this.#ended || this.#coming) return;
    const socket = new WebSocket(this.#options.address);
    this.#coming = socket;
    this.#after('join', joinPatience, () => socket.close());
    socket.onopen = () => socket.send(JSON.stringify(this.#options.join()));
    socket.onmessage = ({ data }) => this.#receive(socket, data);
    socket.onclose = () => this.#closed(socket);
  }

  #receive(socket: WebSocket, data: unknown): void {
    const message = readServerMessage(data);
    if (!message || this.#ended || (socket !== this.#live && socket !== this.#coming)) return;
    if (socket === this.#live) for (const name of ['answer', 'pong'] as const) this.#cancel(name);
    if (message.type === 'joined' || message.type === 'waiting') this.#promote(socket);
    if (message.type === 'missed') this.check();
    else this.#options.onMessage(message);
  }

  #promote(socket: WebSocket): void {
    const before = this.#live;
    this.#live = socket;
    this.#coming = undefined;
    this.#attempts = 0;
    for (const name of ['join', 'retry', 'pong', 'answer'] as const) this.#cancel(name);
    this.#after('renew', renewAfter, () => this.#connect());
    this.#keepAlive();
    if (before !== socket) before?.close(1000);
  }

  #keepAlive(): void {
    this.#after('ping', pingEvery, () => {
      this.check();
      this.#keepAlive();
    });
  }

  #closed(socket: WebSocket): void {
    const concerns = socket === this.#live || socket === this.#coming;
    if (socket === this.#live) this.#live = undefined;
    if (socket === this.#coming) {
      this.#coming = undefined;
      this.#cancel('join');
    }
    if (!concerns || this.#ended) return;
    if (!this.#live) this.#options.onDown(this.#attempts);
    this.#retry();
  }

  /** Gives a connection up that no longer answers, without waiting for the network to say so. */
  #drop(): void {
    const socket = this.#live;
    if (!socket) return;
    socket.onclose = null;
    socket.close();
    for (const name of ['answer', 'pong'] as const) this.#cancel(name);
    this.#closed(socket);
  }

  /** Full jitter over a doubling ceiling, so that not everyone comes back at once. */
  #retry(): void {
    const ceiling = Math.min(longestPause, shortestPause * 2 ** this.#attempts);
    this.#attempts += 1;
    this.#after('retry', Math.random() * ceiling, () => this.#connect());
  }

  #reconnect(): void {
    this.#cancel('retry');
    if (this.#live) this.check();
    else this.#connect();
  }

  #after(name: TimerName, milliseconds: number, work: () => void): void {
    this.#cancel(name);
    const timer = setTimeout(() => {
      this.#timers.delete(name);
      work();
    }, milliseconds);
    this.#timers.set(name, timer);
  }

  #cancel(name: TimerName): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }
}
