import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import {
  type ClientMessage,
  clientMessageSchema,
  type IceServer,
  type JoinRefusal,
  mostBytesPerFrame,
  type Person,
  type RoomView,
  type ServerMessage,
  type SignalData,
} from '../../functions/rooms/signalling/protocol.ts';
import type { FragileNetwork } from './fragileNetwork.ts';

interface Seat {
  readonly person: Person;
  readonly token: string;
  readonly socket: WebSocket;
  readonly browser?: string | undefined;
}

export interface TestRoomOptions {
  readonly capacity?: number;
  readonly lobby?: boolean;
  readonly endsAt?: string;
  /** What everyone who joins is to find a way with. */
  readonly iceServers?: readonly IceServer[];
  /** What whoever joins without a seat must know. */
  readonly password?: string;
  /** Every join is refused so. */
  readonly refusal?: JoinRefusal;
  /** Milliseconds that a signal takes; infinity is never. None takes none, and they keep their order. */
  readonly delayOf?: (data: SignalData) => number;
  /** Changes what people tell each other of their addresses. */
  readonly network?: FragileNetwork;
  /** Whoever arrives, the others are given the roster anew, and no signal arrives before two have called each other. */
  readonly isRosterTold?: boolean;
}

/** The token that makes its bearer a host. */
export const hostToken = 'the-host-token';

/** One room in memory, which does what the contract says and nothing else. */
export class TestRoom {
  readonly id = randomUUID();
  readonly capacity: number;
  readonly lobby: boolean;
  refusal: JoinRefusal | undefined;
  password: string | undefined;
  locked = false;
  /** What has been sent by pages: how many messages of each kind, and the characters of the largest. */
  readonly sent = new Map<string, number>();
  largest = 0;
  /** Ids of the calls that were begun. */
  readonly calls = new Set<string>();
  /** Everything that the people in the room were told. */
  readonly told: ServerMessage[] = [];
  /** What people are to be told is lost on its way. */
  isSilent = false;
  delayOf: ((data: SignalData) => number) | undefined;
  readonly #network: FragileNetwork | undefined;
  readonly #isRosterTold: boolean;
  readonly #held: (() => void)[] = [];
  readonly #endsAt: string | undefined;
  /** What whoever joins, or asks, is to find a way with. */
  iceServers: readonly IceServer[];
  readonly #seats = new Map<string, Seat>();
  readonly #knocks = new Map<string, { readonly socket: WebSocket; readonly join: Join }>();
  readonly #hosts = new Set<string>();
  readonly #deaf = new Set<WebSocket>();
  /** What the browsers of those call themselves who were removed. */
  readonly #removed = new Set<string | undefined>();

  constructor({
    capacity = 8,
    lobby = false,
    endsAt,
    iceServers = [],
    refusal,
    delayOf,
    network,
    isRosterTold = false,
    password,
  }: TestRoomOptions = {}) {
    this.delayOf = delayOf;
    this.#network = network;
    this.#isRosterTold = isRosterTold;
    this.capacity = capacity;
    this.lobby = lobby;
    this.refusal = refusal;
    this.password = password;
    this.#endsAt = endsAt;
    this.iceServers = iceServers;
  }

