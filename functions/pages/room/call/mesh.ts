import type { IceServer, SignalData } from '../../../rooms/signalling/protocol.ts';
import type { LineState } from '../state/state.ts';
import { Call, type Description } from './call.ts';
import type { Candidate } from './candidates.ts';
import { Failures, pauseAfter } from './failures.ts';
import type { Streams, Tracks } from './lines.ts';

export interface MeshOptions {
  readonly send: (to: string, data: SignalData) => void;
  readonly onLine: (id: string, line: LineState) => void;
  /** Asks the service for fresh credentials of the TURN servers. @returns whether it could */
  readonly askIceServers: () => boolean;
}

/** Milliseconds in which somebody who has arrived should have called. */
const unheardPatience = 6_000;

/** Milliseconds that the service may take to give fresh credentials; then the old ones have to do. */
const credentialPatience = 2_000;

/** Milliseconds after which whoever arrives is met with fresh ones: those of a public room do not last long. */
const credentialsAge = 5 * 60_000;

/** Candidates that arrived before the offer that they belong to. */
const mostEarly = 200;

/** One call with each of the others. */
export class Mesh {
  readonly #options: MeshOptions;
  readonly #calls = new Map<string, Call>();
  readonly #failures = new Failures();
  readonly #pauses = new Map<string, ReturnType<typeof setTimeout>>();
  #early: { readonly call: string; readonly candidate: Candidate }[] = [];
  #own = '';
  #iceServers: readonly IceServer[] = [];
  #freshAt = 0;
  /** Calls that wait for fresh credentials: one answer serves all. */
  #waiting: ((iceServers?: readonly IceServer[]) => void)[] = [];
  #tracks: Tracks = { microphone: null, camera: null, screen: null };

  constructor(options: MeshOptions) {
    this.#options = options;
  }

  /** What a seat comes with: who one is, and which servers help. */
  configure(own: string, iceServers: readonly IceServer[]): void {
    this.#own = own;
    this.refresh(iceServers);
  }

