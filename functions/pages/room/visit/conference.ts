import type { ClientMessage, RoomFacts, ServerMessage } from '../../../rooms/signalling/protocol.ts';
import { browserName } from '../browser/browserName.ts';
import { personOfAddress } from '../browser/sharedAddress.ts';
import { Absences } from '../call/absences.ts';
import { Mesh } from '../call/mesh.ts';
import type { LocalMedia } from '../media/localMedia.ts';
import { isAgreed, type Told, viewIn } from '../signalling/agreement.ts';
import { type Kept, Outbox } from '../signalling/outbox.ts';
import { RoomSocket } from '../signalling/roomSocket.ts';
import { forgetHostToken, forgetSeat, hostTokenToShow, keepSeat } from '../signalling/seat.ts';
import { socketAddress } from '../signalling/socketAddress.ts';
import type { PageEvent } from '../state/reduce.ts';
import type { LineState, LobbyRefusal, RoomPageState } from '../state/state.ts';

export interface ConferenceOptions {
  /** The page's own path, which names the room in this browser's storage and holds the link's key. */
  readonly address: string;
  readonly room: RoomFacts;
  readonly media: LocalMedia;
  readonly state: () => RoomPageState;
  readonly dispatch: (event: PageEvent) => void;
  /** The room is not what it was: its door has to be asked again. */
  readonly askAgain: () => void;
  /** The token of the seat to come back to. */
  readonly seat: string | undefined;
}

/** Milliseconds in which somebody whose connection broke may come back to the place that is kept for them. */
const comeBackPatience = 12_000;

/** Changes that follow each other quickly are told once: messages may overtake each other. */
const tellDelay = 150;

/** Milliseconds in which a message that was overtaken arrives. */
const doubtPatience = 5_000;

/** How often the door is asked why a connection does not come about: browsers are not told. */
const failuresBeforeAsking = 3;

/** Of a first join; who was in the room already is brought back for as long as it takes. */
const failuresBeforeGivingUp = 5;

const lobbyRefusals: readonly string[] = [
  'full',
  'locked',
  'host-token',
  'crowded',
  'password-needed',
  'password',
  'password-limit',
  'name',
  'rate',
] satisfies LobbyRefusal[];

