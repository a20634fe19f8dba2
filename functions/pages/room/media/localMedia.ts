import type { Tracks } from '../call/lines.ts';
import type { DeviceChoice, DeviceKind, DeviceState, RoomPageState } from '../state/state.ts';
import { isGranted, requestDevices } from './deviceRequest.ts';

export interface LocalMediaOptions {
  readonly onDevice: (kind: DeviceKind, state: DeviceState) => void;
  readonly onChoices: (kind: DeviceKind, choices: readonly DeviceChoice[], chosen: string) => void;
  readonly onSharing: (sharing: RoomPageState['sharing']) => void;
  /** After every change of what this browser could send. */
  readonly onTracks: (tracks: Tracks) => void;
}

const inputKinds: Readonly<Record<DeviceKind, MediaDeviceKind>> = { camera: 'videoinput', microphone: 'audioinput' };

/** This browser's camera, microphone and screen. */
export class LocalMedia {
  /** The camera as the person sees it. */
  readonly preview = new MediaStream();
  readonly shared = new MediaStream();
  readonly #options: LocalMediaOptions;
  readonly #wanted: Record<DeviceKind, boolean> = { camera: false, microphone: false };
  readonly #chosen: Record<DeviceKind, string>;
  /** Counts the decisions about each device: what the browser grants after the next one is let go. */
  readonly #decisions: Record<DeviceKind, number> = { camera: 0, microphone: 0 };
  readonly #devices: Record<DeviceKind, MediaStreamTrack | null> = { camera: null, microphone: null };
  #screen: MediaStreamTrack | null = null;
  /** Counts the decisions about the screen, likewise: what is picked after leaving is let go. */
  #sharings = 0;