  /** What was asked for by `askIceServers`. */
  refresh(iceServers: readonly IceServer[]): void {
    this.#iceServers = iceServers;
    this.#freshAt = Date.now();
    for (const go of this.#waiting.splice(0)) go(iceServers);
  }

  /** Calls everyone of `ids` whom no standing call connects: whoever comes calls those who are here. */
  meet(ids: readonly string[]): void {
    for (const id of this.#calls.keys()) if (!ids.includes(id)) this.drop(id);
    for (const id of ids) {
      const call = this.#calls.get(id);
      if (call) call.restart();
      else this.#begin(id);
    }
  }

  /**
   * Whoever arrives calls the others. They are told again of this side's call where it went to a connection that they
   * no longer have; they are called where nothing is heard from them.
   */
  arrived(id: string): void {
    const call = this.#calls.get(id);
    if (call?.pending) call.restart();
    if (Date.now() - this.#freshAt > credentialsAge) void this.#freshIceServers();
    if (!call) this.#awaitCall(id);
  }

  receive(from: string, data: SignalData): void {
    const call = this.#calls.get(from);
    if ('lost' in data) {
      if (call?.id !== data.call) return;
      call.close();
      this.#renew(from, call);
    } else if ('candidates' in data) {
      if (call?.id === data.call) call.receiveCandidates(data.candidates);
      else this.#keepEarly(data.call, data.candidates);
      // Their call is on its way.
      if (!call && this.#pauses.has(from)) this.#awaitCall(from);
    } else if (call?.id === data.call) {
      call.receive(data.description);
    } else if (data.description.type === 'offer') {
      this.#answer(from, data.call, data.description, data.fresh === true);
    }
  }

  drop(id: string): void {
    this.#calls.get(id)?.close();
    this.#calls.delete(id);
    this.#failures.forget(id);
    clearTimeout(this.#pauses.get(id));
    this.#pauses.delete(id);
    this.#share();
  }

  setTracks(tracks: Tracks): void {
    this.#tracks = tracks;
    for (const call of this.#calls.values()) call.setTracks(tracks);
  }

  /** After a change of network every call looks for another way. */
  restart(): void {
    for (const call of this.#calls.values()) call.restart();
  }

  streams(id: string): Streams | undefined {
    return this.#calls.get(id)?.streams;
  }

  /** Ids of those whose voice is at least so loud. */
  louderThan(loudness: number): string[] {
    return [...this.#calls].flatMap(([id, call]) => (call.loudness >= loudness ? [id] : []));
  }

  close(): void {
    for (const id of [...this.#calls.keys()]) this.drop(id);
  }

  #begin(id: string): void {
    this.#place(id, crypto.randomUUID(), true);
  }

  /** Where both call each other at once, the call of the one who is not polite stands. */
  #answer(from: string, id: string, description: Description, fresh: boolean): void {
    if (!fresh) this.#options.send(from, { call: id, lost: true });
    if (!fresh) return;
    const before = this.#calls.get(from);
    if (before?.pending && !this.#isPolite(from)) return;
    // What they give up has failed for this side too.
    if (before && !before.pending && !before.connected) this.#failures.add(from);
    const call = this.#place(from, id, false);
    call.receive(description);
    const early = this.#early.filter((entry) => entry.call === id).map(({ candidate }) => candidate);
    this.#early = this.#early.filter((entry) => entry.call !== id);
    if (early.length > 0) call.receiveCandidates(early);
  }

  #place(person: string, id: string, begins: boolean): Call {
    this.#calls.get(person)?.close();
    const call = new Call({
      id,
      begins,
      polite: this.#isPolite(person),
      iceServers: this.#iceServers,
      freshIceServers: () => this.#freshIceServers(),
      tracks: this.#tracks,
      failures: this.#failures.of(person),
      send: (data) => this.#options.send(person, data),
      onLine: (line) => this.#onLine(person, call, line),
      onLost: () => this.#renew(person, call),
    });
    this.#calls.set(person, call);
    this.#options.onLine(person, 'connecting');
    this.#share();
    return call;
  }

  #onLine(person: string, call: Call, line: LineState): void {
    if (this.#calls.get(person) !== call) return;
    if (line === 'connected') this.#failures.connected(person);
    this.#options.onLine(person, line);
  }

  #renew(person: string, call: Call): void {
    if (this.#calls.get(person) !== call) return;
    this.#options.onLine(person, 'broken');
    const pause = pauseAfter(this.#failures.add(person), Math.random());
    this.#pause(person, pause, () => this.#calls.get(person) === call && !call.connected);
  }

  #awaitCall(person: string): void {
    this.#pause(person, unheardPatience, () => !this.#calls.has(person));
  }

  /** Calls somebody later, if there is still need. */
  #pause(person: string, milliseconds: number, isNeeded: () => boolean): void {
    clearTimeout(this.#pauses.get(person));
    const timer = setTimeout(() => {
      this.#pauses.delete(person);
      if (isNeeded()) this.#begin(person);
    }, milliseconds);
    this.#pauses.set(person, timer);
  }

  /** Everyone's part of the line, once more or fewer share it. */
  #share(): void {
    for (const call of this.#calls.values()) call.setPeople(this.#calls.size + 1);
  }

  #freshIceServers(): Promise<readonly IceServer[] | undefined> {
    if (this.#iceServers.every(({ credential }) => credential === undefined)) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      if (this.#waiting.length === 0 && !this.#options.askIceServers()) return resolve(undefined);
      this.#waiting.push(resolve);
      setTimeout(() => {
        this.#waiting = this.#waiting.filter((one) => one !== resolve);
        resolve(undefined);
      }, credentialPatience);
    });
  }

  #keepEarly(call: string, candidates: readonly Candidate[]): void {
    const entries = candidates.map((candidate) => ({ call, candidate }));
    this.#early = [...this.#early, ...entries].slice(-mostEarly);
  }

  #isPolite(other: string): boolean {
    return this.#own < other;
  }
}