/** One stay in a room: its connection to the service, and the calls with the others. */
export class Conference {
  readonly #options: ConferenceOptions;
  readonly #mesh: Mesh;
  readonly #socket: RoomSocket;
  readonly #absences: Absences;
  readonly #outbox: Outbox;
  #seat: string | undefined;
  #joined = false;
  #told = { camera: false, microphone: false, screen: false };
  #tellTimer: ReturnType<typeof setTimeout> | undefined;
  /** Since when pongs say something else than what the page knows; epoch milliseconds. */
  #doubtedAt: number | undefined;
  #doubtTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #leaving = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(options: ConferenceOptions) {
    this.#options = options;
    this.#seat = options.seat;
    this.#mesh = new Mesh({
      send: (to, data) => this.#socket.send({ action: 'signal', to, data }),
      onLine: (id, line) => this.#onLine(id, line),
      askIceServers: () => this.#socket.send({ action: 'ice' }),
    });
    this.#absences = new Absences((id) => this.#socket.send({ action: 'missing', id }));
    this.#outbox = new Outbox(
      (message) => this.#joined && this.#socket.send(message),
      (id) => options.dispatch({ type: 'unsent', id }),
    );
    this.#mesh.setTracks(options.media.tracks);
    this.#socket = new RoomSocket({
      address: socketAddress(options.room, options.address),
      join: () => this.#join(),
      onMessage: (message) => this.#receive(message),
      onDown: (attempts) => this.#onDown(attempts),
    });
  }

  get mesh(): Mesh {
    return this.#mesh;
  }

  /** Sends something until it is known to be done. */
  send(message: Kept): void {
    this.#outbox.add(message);
  }

  /** Writes a line of the chat. */
  say(text: string): void {
    const id = crypto.randomUUID();
    this.#options.dispatch({ type: 'said', id, text });
    this.#outbox.add({ action: 'chat', id, text });
  }

  /** Sends what this browser has now, and tells the others what to expect. */
  update(): void {
    this.#mesh.setTracks(this.#options.media.tracks);
    this.#tellTimer ??= setTimeout(() => {
      this.#tellTimer = undefined;
      this.#tell();
    }, tellDelay);
  }

  /** After the page was hidden, or the network changed. */
  check(): void {
    this.#socket.check();
    this.#mesh.restart();
  }

  leave(): void {
    forgetSeat(this.#options.address);
    this.close({ action: 'leave' });
  }

  close(goodbye?: ClientMessage): void {
    for (const timer of [this.#tellTimer, this.#doubtTimer, ...this.#leaving.values()]) clearTimeout(timer);
    this.#absences.close();
    this.#outbox.close();
    this.#socket.close(goodbye);
    this.#mesh.close();
  }

  #join(): ClientMessage {
    const { address, state } = this.#options;
    const host = hostTokenToShow(address, this.#seat !== undefined);
    const { camera, microphone } = this.#showing();
    const password = state().password.trim();
    const person = personOfAddress(address);
    this.#told = { camera, microphone, screen: false };
    return {
      action: 'join',
      name: state().name.trim(),
      camera,
      microphone,
      browser: browserName(address),
      ...(this.#seat === undefined ? {} : { seat: this.#seat }),
      ...(host === undefined ? {} : { host }),
      ...(password === '' ? {} : { password }),
      ...(person === undefined ? {} : { person }),
    };
  }

  #showing() {
    const { camera, microphone, sharing } = this.#options.state();
    return {
      camera: camera.state === 'on',
      microphone: microphone.state === 'on',
      screen: sharing === 'on' || sharing === 'interrupted',
    };
  }

  #tell(): void {
    const now = this.#showing();
    const { camera, microphone, screen } = this.#told;
    if (!this.#joined || (now.camera === camera && now.microphone === microphone && now.screen === screen)) return;
    // What stayed as it was is not said again: it may be what a host, or another's screen, has changed since.
    const changes = {
      ...(now.camera === camera ? {} : { camera: now.camera }),
      ...(now.microphone === microphone ? {} : { microphone: now.microphone }),
      ...(now.screen === screen ? {} : { screen: now.screen }),
    };
    if (!this.#socket.send({ action: 'change', ...changes })) return;
    this.#told = now;
    this.#keepSeat();
  }

  #keepSeat(): void {
    if (this.#seat === undefined) return;
    const { camera, microphone } = this.#showing();
    const { address, state } = this.#options;
    keepSeat(address, { token: this.#seat, name: state().name.trim(), camera, microphone });
  }

  #receive(message: ServerMessage): void {
    if (message.type === 'signal') {
      this.#mesh.receive(message.from, message.data);
    } else if (message.type === 'pong') {
      this.#compare(viewIn(message));
    } else if (message.type === 'iceServers') {
      this.#mesh.refresh(message.iceServers);
    } else if (message.type === 'refused') {
      this.#onRefused(message.reason);
    } else {
      this.#outbox.receive(message, this.#own);
      this.#options.dispatch({ type: 'message', message });
      this.#act(message);
    }
  }

  /** A message may have been lost, or be about to arrive: what differs is looked at twice. */
  #compare(told: Told | undefined): void {
    const { screen } = this.#options.state();
    if (!told || screen.at !== 'room') return;
    const differs = !isAgreed(screen.conference, told);
    const isDoubted = this.#doubtedAt !== undefined && Date.now() - this.#doubtedAt >= doubtPatience;
    if (differs && this.#doubtedAt !== undefined && !isDoubted) return;
    this.#doubtNoMore();
    if (differs && isDoubted) this.#socket.renew();
    else if (differs) {
      this.#doubtedAt = Date.now();
      this.#doubtTimer = setTimeout(() => this.#socket.check(), doubtPatience);
    }
  }

  #doubtNoMore(): void {
    clearTimeout(this.#doubtTimer);
    this.#doubtedAt = undefined;
  }

  /** What follows from a message beside what it changes on the page. */
  #act(message: ServerMessage): void {
    if (message.type === 'joined') this.#onJoined(message);
    if (message.type === 'arrived') this.#onArrived(message.person.id);
    if (message.type === 'left') this.#onLeft(message.id, message.lost === true);
    // A seat that was left without a word for long is another's.
    if (message.type === 'error' && message.code === 'no-seat') this.#socket.rejoin();
    if (message.type === 'shareOver') this.#stopShare();
    if (message.type === 'ended') forgetSeat(this.#options.address);
    // Whoever was removed keeps their token: the service knows them by it, and does not let them in again.
    if (message.type === 'removed' || message.type === 'ended') this.close();
    if (message.type === 'ended' && (message.reason === 'cancelled' || message.reason === 'moved'))
      this.#options.askAgain();
  }

  get #own(): string {
    const { screen } = this.#options.state();
    return screen.at === 'room' ? screen.conference.you.id : '';
  }

  #onJoined({ seat, you, people, iceServers }: Extract<ServerMessage, { type: 'joined' }>): void {
    this.#seat = seat.token;
    this.#joined = true;
    this.#doubtNoMore();
    forgetHostToken(this.#options.address);
    this.#keepSeat();
    this.#absences.close();
    for (const { id } of people) clearTimeout(this.#leaving.get(id));
    this.#mesh.configure(you.id, iceServers);
    this.#mesh.meet(people.map(({ id }) => id));
    // Begun while this page could not be told.
    if (people.some(({ screen }) => screen)) this.#stopShare();
    this.update();
    this.#outbox.sendAgain();
  }

  /** Somebody shares since: their screen is the one that all see. */
  #stopShare(): void {
    this.#told = { ...this.#told, screen: false };
    void this.#options.media.share(false);
  }

  #onRefused(reason: Extract<ServerMessage, { type: 'refused' }>['reason']): void {
    const { address, dispatch, askAgain } = this.#options;
    if (reason !== 'removed') forgetSeat(address);
    if (reason === 'host-token') forgetHostToken(address);
    this.close();
    if (reason === 'removed' || reason === 'declined') dispatch({ type: 'closed', why: reason });
    else if (reason === 'ended-host') dispatch({ type: 'closed', why: reason });
    else if (reason === 'link') dispatch({ type: 'closed', why: 'ended-link' });
    else if (isLobbyRefusal(reason)) dispatch({ type: 'refused', refusal: reason });
    else askAgain();
  }

  #onLine(id: string, line: LineState): void {
    this.#options.dispatch({ type: 'line', id, line });
    if (line === 'connected') this.#absences.end(id);
    if (line !== 'broken') return;
    this.#absences.begin(id);
    this.#socket.check();
  }

  #onArrived(id: string): void {
    clearTimeout(this.#leaving.get(id));
    this.#mesh.arrived(id);
  }

  #onLeft(id: string, lost: boolean): void {
    clearTimeout(this.#leaving.get(id));
    this.#absences.end(id);
    const letGo = () => {
      this.#mesh.drop(id);
      this.#options.dispatch({ type: 'gone', id });
    };
    if (lost) this.#leaving.set(id, setTimeout(letGo, comeBackPatience));
    else this.#mesh.drop(id);
  }

  #onDown(attempts: number): void {
    const { dispatch, askAgain } = this.#options;
    dispatch({ type: 'online', online: false });
    if (attempts > 0 && attempts % failuresBeforeAsking === 0) askAgain();
    if (this.#joined || attempts < failuresBeforeGivingUp) return;
    this.close();
    dispatch({ type: 'refused', refusal: 'no-answer' });
  }
}

function isLobbyRefusal(reason: string): reason is LobbyRefusal {
  return lobbyRefusals.includes(reason);
}