  constructor(chosen: Readonly<Record<DeviceKind, string>>, options: LocalMediaOptions) {
    this.#chosen = { ...chosen };
    this.#options = options;
    navigator.mediaDevices?.addEventListener('devicechange', () => void this.#list());
  }

  /** A camera that is interrupted would be sent as black pictures. */
  get tracks(): Tracks {
    const { camera, microphone } = this.#devices;
    return { microphone, camera: camera?.enabled ? camera : null, screen: this.#screen };
  }

  /** Asks for both at once, so that the browser asks the person once. */
  async start(wanted: Readonly<Record<DeviceKind, boolean>>): Promise<void> {
    const kinds = (['camera', 'microphone'] as const).filter((kind) => wanted[kind]);
    if (kinds.length === 2) {
      const decisions = kinds.map((kind) => this.#decide(kind, true));
      const failure = await this.#open(kinds, decisions);
      if (failure === undefined) return;
      for (const [index, kind] of kinds.entries()) await this.#openAlone(kind, decisions[index] ?? 0, failure);
    } else {
      for (const kind of kinds) await this.set(kind, true);
    }
  }

  async set(kind: DeviceKind, on: boolean): Promise<void> {
    const decision = this.#decide(kind, on);
    const track = this.#devices[kind];
    const isAtHand = kind === 'microphone' && track?.readyState === 'live';
    if (isAtHand && !(on && track.muted)) {
      this.#show(kind);
    } else if (on) {
      await this.#openOne(kind, decision);
    } else {
      this.#let(kind);
      this.#options.onDevice(kind, 'off');
    }
  }

  /** What was in use before is let go first: where the chosen device does not open, nothing is sent that is shown as off. */
  async choose(kind: DeviceKind, id: string): Promise<void> {
    this.#chosen[kind] = id;
    if (this.#wanted[kind]) await this.#openOne(kind, this.#decide(kind, true));
    else this.#let(kind);
    await this.#list();
  }

  /** Opens anew what is still interrupted, now that the person looks at the page again; never by a question to them. */
  async heal(): Promise<void> {
    for (const kind of ['camera', 'microphone'] as const) {
      const isSilent = await isGranted(kind);
      if (isSilent && this.#isInterrupted(kind)) await this.#openOne(kind, this.#decide(kind, true));
    }
  }

  async share(on: boolean): Promise<void> {
    this.#sharings += 1;
    const sharing = this.#sharings;
    this.#screen?.stop();
    this.#setScreen(null);
    if (!on) return this.#options.onSharing('off');
    this.#options.onSharing('starting');
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: 15, max: 30 } } });
      if (this.#sharings !== sharing) return stopAll(stream);
      const [track] = stream.getVideoTracks();
      if (!track) throw new DOMException('No screen', 'NotFoundError');
      // Text is to stay sharp; motion may be lost.
      track.contentHint = 'detail';
      track.addEventListener('ended', () => {
        if (this.#screen === track) void this.share(false);
      });
      const show = () => this.#screen === track && this.#options.onSharing(track.muted ? 'interrupted' : 'on');
      for (const change of ['mute', 'unmute']) track.addEventListener(change, show);
      this.#setScreen(track);
      show();
    } catch {
      // Whoever closes the browser's own question has changed their mind.
      if (this.#sharings === sharing) this.#options.onSharing('off');
    }
  }

  /** Lets every device go. */
  stop(): void {
    for (const kind of ['camera', 'microphone'] as const) {
      this.#decide(kind, false);
      this.#let(kind);
      this.#options.onDevice(kind, 'off');
    }
    void this.share(false);
  }

  #decide(kind: DeviceKind, on: boolean): number {
    this.#wanted[kind] = on;
    this.#decisions[kind] += 1;
    return this.#decisions[kind];
  }

  /** Opens devices, once those in use are let go: nothing is sent meanwhile. Gives the reason where that fails. */
  async #open(kinds: readonly DeviceKind[], decisions: readonly number[]): Promise<DeviceState | undefined> {
    for (const kind of kinds) {
      this.#let(kind);
      this.#options.onDevice(kind, 'starting');
    }
    const stream = await requestDevices(kinds, this.#chosen);
    if (!(stream instanceof MediaStream)) return stream;
    for (const [index, kind] of kinds.entries()) {
      const track = stream.getTracks().find((found) => found.kind === (kind === 'camera' ? 'video' : 'audio'));
      if (track && this.#decisions[kind] === decisions[index]) this.#take(kind, track);
      else track?.stop();
    }
    await this.#list();
    return undefined;
  }

  /** One device may serve where two together do not; it is not asked for again where the person said no. */
  async #openAlone(kind: DeviceKind, decision: number, failure: DeviceState): Promise<void> {
    const again = failure !== 'refused' || (await isGranted(kind));
    if (this.#decisions[kind] !== decision) return;
    if (again) await this.#openOne(kind, decision);
    else this.#options.onDevice(kind, failure);
  }

  /** Opens a device, and shows why it failed where nothing else has been decided since. */
  async #openOne(kind: DeviceKind, decision: number): Promise<void> {
    const failure = await this.#open([kind], [decision]);
    if (failure !== undefined && this.#decisions[kind] === decision) this.#options.onDevice(kind, failure);
  }

  #take(kind: DeviceKind, track: MediaStreamTrack): void {
    this.#let(kind);
    this.#devices[kind] = track;
    if (kind === 'camera') this.preview.addTrack(track);
    this.#chosen[kind] = track.getSettings().deviceId ?? this.#chosen[kind];
    track.addEventListener('ended', () => this.#onEnded(kind, track));
    for (const change of ['mute', 'unmute']) track.addEventListener(change, () => this.#show(kind));
    this.#show(kind);
  }

  /** A track that the browser mutes gives nothing (Media Capture and Streams, section 4.3.1): it goes on as it is shown. */
  #show(kind: DeviceKind): void {
    const track = this.#devices[kind];
    if (!track) return;
    track.enabled = this.#wanted[kind] && !track.muted;
    const wanted = track.muted ? 'interrupted' : 'on';
    this.#options.onDevice(kind, this.#wanted[kind] ? wanted : 'off');
    this.#options.onTracks(this.tracks);
  }

  #isInterrupted(kind: DeviceKind): boolean {
    return this.#wanted[kind] && this.#devices[kind]?.muted === true;
  }

  /** The device was unplugged, or the person withdrew their permission. */
  #onEnded(kind: DeviceKind, track: MediaStreamTrack): void {
    if (this.#devices[kind] !== track) return;
    this.#decide(kind, false);
    this.#let(kind);
    this.#options.onDevice(kind, 'failed');
  }

  #let(kind: DeviceKind): void {
    const track = this.#devices[kind];
    if (!track) return;
    track.stop();
    if (kind === 'camera') this.preview.removeTrack(track);
    this.#devices[kind] = null;
    this.#options.onTracks(this.tracks);
  }

  #setScreen(track: MediaStreamTrack | null): void {
    if (this.#screen === track) return;
    if (this.#screen) this.shared.removeTrack(this.#screen);
    if (track) this.shared.addTrack(track);
    this.#screen = track;
    this.#options.onTracks(this.tracks);
  }

  /** Devices have names only once the person has let the page use one. */
  async #list(): Promise<void> {
    const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
    for (const kind of ['camera', 'microphone'] as const) {
      const choices = devices
        .filter((device) => device.kind === inputKinds[kind] && device.deviceId !== '' && device.label !== '')
        .map(({ deviceId, label }) => ({ id: deviceId, label }));
      // What is in use may have no place in the list, as a camera that another program makes.
      const chosen = choices.find(({ id }) => id === this.#chosen[kind]) ?? choices[0];
      this.#options.onChoices(kind, choices, chosen?.id ?? '');
    }
  }
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
