import { beforeEach, describe, expect, test } from 'vitest';
import type { DeviceKind } from '../../functions/pages/room/state/state.ts';
import { everythingElse, FakeBrowser, type FakeTrack, personWith } from './fakeDevices.ts';

let browser: FakeBrowser;

beforeEach(() => {
  browser = new FakeBrowser();
});

async function turnedOn(kind: DeviceKind) {
  const one = personWith(browser);
  const done = one.media.set(kind, true);
  await browser.questions[0]?.grant();
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
    await browser.questions[1]?.refuse(name);

    expect([ana.shown[kind], ana.sent(), ana.live()]).toEqual([state, [], []]);
  });

  test('twice in haste sends what was chosen last, whichever the browser answers first', async () => {
    const ana = await turnedOn('microphone');
    void ana.media.choose('microphone', 'second');
    void ana.media.choose('microphone', 'third');
    await everythingElse();
    await browser.questions[2]?.grant('third');
    await browser.questions[1]?.refuse('NotReadableError');

    expect([ana.shown.microphone, ana.sent(), ana.live()]).toEqual(['on', ['microphone'], ['audio third']]);
  });

  test('and turning it off before it has opened sends nothing', async () => {
    const ana = await turnedOn('microphone');
    void ana.media.choose('microphone', 'second');
    await ana.media.set('microphone', false);
    await browser.questions[1]?.grant('second');

    expect([ana.shown.microphone, ana.sent(), ana.live()]).toEqual(['off', [], []]);
  });

  test('while it is off lets the old one go, and opens none', async () => {
    const ana = await turnedOn('microphone');
    await ana.media.set('microphone', false);
    await ana.media.choose('microphone', 'second');

    expect([browser.questions.length, ana.shown.microphone, ana.live()]).toEqual([1, 'off', []]);
  });
});

describe('starting with both devices', () => {
  test('opens neither where the person left before the browser refused the two together', async () => {
    const ana = personWith(browser);
    void ana.media.start({ camera: true, microphone: true });
    ana.media.stop();
    await browser.questions[0]?.refuse('NotReadableError');

    expect([browser.questions.length, ana.shown.camera, ana.shown.microphone]).toEqual([1, 'off', 'off']);
  });

  test('does not open the one that was turned off meanwhile', async () => {
    const ana = personWith(browser);
    void ana.media.start({ camera: true, microphone: true });
    await ana.media.set('microphone', false);
    await browser.questions[0]?.refuse('NotReadableError');
    await browser.questions[1]?.grant();

    expect(browser.questions.map(({ wanted }) => wanted)).toEqual([['audio', 'video'], ['video']]);
    expect([ana.shown.camera, ana.shown.microphone, ana.sent()]).toEqual(['on', 'off', ['camera']]);
  });
});

describe('opening a device that is in use already', () => {
  test('sends nothing of the camera where the browser says that it is busy', async () => {
    const ana = await turnedOn('camera');
    void ana.media.set('camera', true);
    await everythingElse();
    expect([ana.shown.camera, ana.sent()]).toEqual(['starting', []]);
    await browser.questions[1]?.refuse('NotReadableError');

    expect([ana.shown.camera, ana.sent(), ana.live()]).toEqual(['busy', [], []]);
  });

  test('sends nothing of the microphone where the browser refuses both on starting again', async () => {
    const ana = await turnedOn('microphone');
    const started = ana.media.start({ camera: true, microphone: true });
    await browser.questions[1]?.refuse('NotAllowedError');
    await started;

    expect([ana.shown.microphone, ana.shown.camera, ana.sent(), ana.live()]).toEqual(['refused', 'refused', [], []]);
  });
});

describe('sharing a screen', () => {
  test('lets go what was picked after leaving, and sends nothing of it later', async () => {
    const ana = personWith(browser);
    void ana.media.share(true);
    expect(ana.shown.sharing).toBe('starting');
    ana.media.stop();
    await browser.questions[0]?.grant('screen');
    expect([ana.shown.sharing, ana.sent(), ana.live()]).toEqual(['off', [], []]);

    void ana.media.start({ camera: true, microphone: false });
    await browser.questions[1]?.grant();
    expect([ana.shown.sharing, ana.sent()]).toEqual(['off', ['camera']]);
  });

  test('twice sends what was picked for the second question, whichever is answered first', async () => {
    const ana = personWith(browser);
    void ana.media.share(true);
    void ana.media.share(true);
    await browser.questions[1]?.grant('second');
    await browser.questions[0]?.grant('first');

    expect([ana.shown.sharing, ana.sent(), ana.live()]).toEqual(['on', ['screen'], ['video second']]);
  });

  test('goes on where an earlier question is closed', async () => {
    const ana = personWith(browser);
    void ana.media.share(true);
    void ana.media.share(true);
    await browser.questions[1]?.grant('second');
    await browser.questions[0]?.refuse('NotAllowedError');

    expect([ana.shown.sharing, ana.sent()]).toEqual(['on', ['screen']]);
  });

  test('ends where the browser ends it', async () => {
    const ana = personWith(browser);
    void ana.media.share(true);
    await browser.questions[0]?.grant('screen');
    browser.granted[0]?.end();
    await everythingElse();

    expect([ana.shown.sharing, ana.sent(), ana.live()]).toEqual(['off', [], []]);
  });
});

