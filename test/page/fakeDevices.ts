import type { Tracks } from '../../functions/pages/room/call/lines.ts';
import { LocalMedia } from '../../functions/pages/room/media/localMedia.ts';
import type { DeviceKind, DeviceState, RoomPageState } from '../../functions/pages/room/state/state.ts';

/** A track as browsers give it (Media Capture and Streams, section 4.3), as far as the page looks at it. */
export class FakeTrack extends EventTarget {
  enabled = true;
  muted = false;
  readyState: 'live' | 'ended' = 'live';
  contentHint = '';
  readonly kind: 'audio' | 'video';
  readonly deviceId: string;

  constructor(kind: 'audio' | 'video', deviceId: string) {
    super();
    this.kind = kind;
    this.deviceId = deviceId;
  }

  stop(): void {
    this.readyState = 'ended';
  }

  getSettings() {
    return { deviceId: this.deviceId };
  }

  /** The device is unplugged, or the permission withdrawn. */
  end(): void {
    if (this.readyState === 'ended') return;
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }

  /** Something else holds the device, or lets it go. */
  mute(muted: boolean): void {
    if (this.readyState === 'ended' || this.muted === muted) return;
    this.muted = muted;
    this.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
  }
}

export class FakeStream {
  #tracks: FakeTrack[];
  constructor(tracks: readonly FakeTrack[] = []) {
    this.#tracks = [...tracks];
  }
  getTracks = () => [...this.#tracks];
  getVideoTracks = () => this.#tracks.filter(({ kind }) => kind === 'video');
  addTrack = (track: FakeTrack) => void this.#tracks.push(track);
  removeTrack = (track: FakeTrack) => {
    this.#tracks = this.#tracks.filter((one) => one !== track);
  };
}

/** A question of the page to the browser, answered when and as the test says. */
export interface Question {
  readonly wanted: readonly ('audio' | 'video')[];
  isAnswered: boolean;
  grant(deviceId?: string, options?: { readonly muted?: boolean }): Promise<void>;
  refuse(name: string): Promise<void>;
}

/** What the page has asked a browser, and what it was given. */
export class FakeBrowser {
  readonly questions: Question[] = [];
  readonly granted: FakeTrack[] = [];
  /** Whether the page may use its devices without a question to the person. */
  permission: PermissionState = 'prompt';

  /** Stands in for the browser that runs the page. */
  constructor() {
    const ask = (wanted: readonly ('audio' | 'video')[]) => this.#ask(wanted);
    const mediaDevices = Object.assign(new EventTarget(), {
      getUserMedia: ({ audio, video }: { audio?: object; video?: object }) =>
        ask([...(audio ? (['audio'] as const) : []), ...(video ? (['video'] as const) : [])]),
      getDisplayMedia: () => ask(['video']),
      enumerateDevices: async () => [],
    });
    const permissions = { query: async () => ({ state: this.permission }) };
    Object.defineProperty(globalThis, 'navigator', { value: { mediaDevices, permissions }, configurable: true });
    Reflect.set(globalThis, 'MediaStream', FakeStream);
  }

  /** The devices that would show a light. */
  live(): FakeTrack[] {
    return this.granted.filter(({ readyState }) => readyState === 'live');
  }

  #ask(wanted: readonly ('audio' | 'video')[]): Promise<FakeStream> {
    const { granted, questions } = this;
    return new Promise((resolve, reject) => {
      const question: Question = {
        wanted,
        isAnswered: false,
        async grant(deviceId = 'first', { muted = false } = {}) {
          question.isAnswered = true;
          const tracks = wanted.map((kind) => Object.assign(new FakeTrack(kind, deviceId), { muted }));
          granted.push(...tracks);
          resolve(new FakeStream(tracks));
          await everythingElse();
        },
        async refuse(name) {
          question.isAnswered = true;
          reject(new DOMException('No', name));
          await everythingElse();
        },
      };
      questions.push(question);
    });
  }
}

/** What is shown to somebody of their devices, and what could be sent of them. */
export function personWith(browser: FakeBrowser, onTracks: (tracks: Tracks) => void = () => {}) {
  const shown: Record<DeviceKind, DeviceState> & { sharing: RoomPageState['sharing'] } = {
    camera: 'off',
    microphone: 'off',
    sharing: 'off',
  };
  let tracks: Tracks = { camera: null, microphone: null, screen: null };
  const media = new LocalMedia(
    { camera: '', microphone: '' },
    {
      onDevice: (kind, state) => {
        shown[kind] = state;
      },
      onChoices: () => {},
      onSharing: (sharing) => {
        shown.sharing = sharing;
      },
      onTracks: (changed) => {
        tracks = changed;
        onTracks(changed);
      },
    },
  );
  return {
    media,
    shown,
    /** The kinds that another person would hear and see now. */
    sent: () => (['camera', 'microphone', 'screen'] as const).filter((kind) => carries(tracks[kind])),
    live: () => browser.live().map(({ kind, deviceId }) => `${kind} ${deviceId}`),
  };
}

/** Whether a sender with this track would be heard or seen. */
export function carries(track: MediaStreamTrack | null): boolean {
  return track?.readyState === 'live' && track.enabled && !track.muted;
}

export async function everythingElse(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}
