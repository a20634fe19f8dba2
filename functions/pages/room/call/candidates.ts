import type { SignalData } from '../../../rooms/signalling/protocol.ts';

export type Candidate = Extract<SignalData, { candidates: unknown }>['candidates'][number];

/** Milliseconds; candidates arrive in bursts, and a lot of them is one message. */
const lotDelay = 60;
const mostPerLot = 30;
const mostRemembered = 100;

/** The own candidates of a call, on their way to the other. */
export class CandidateLot {
  readonly #send: (candidates: Candidate[]) => void;
  #candidates: Candidate[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (candidates: Candidate[]) => void) {
    this.#send = send;
  }

  /** Null is the browser's word for the last one. */
  add(candidate: RTCIceCandidate | null): void {
    if (candidate?.candidate) this.#candidates.push(messageOf(candidate));
    if (candidate === null || this.#candidates.length >= mostPerLot) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), lotDelay);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#candidates.length > 0) this.#send(this.#candidates);
    this.#candidates = [];
  }
}

/**
 * The other's candidates. Messages may overtake each other on their way through the service: a candidate
 * that belongs to a description yet to come is refused by the browser, and tried again after the next one.
 */
export class RemoteCandidates {
  readonly #connection: RTCPeerConnection;
  #remembered: Candidate[] = [];

  constructor(connection: RTCPeerConnection) {
    this.#connection = connection;
  }

  async add(candidates: readonly Candidate[]): Promise<void> {
    const all = [...this.#remembered, ...candidates].slice(-mostRemembered);
    this.#remembered = [];
    for (const candidate of all) if (!(await this.#taken(candidate))) this.#remembered.push(candidate);
  }

  async #taken(candidate: Candidate): Promise<boolean> {
    if (this.#connection.remoteDescription === null) return false;
    try {
      await this.#connection.addIceCandidate(initOf(candidate));
      return true;
    } catch {
      return false;
    }
  }
}

function messageOf({ candidate, sdpMid, sdpMLineIndex, usernameFragment }: RTCIceCandidate): Candidate {
  return { candidate, sdpMid, sdpMLineIndex, usernameFragment };
}

function initOf({ candidate, sdpMid, sdpMLineIndex, usernameFragment }: Candidate): RTCIceCandidateInit {
  return {
    candidate,
    sdpMid: sdpMid ?? null,
    sdpMLineIndex: sdpMLineIndex ?? null,
    usernameFragment: usernameFragment ?? null,
  };
}