  get people(): Person[] {
    return [...this.#seats.values()].map(({ person }) => person);
  }

  connect(socket: WebSocket): void {
    socket.on('message', (data) => {
      if (this.#deaf.has(socket)) return;
      this.largest = Math.max(this.largest, String(data).length);
      if (String(data).length > mostBytesPerFrame) return socket.close(1009);
      const message = clientMessageSchema.safeParse(JSON.parse(String(data)));
      if (message.success) this.#receive(socket, message.data);
      else send(socket, { type: 'error', code: 'invalid-input', message: String(message.error) });
    });
    socket.on('close', (code) => this.#onClose(socket, code));
  }

  /** To everyone in the room. */
  tell(message: ServerMessage, except?: string): void {
    if (this.isSilent) return;
    this.told.push(message);
    for (const [id, { socket }] of this.#seats) {
      if (id !== except && !this.#deaf.has(socket)) send(socket, message);
    }
  }

  /** Breaks somebody's socket as a network does: without a word. */
  cut(name: string): void {
    this.#seatNamed(name)?.socket.terminate();
  }

  /** Cuts somebody's socket off without a word to either side: what is sent on it goes nowhere from now on. */
  cutSilently(name: string): void {
    const socket = this.#seatNamed(name)?.socket;
    if (socket) this.#deaf.add(socket);
  }

  #seatNamed(name: string): Seat | undefined {
    return [...this.#seats.values()].find(({ person }) => person.name === name);
  }

  #receive(socket: WebSocket, message: ClientMessage): void {
    this.sent.set(message.action, (this.sent.get(message.action) ?? 0) + 1);
    const me = [...this.#seats.values()].find((seat) => seat.socket === socket);
    if (message.action === 'join') this.#join(socket, message);
    else if (message.action === 'ping') send(socket, { type: 'pong', ...(me ? { view: this.#viewOf(me) } : {}) });
    else if (message.action === 'ice') send(socket, { type: 'iceServers', iceServers: this.iceServers });
    else if (message.action === 'leave') this.#free(socket, false);
    else if (me) this.#act(me, message);
  }

  #act(me: Seat, message: ClientMessage): void {
    const { id } = me.person;
    if (message.action === 'signal') {
      const to = this.#seats.get(message.to);
      if (to) void this.#signal(to, id, message.data);
    } else if (message.action === 'change') {
      const { camera = me.person.camera, microphone = me.person.microphone, screen = me.person.screen } = message;
      const begins = screen && !me.person.screen;
      const person = { ...me.person, camera, microphone, screen };
      this.#seats.set(id, { ...me, person });
      this.tell({ type: 'changed', person }, id);
      if (begins) this.#endOtherShares(id);
    } else if (message.action === 'chat') {
      const { id: line, text } = message;
      this.tell({ type: 'chat', from: id, text, at: new Date().toISOString(), ...(line ? { id: line } : {}) });
    } else if (me.person.host) this.#rule(message);
  }

  #endOtherShares(by: string): void {
    for (const [id, seat] of this.#seats) {
      if (id === by || !seat.person.screen) continue;
      const person = { ...seat.person, screen: false };
      this.#seats.set(id, { ...seat, person });
      send(seat.socket, { type: 'shareOver', by });
      this.tell({ type: 'changed', person }, id);
    }
  }

  async #signal({ socket }: Seat, from: string, told: SignalData): Promise<void> {
    const data = this.#network ? await this.#network.route(told) : told;
    if ('fresh' in data) this.calls.add(data.call);
    const delay = this.delayOf?.(data);
    const deliver = () => send(socket, { type: 'signal', from, data });
    if (this.#isRosterTold) {
      this.#held.push(deliver);
      if (this.calls.size > 1) for (const held of this.#held.splice(0)) held();
    } else if (delay === undefined) deliver();
    else if (Number.isFinite(delay)) setTimeout(deliver, delay);
  }

  #rule(message: ClientMessage): void {
    if (message.action === 'admit' || message.action === 'refuse') {
      const knock = this.#knocks.get(message.id);
      if (!knock) return;
      this.#dropKnock(message.id);
      if (message.action === 'admit') this.#seat(knock.socket, knock.join);
      else send(knock.socket, { type: 'refused', reason: 'declined', message: 'Declined.' });
    } else if (message.action === 'remove') {
      const seat = this.#seats.get(message.id);
      if (!seat) return;
      this.#removed.add(seat.browser);
      send(seat.socket, { type: 'removed' });
      this.#free(seat.socket, false);
    } else if (message.action === 'lock') {
      this.locked = message.locked;
      this.tell({ type: 'locked', locked: message.locked });
    } else if (message.action === 'end') {
      this.tell({ type: 'ended', reason: 'host' });
    }
  }

  #join(socket: WebSocket, join: Join): void {
    const reason = this.#refusalOf(join);
    const known = join.seat !== undefined || join.host !== undefined;
    if (reason) send(socket, { type: 'refused', reason, message: reason });
    else if ((this.lobby || this.#isRemoved(join)) && !known) this.#knock(socket, join);
    else this.#seat(socket, join);
  }

  #isRemoved({ browser }: Join): boolean {
    return browser !== undefined && this.#removed.has(browser);
  }

  #refusalOf({ seat, host, password }: Join): JoinRefusal | undefined {
    if (this.refusal) return this.refusal;
    if (host !== undefined && host !== hostToken) return 'host-token';
    if (seat !== undefined) return undefined;
    if (this.password !== undefined && host === undefined && password !== this.password)
      return password === undefined ? 'password-needed' : 'password';
    if (this.locked && host === undefined) return 'locked';
    return host === undefined && this.#seats.size >= this.capacity ? 'full' : undefined;
  }

  #knock(socket: WebSocket, join: Join): void {
    const id = randomUUID();
    this.#knocks.set(id, { socket, join });
    send(socket, { type: 'waiting', host: this.#hasHost });
    for (const { person, socket } of this.#seats.values()) {
      const removed = this.#isRemoved(join);
      if (person.host) send(socket, { type: 'knocking', id, name: join.name, ...(removed ? { removed } : {}) });
    }
  }

  get #hasHost(): boolean {
    return this.people.some(({ host }) => host);
  }

  #tellWaiting(): void {
    for (const { socket } of this.#knocks.values()) send(socket, { type: 'hosts', here: this.#hasHost });
  }

  #dropKnock(id: string): void {
    this.#knocks.delete(id);
    this.tell({ type: 'knockGone', id });
  }

  #seat(socket: WebSocket, join: Join): void {
    const token = join.seat ?? randomUUID();
    const id = `seat-${token.slice(0, 8)}`;
    const before = this.#seats.get(id);
    if (join.host !== undefined) this.#hosts.add(id);
    const { name, camera, microphone } = join;
    const person: Person = { id, name, host: this.#hosts.has(id), camera, microphone, screen: false };
    this.#seats.set(id, { person, token, socket, browser: join.browser });
    this.#greet({ person, token, socket });
    this.tell({ type: 'arrived', person }, id);
    if (person.host) this.#tellWaiting();
    if (this.#isRosterTold) for (const seat of this.#seats.values()) if (seat.person.id !== id) this.#greet(seat);
    if (before && before.socket !== socket) before.socket.close(1000);
  }

  #greet({ person: { id, name, host }, token, socket }: Seat): void {
    send(socket, {
      type: 'joined',
      seat: { id, token },
      you: { id, name, host },
      iceServers: this.iceServers,
      ...this.#viewOf({ person: { id } }),
    });
  }

  #viewOf({ person: { id } }: { readonly person: Pick<Person, 'id'> }): RoomView & { knocks: string[] } {
    return {
      people: this.people.filter((other) => other.id !== id),
      locked: this.locked,
      ...(this.#endsAt === undefined ? {} : { endsAt: this.#endsAt }),
      knocks: this.#hosts.has(id) ? [...this.#knocks.keys()] : [],
    };
  }

  #onClose(socket: WebSocket, code: number): void {
    for (const [id, knock] of this.#knocks) if (knock.socket === socket) this.#dropKnock(id);
    this.#free(socket, code !== 1000 && code !== 1001);
  }

  #free(socket: WebSocket, lost: boolean): void {
    for (const [id, seat] of this.#seats) {
      if (seat.socket !== socket) continue;
      this.#seats.delete(id);
      this.tell(lost ? { type: 'left', id, lost } : { type: 'left', id });
      if (seat.person.host) this.#tellWaiting();
    }
  }
}

type Join = Extract<ClientMessage, { action: 'join' }>;

function send(socket: WebSocket, message: ServerMessage): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
}