describe('an interruption', () => {
  function trackOf(kind: DeviceKind): FakeTrack {
    const track = browser.live().findLast((one) => one.kind === (kind === 'camera' ? 'video' : 'audio'));
    if (!track) throw new Error(`No ${kind} is on`);
    return track;
  }

  test.each(['camera', 'microphone'] as const)(
    'of the %s is shown, and is over when the browser says so',
    async (kind) => {
      const ana = await turnedOn(kind);
      trackOf(kind).mute(true);
      expect([ana.shown[kind], ana.sent(), trackOf(kind).enabled]).toEqual(['interrupted', [], false]);
      expect(ana.media.tracks.camera, 'which would be sent as black pictures').toBeNull();
      trackOf(kind).mute(false);
      expect([ana.shown[kind], ana.sent()]).toEqual(['on', [kind]]);
    },
  );

  test('that is there from the beginning is shown', async () => {
    const ana = personWith(browser);
    void ana.media.set('microphone', true);
    await browser.questions[0]?.grant('held', { muted: true });
    expect([ana.shown.microphone, ana.sent()]).toEqual(['interrupted', []]);
  });

  test('in which the microphone is turned off ends in silence', async () => {
    const ana = await turnedOn('microphone');
    trackOf('microphone').mute(true);
    await ana.media.set('microphone', false);
    expect(ana.shown.microphone).toBe('off');
    trackOf('microphone').mute(false);
    expect([ana.shown.microphone, ana.sent()]).toEqual(['off', []]);
  });

  test('in which the microphone is turned off and on opens it anew', async () => {
    const ana = await turnedOn('microphone');
    trackOf('microphone').mute(true);
    await ana.media.set('microphone', false);
    void ana.media.set('microphone', true);
    await browser.questions[1]?.grant('second');
    expect([ana.shown.microphone, ana.sent(), ana.live()]).toEqual(['on', ['microphone'], ['audio second']]);
  });

  test('of a device that was let go meanwhile is nobody’s news', async () => {
    const ana = await turnedOn('camera');
    const camera = trackOf('camera');
    await ana.media.set('camera', false);
    camera.readyState = 'live';
    camera.mute(true);
    expect(ana.shown.camera).toBe('off');
  });

  test('of the shared screen is shown, and is over when the browser says so', async () => {
    const ana = personWith(browser);
    void ana.media.share(true);
    await browser.questions[0]?.grant('screen');
    browser.granted[0]?.mute(true);
    expect([ana.shown.sharing, ana.sent()]).toEqual(['interrupted', []]);
    browser.granted[0]?.mute(false);
    expect([ana.shown.sharing, ana.sent()]).toEqual(['on', ['screen']]);
    await ana.media.share(false);
    browser.granted[0]?.dispatchEvent(new Event('mute'));
    expect(ana.shown.sharing).toBe('off');
  });

  describe('that lasts until the page is looked at again', () => {
    test('is ended by opening the device anew, where no question to the person is needed', async () => {
      const ana = await turnedOn('microphone');
      browser.permission = 'granted';
      trackOf('microphone').mute(true);
      void ana.media.heal();
      await everythingElse();
      await browser.questions[1]?.grant('second');
      expect([ana.shown.microphone, ana.sent(), ana.live()]).toEqual(['on', ['microphone'], ['audio second']]);
    });

    test('stays where the person would be asked', async () => {
      const ana = await turnedOn('camera');
      trackOf('camera').mute(true);
      await ana.media.heal();
      expect([ana.shown.camera, browser.questions.length]).toEqual(['interrupted', 1]);
    });

    test('is none of a device that is off, or works', async () => {
      const ana = await turnedOn('microphone');
      browser.permission = 'granted';
      await ana.media.heal();
      trackOf('microphone').mute(true);
      await ana.media.set('microphone', false);
      await ana.media.heal();
      expect(browser.questions).toHaveLength(1);
    });
  });
});
