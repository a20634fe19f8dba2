import type { IceServer, SignalData } from '../protocol.ts';
import { preferCodecs } from './codecs.ts';
import type { LineState } from './state.ts';
import { screenBudget, type VideoBudget, videoBudget } from './videoBudget.ts';

/** What this browser sends to everyone; null is sent as nothing, over the same lines. */
export interface Tracks {
  readonly microphone: MediaStreamTrack | null;
  readonly camera: MediaStreamTrack | null;
  readonly screen: MediaStreamTrack | null;
}

export type Description = Extract<SignalData, { description: unknown }>['description'];
export type Candidate = Extract<SignalData, { candidates: unknown }>['candidates'][number];

export interface CallOptions {
  readonly id: string;
  /** Whether this side makes the first offer; the other learns the three lines from it. */
  readonly begins: boolean;
  /** Of two sides exactly one is polite: it gives way where both make an offer. */
  readonly polite: boolean;
  readonly iceServers: readonly IceServer[];
  readonly tracks: Tracks;
  readonly send: (data: SignalData) => void;
  readonly onLine: (line: LineState) => void;
  /** It cannot be saved: a fresh one has to take its place. */
  readonly onLost: () => void;
}

/** Milliseconds: to connect at first, for ICE to recover by itself, and for a restart of ICE to succeed. */
const connectPatience = { begins: 12_000, answers: 20_000 };
const recoverPatience = { begins: 1_500, answers: 4_000 };
const restartPatience = 10_000;

/** A connection that ICE could not mend so often is given up for a fresh one. */
const mostRestarts = 2;

/** Candidates arrive in bursts; a lot of them is one message. */
const lotDelay = 60;
const mostPerLot = 30;
const mostWaiting = 100;

/**
 * One connection to one other person: always the same three lines (microphone, camera, screen), whose tracks
 * are replaced as devices go on and off, so that nothing is negotiated again but ICE. Negotiates as "perfect
 * negotiation" of the WebRTC recommendation does (section 10.7).
 */
