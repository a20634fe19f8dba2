import type { IceServer, SignalData } from '../../../rooms/signalling/protocol.ts';
import type { LineState } from '../state/state.ts';
import { type Candidate, CandidateLot, RemoteCandidates } from './candidates.ts';
import { keepBudget, loudnessOn, openLines, type Streams, sendTracks, type Tracks, useLines } from './lines.ts';
import { Patience } from './patience.ts';
import { incomingTraffic, type Traffic } from './traffic.ts';

export type Description = Extract<SignalData, { description: unknown }>['description'];

export interface CallOptions {
  readonly id: string;
  /** Whether this side makes the first offer; the other learns the three lines from it. */
  readonly begins: boolean;
  /** Of two sides exactly one is polite: it gives way where both make an offer. */
  readonly polite: boolean;
  readonly iceServers: readonly IceServer[];
  /** Those with fresh credentials; undefined where none are needed, or to be had. */
  readonly freshIceServers: () => Promise<readonly IceServer[] | undefined>;
  readonly tracks: Tracks;
  /** How many connections to this person have failed, one after the other, before this one. */
  readonly failures: number;
  readonly send: (data: SignalData) => void;
  readonly onLine: (line: LineState) => void;
  /** It cannot be saved: a fresh one has to take its place. */
  readonly onLost: () => void;
}

/**
 * Milliseconds without a sign of progress: to connect at first, for ICE to recover by itself, and for a restart of ICE
 * to succeed; and before a way that has failed is looked for anew.
 */
const connectPatience = { begins: 12_000, answers: 20_000 };
const recoverPatience = { begins: 1_500, answers: 4_000 };
const restartPatience = 10_000;
const failedPause = { begins: 500, answers: 1_500 };

/** A connection that ICE could not mend so often is given up for a fresh one. */
const mostRestarts = 2;

/**
 * One connection to one other person: always the same three lines (microphone, camera, screen), whose tracks
 * are replaced as devices go on and off, so that nothing is negotiated again but ICE. Negotiates as "perfect
 * negotiation" of the WebRTC recommendation does (section 10.7).
 */
export class Call {
  readonly id: string;
  readonly streams: Streams = { person: new MediaStream(), screen: new MediaStream() };
  readonly #options: CallOptions;
  readonly #connection: RTCPeerConnection;
  readonly #lot: CandidateLot;
  readonly #remoteCandidates: RemoteCandidates;
  #tracks: Tracks;
  #people = 2;
  #fresh: boolean;
  #makingOffer = false;
  #ignoreOffer = false;
  #settingRemoteAnswer = false;
  #closed = false;
  #restarts = 0;
  /** A restart has been decided on, and its offer is not made yet. */
  #isRestarting = false;
  #hasConnected = false;
  #traffic: Traffic = { bytes: 0, answers: 0 };
  readonly #patience: Patience;
  /** Messages of one call are taken one after the other, however quickly they come. */
  #work: Promise<void> = Promise.resolve();

