import { beforeEach, describe, expect, test } from 'vitest';
import type { Tracks } from '../../functions/pages/room/call/lines.ts';
import { LocalMedia } from '../../functions/pages/room/media/localMedia.ts';
import type { DeviceKind, DeviceState } from '../../functions/pages/room/state/state.ts';

/** A track as browsers give it (Media Capture and Streams, section 4.3), as far as the page looks at it. */
class FakeTrack extends EventTarget {
  enabled = true;
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
}

class FakeStream {
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
interface Question {
  readonly wanted: readonly ('audio' | 'video')[];
  grant(deviceId?: string): Promise<void>;
  refuse(name: string): Promise<void>;
}

let questions: Question[];
let granted: FakeTrack[];

beforeEach(() => {
  questions = [];
  granted = [];
  const ask = (wanted: readonly ('audio' | 'video')[]) =>
    new Promise<FakeStream>((resolve, reject) => {
      questions.push({
        wanted,
        async grant(deviceId = 'first') {
          const tracks = wanted.map((kind) => new FakeTrack(kind, deviceId));
          granted.push(...tracks);
          resolve(new FakeStream(tracks));
          await everythingElse();
        },
        async refuse(name) {
          reject(new DOMException('No', name));
          await everythingElse();
        },
      });
    });
  const mediaDevices = Object.assign(new EventTarget(), {
    getUserMedia: ({ audio, video }: { audio?: object; video?: object }) =>
      ask([...(audio ? (['audio'] as const) : []), ...(video ? (['video'] as const) : [])]),
    getDisplayMedia: () => ask(['video']),
    enumerateDevices: async () => [],
  });
  Object.defineProperty(globalThis, 'navigator', { value: { mediaDevices }, configurable: true });
  Reflect.set(globalThis, 'MediaStream', FakeStream);
});

/** What is shown of each device, and what could be sent. */
function person() {
  const shown: Record<DeviceKind, DeviceState> & { sharing: string } = {
    camera: 'off',
    microphone: 'off',
    sharing: 'off',
  };
  let sent: Tracks = { camera: null, microphone: null, screen: null };
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
      onTracks: (tracks) => {
        sent = tracks;
      },
    },
  );
  const isSent = (track: MediaStreamTrack | null) => track?.readyState === 'live' && track.enabled;
  return {
    media,
    shown,
    /** The kinds that another person would hear and see now. */
    sent: () => (['camera', 'microphone', 'screen'] as const).filter((kind) => isSent(sent[kind])),
    live: () =>
      granted.filter(({ readyState }) => readyState === 'live').map(({ kind, deviceId }) => `${kind} ${deviceId}`),
  };
}

async function everythingElse(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}

async function turnedOn(kind: DeviceKind) {
  const one = person();
  const done = one.media.set(kind, true);
  await questions[0]?.grant();
  await done;
  return one;
}

describe('choosing another device', () => {
  test.each([
    ['camera', 'NotReadableError', 'busy'],
    ['camera', 'NotAllowedError', 'refused'],
    ['microphone', 'NotReadableError', 'busy'],
    ['microphone', 'UnknownError', 'failed'],
  ] as const)('sends nothing of the %s where the new one gives %s', async (kind, name, state) => {
    const ana = await turnedOn(kind);
    expect([ana.shown[kind], ana.sent()]).toEqual(['on', [kind]]);

    void ana.media.choose(kind, 'second');
    await everythingElse();
    expect([ana.shown[kind], ana.sent()]).toEqual(['starting', []]);
    await questions[1]?.refuse(name);

    expect([ana.shown[kind], ana.sent(), ana.live()]).toEqual([state, [], []]);
  });

  test('twice in haste sends what was chosen last, whichever the browser answers first', async () => {
    const ana = await turnedOn('microphone');
    void ana.media.choose('microphone', 'second');
    void ana.media.choose('microphone', 'third');
    await everythingElse();
    await questions[2]?.grant('third');
    await questions[1]?.refuse('NotReadableError');

    expect([ana.shown.microphone, ana.sent(), ana.live()]).toEqual(['on', ['microphone'], ['audio third']]);
  });

  test('and turning it off before it has opened sends nothing', async () => {
    const ana = await turnedOn('microphone');
    void ana.media.choose('microphone', 'second');
    await ana.media.set('microphone', false);
    await questions[1]?.grant('second');

    expect([ana.shown.microphone, ana.sent(), ana.live()]).toEqual(['off', [], []]);
  });

  test('while it is off lets the old one go, and opens none', async () => {
    const ana = await turnedOn('microphone');
    await ana.media.set('microphone', false);
    await ana.media.choose('microphone', 'second');

    expect([questions.length, ana.shown.microphone, ana.live()]).toEqual([1, 'off', []]);
  });
});