export class Call {
  readonly id: string;
  /** What the other sends: his camera and his voice, and his screen. */
  readonly person = new MediaStream();
  readonly screen = new MediaStream();
  readonly #options: CallOptions;
  readonly #connection: RTCPeerConnection;
  #tracks: Tracks;
  #people = 2;
  #fresh: boolean;
  #makingOffer = false;
  #ignoreOffer = false;
  #settingRemoteAnswer = false;
  #closed = false;
  #restarts = 0;
  #remembered: Candidate[] = [];
  #lot: Candidate[] = [];
  #lotTimer: ReturnType<typeof setTimeout> | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;
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
    this.#connection.onicecandidate = ({ candidate }) => this.#collect(candidate);
    this.#connection.onconnectionstatechange = () => this.#watch();
    if (options.begins) this.#open();
    this.#expect(connectPatience[options.begins ? 'begins' : 'answers'], options.onLost);
  }

  /** Made by this side, and the other has not answered yet. */
  get pending(): boolean {
    return this.#options.begins && this.#connection.remoteDescription === null;
  }

  get connected(): boolean {
    return this.#connection.connectionState === 'connected';
  }

  /** From 0 (silence) to 1, as far as the other's voice has been heard lately. */
  get loudness(): number {
    const [voice] = this.#connection.getReceivers();
    return voice?.getSynchronizationSources?.()[0]?.audioLevel ?? 0;
  }

  receive(description: Description): void {
    this.#next(() => this.#describe(description));
  }

  receiveCandidates(candidates: readonly Candidate[]): void {
    this.#next(async () => {
      this.#remembered = [...this.#remembered, ...candidates].slice(-mostWaiting);
      await this.#addRemembered();
    });
  }

  setTracks(tracks: Tracks): void {
    this.#tracks = tracks;
    this.#next(() => this.#replaceTracks());
  }

  setPeople(people: number): void {
    this.#people = people;
    this.#next(() => this.#budget());
  }

  /** Looks for another way to the other browser, over the same call. */
  restart(): void {
    if (this.#closed || this.pending) return;
    this.#restarts += 1;
    if (this.#restarts <= mostRestarts) this.#connection.restartIce();
    this.#expect(this.#restarts <= mostRestarts ? restartPatience : 0, this.#options.onLost);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#patience);
    clearTimeout(this.#lotTimer);
    this.#connection.close();
  }

  #open(): void {
    for (const kind of ['audio', 'video', 'video']) this.#connection.addTransceiver(kind, { direction: 'sendrecv' });
    this.#adopt();
    this.#next(() => this.#replaceTracks());
  }

  /** Takes the three lines, in the order of the offer, for what they carry. */
  #adopt(): void {
    const [voice, camera, screen] = this.#connection.getTransceivers();
    for (const transceiver of this.#connection.getTransceivers()) {
      transceiver.direction = 'sendrecv';
      preferCodecs(transceiver);
    }
    if (voice) this.person.addTrack(voice.receiver.track);
    if (camera) this.person.addTrack(camera.receiver.track);
    if (screen) this.screen.addTrack(screen.receiver.track);
  }

  async #replaceTracks(): Promise<void> {
    const [voice, camera, screen] = this.#connection.getSenders();
    const { microphone, camera: picture, screen: shared } = this.#tracks;
    if (voice && voice.track !== microphone) await voice.replaceTrack(microphone);
    if (camera && camera.track !== picture) await camera.replaceTrack(picture);
    if (screen && screen.track !== shared) await screen.replaceTrack(shared);
  }

  async #budget(): Promise<void> {
    const [, camera, screen] = this.#connection.getSenders();
    if (camera) await setBudget(camera, videoBudget(this.#people), 'balanced');
    if (screen) await setBudget(screen, screenBudget(this.#people), 'maintain-resolution');
  }

  async #offer(): Promise<void> {
    this.#makingOffer = true;
    try {
      await this.#connection.setLocalDescription();
      this.#sendDescription();
    } catch {
      // Closed meanwhile, or the other's offer came first: his is answered, and this one is not missed.
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
    } finally {
      this.#settingRemoteAnswer = false;
    }
    if (first && !this.#options.begins) {
      this.#adopt();
      await this.#replaceTracks();
    }
    if (description.type === 'offer') {
      await this.#connection.setLocalDescription();
      this.#sendDescription();
    }
    await this.#addRemembered();
    await this.#budget();
  }

  #sendDescription(): void {
    const { localDescription } = this.#connection;
    if (localDescription?.type !== 'offer' && localDescription?.type !== 'answer') return;
    const description = { type: localDescription.type, sdp: localDescription.sdp };
    this.#options.send({ call: this.id, description, ...(this.#fresh ? { fresh: true } : {}) });
    this.#fresh = false;
  }

  /**
   * Messages may overtake each other on their way through the service: a candidate that belongs to a
   * description yet to come is refused by the browser, and tried again after the next description.
   */
  async #addRemembered(): Promise<void> {
    if (this.#connection.remoteDescription === null) return;
    const candidates = this.#remembered;
    this.#remembered = [];
    for (const candidate of candidates) {
      const added = await this.#connection.addIceCandidate(iceCandidateOf(candidate)).then(
        () => true,
        () => false,
      );
      if (!added && !this.#ignoreOffer) this.#remembered.push(candidate);
    }
  }

  #collect(candidate: RTCIceCandidate | null): void {
    if (candidate?.candidate) this.#lot.push(candidateOf(candidate));
    if (candidate === null || this.#lot.length >= mostPerLot) this.#sendLot();
    else this.#lotTimer ??= setTimeout(() => this.#sendLot(), lotDelay);
  }

  #sendLot(): void {
    clearTimeout(this.#lotTimer);
    this.#lotTimer = undefined;
    if (this.#lot.length > 0) this.#options.send({ call: this.id, candidates: this.#lot });
    this.#lot = [];
  }

  #watch(): void {
    const { connectionState } = this.#connection;
    if (connectionState === 'connected') {
      clearTimeout(this.#patience);
      this.#restarts = 0;
      this.#options.onLine('connected');
    }
    if (connectionState === 'disconnected' || connectionState === 'failed') {
      this.#options.onLine('broken');
      const recover = recoverPatience[this.#options.begins ? 'begins' : 'answers'];
      this.#expect(connectionState === 'failed' ? 0 : recover, () => this.restart());
    }
  }

  #expect(milliseconds: number, otherwise: () => void): void {
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => {
      if (!this.#closed && !this.connected) otherwise();
    }, milliseconds);
  }

  #next(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch(() => {
      // What one message breaks shows in the connection's state, and is mended from there.
    });
  }
}

async function setBudget(
  sender: RTCRtpSender,
  { maxBitrate, scaleResolutionDownBy }: VideoBudget,
  degradationPreference: RTCDegradationPreference,
): Promise<void> {
  const parameters = sender.getParameters();
  if (parameters.encodings.length === 0) return;
  for (const encoding of parameters.encodings) Object.assign(encoding, { maxBitrate, scaleResolutionDownBy });
  await sender.setParameters({ ...parameters, degradationPreference });
}

function iceServerOf({ urls, username, credential }: IceServer): RTCIceServer {
  return {
    urls: typeof urls === 'string' ? urls : [...urls],
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  };
}

function candidateOf({ candidate, sdpMid, sdpMLineIndex, usernameFragment }: RTCIceCandidate): Candidate {
  return { candidate, sdpMid, sdpMLineIndex, usernameFragment };
}

function iceCandidateOf({ candidate, sdpMid, sdpMLineIndex, usernameFragment }: Candidate): RTCIceCandidateInit {
  return {
    candidate,
    sdpMid: sdpMid ?? null,
    sdpMLineIndex: sdpMLineIndex ?? null,
    usernameFragment: usernameFragment ?? null,
  };
}