  constructor(options: CallOptions) {
    this.#options = options;
    this.id = options.id;
    this.#tracks = options.tracks;
    this.#fresh = options.begins;
    this.#connection = new RTCPeerConnection({
      iceServers: options.iceServers.map(iceServerOf),
      bundlePolicy: 'max-bundle',
    });
    this.#connection.onnegotiationneeded = () => void this.#offer();
    this.#lot = new CandidateLot((candidates) => options.send({ call: options.id, candidates }));
    this.#remoteCandidates = new RemoteCandidates(this.#connection);
    this.#connection.onicecandidate = ({ candidate }) => this.#lot.add(candidate);
    this.#connection.onconnectionstatechange = () => this.#watch();
    this.#patience = new Patience({ failures: options.failures, hasProgressed: () => this.#hasProgressed() });
    this.#connection.oniceconnectionstatechange = () => this.#patience.renew();
    if (options.begins) this.#open();
    this.#patience.expect(connectPatience[this.#side], options.onLost);
  }

  /** Made by this side, and the other has not answered yet. */
  get pending(): boolean {
    return this.#options.begins && this.#connection.remoteDescription === null;
  }

  get connected(): boolean {
    return this.#connection.connectionState === 'connected';
  }

  get #side(): 'begins' | 'answers' {
    return this.#options.begins ? 'begins' : 'answers';
  }

  /** From 0 (silence) to 1. */
  get loudness(): number {
    return loudnessOn(this.#connection);
  }

  receive(description: Description): void {
    this.#next(() => this.#describe(description));
  }

  receiveCandidates(candidates: readonly Candidate[]): void {
    this.#patience.renew();
    this.#next(() => this.#remoteCandidates.add(candidates));
  }

  setTracks(tracks: Tracks): void {
    this.#tracks = tracks;
    this.#next(async () => {
      await sendTracks(this.#connection, this.#tracks);
      await this.#keepBudget();
    });
  }

  /** So many are in the room, and share what a line can take. */
  setPeople(people: number): void {
    this.#people = people;
    this.#next(() => this.#keepBudget());
  }

  /**
   * Looks for another way to the other browser, over the same call, where it is broken. What is on its way is left
   * alone; an offer that may have gone astray is made once more.
   */
  restart(): void {
    const { signalingState, connectionState } = this.#connection;
    if (this.#closed) return;
    if (signalingState === 'have-local-offer') this.#repeatOffer();
    else if (!this.#isRestarting && (connectionState === 'disconnected' || connectionState === 'failed'))
      this.#recover();
  }

  close(): void {
    this.#closed = true;
    this.#patience.end();
    this.#lot.close();
    this.#connection.close();
  }

  /** The other may never have heard of this call, or knows it and answers once more. */
  #repeatOffer(): void {
    this.#fresh = this.pending;
    this.#sendDescription();
  }

  #recover(): void {
    if (this.#closed || this.connected) return;
    this.#restarts += 1;
    if (this.#restarts > mostRestarts) {
      this.#options.onLost();
      return;
    }
    if (this.#connection.signalingState === 'have-local-offer') this.#repeatOffer();
    else void this.#restartIce();
    this.#patience.expect(restartPatience, () => this.#recover());
  }

  /** A TURN server that is asked anew wants credentials that have not expired. */
  async #restartIce(): Promise<void> {
    this.#isRestarting = true;
    const iceServers = await this.#options.freshIceServers();
    if (this.#closed) return;
    if (iceServers)
      this.#connection.setConfiguration({
        ...this.#connection.getConfiguration(),
        iceServers: iceServers.map(iceServerOf),
      });
    this.#connection.restartIce();
  }

  #open(): void {
    openLines(this.#connection);
    useLines(this.#connection, this.streams);
    this.#next(() => sendTracks(this.#connection, this.#tracks));
  }

  async #offer(): Promise<void> {
    this.#makingOffer = true;
    try {
      await this.#connection.setLocalDescription();
      this.#isRestarting = false;
      this.#patience.renew();
      this.#sendDescription();
    } catch {
      // Closed meanwhile, or the other's offer came first: theirs is answered, and this one is not missed.
    } finally {
      this.#makingOffer = false;
    }
  }

  async #describe(description: Description): Promise<void> {
    const stable = this.#connection.signalingState === 'stable' || this.#settingRemoteAnswer;
    const collides = description.type === 'offer' && (this.#makingOffer || !stable);
    this.#ignoreOffer = !this.#options.polite && collides;
    if (this.#ignoreOffer) return;
    const first = this.#connection.remoteDescription === null;
    this.#settingRemoteAnswer = description.type === 'answer';
    try {
      await this.#connection.setRemoteDescription(description);
      this.#patience.renew();
    } finally {
      this.#settingRemoteAnswer = false;
    }
    if (first && !this.#options.begins) {
      useLines(this.#connection, this.streams);
      await sendTracks(this.#connection, this.#tracks);
    }
    if (description.type === 'offer') {
      await this.#connection.setLocalDescription();
      this.#sendDescription();
    }
    await this.#remoteCandidates.add([]);
    await this.#keepBudget();
  }

  async #keepBudget(): Promise<void> {
    await keepBudget(this.#connection, { people: this.#people, isSharing: this.#tracks.screen !== null });
  }

  #sendDescription(): void {
    const { localDescription } = this.#connection;
    if (localDescription?.type !== 'offer' && localDescription?.type !== 'answer') return;
    const description = { type: localDescription.type, sdp: localDescription.sdp };
    this.#options.send({ call: this.id, description, ...(this.#fresh ? { fresh: true } : {}) });
    this.#fresh = false;
  }

  #watch(): void {
    const { connectionState } = this.#connection;
    if (connectionState === 'connected') {
      this.#patience.end();
      this.#hasConnected = true;
      this.#restarts = 0;
      this.#options.onLine('connected');
    } else if (connectionState === 'disconnected' || connectionState === 'failed') {
      this.#options.onLine('broken');
      const pause = connectionState === 'failed' ? failedPause : recoverPatience;
      this.#patience.pause(pause[this.#side], () => this.#recover());
    } else {
      this.#patience.renew();
    }
  }

  /** Bytes may come in over a way that leads here alone: once it broke, answers are what counts. */
  async #hasProgressed(): Promise<boolean> {
    const before = this.#traffic;
    // Of a connection that closes meanwhile nothing is told.
    if (!this.#closed) this.#traffic = await incomingTraffic(this.#connection).catch(() => before);
    const { bytes, answers } = this.#traffic;
    return answers > before.answers || (!this.#hasConnected && bytes > before.bytes);
  }

  #next(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch(() => {
      // What one message breaks shows in the connection's state, and is mended from there.
    });
  }
}

function iceServerOf({ urls, username, credential }: IceServer): RTCIceServer {
  return {
    urls: typeof urls === 'string' ? urls : [...urls],
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  };
}