describe('starting with both devices', () => {
  test('opens neither where the person left before the browser refused the two together', async () => {
    const ana = person();
    void ana.media.start({ camera: true, microphone: true });
    ana.media.stop();
    await questions[0]?.refuse('NotReadableError');

    expect([questions.length, ana.shown.camera, ana.shown.microphone]).toEqual([1, 'off', 'off']);
  });

  test('does not open the one that was turned off meanwhile', async () => {
    const ana = person();
    void ana.media.start({ camera: true, microphone: true });
    await ana.media.set('microphone', false);
    await questions[0]?.refuse('NotReadableError');
    await questions[1]?.grant();

    expect(questions.map(({ wanted }) => wanted)).toEqual([['audio', 'video'], ['video']]);
    expect([ana.shown.camera, ana.shown.microphone, ana.sent()]).toEqual(['on', 'off', ['camera']]);
  });
});

describe('opening a device that is in use already', () => {
  test('sends nothing of the camera where the browser says that it is busy', async () => {
    const ana = await turnedOn('camera');
    void ana.media.set('camera', true);
    await everythingElse();
    expect([ana.shown.camera, ana.sent()]).toEqual(['starting', []]);
    await questions[1]?.refuse('NotReadableError');

    expect([ana.shown.camera, ana.sent(), ana.live()]).toEqual(['busy', [], []]);
  });

  test('sends nothing of the microphone where the browser refuses both on starting again', async () => {
    const ana = await turnedOn('microphone');
    const started = ana.media.start({ camera: true, microphone: true });
    await questions[1]?.refuse('NotAllowedError');
    await started;

    expect([ana.shown.microphone, ana.shown.camera, ana.sent(), ana.live()]).toEqual(['refused', 'refused', [], []]);
  });
});

describe('sharing a screen', () => {
  test('lets go what was picked after leaving, and sends nothing of it later', async () => {
    const ana = person();
    void ana.media.share(true);
    expect(ana.shown.sharing).toBe('starting');
    ana.media.stop();
    await questions[0]?.grant('screen');
    expect([ana.shown.sharing, ana.sent(), ana.live()]).toEqual(['off', [], []]);

    void ana.media.start({ camera: true, microphone: false });
    await questions[1]?.grant();
    expect([ana.shown.sharing, ana.sent()]).toEqual(['off', ['camera']]);
  });

  test('twice sends what was picked for the second question, whichever is answered first', async () => {
    const ana = person();
    void ana.media.share(true);
    void ana.media.share(true);
    await questions[1]?.grant('second');
    await questions[0]?.grant('first');

    expect([ana.shown.sharing, ana.sent(), ana.live()]).toEqual(['on', ['screen'], ['video second']]);
  });

  test('goes on where an earlier question is closed', async () => {
    const ana = person();
    void ana.media.share(true);
    void ana.media.share(true);
    await questions[1]?.grant('second');
    await questions[0]?.refuse('NotAllowedError');

    expect([ana.shown.sharing, ana.sent()]).toEqual(['on', ['screen']]);
  });

  test('ends where the browser ends it', async () => {
    const ana = person();
    void ana.media.share(true);
    await questions[0]?.grant('screen');
    granted[0]?.stop();
    granted[0]?.dispatchEvent(new Event('ended'));
    await everythingElse();

    expect([ana.shown.sharing, ana.sent(), ana.live()]).toEqual(['off', [], []]);
  });
});
