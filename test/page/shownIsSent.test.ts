import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { sendTracks, type Tracks } from '../../functions/pages/room/call/lines.ts';
import { type DeviceKind, isWanted } from '../../functions/pages/room/state/state.ts';
import { randomRuns, randomSeed } from '../randomRuns.ts';
import { carries, everythingElse, FakeBrowser, type FakeTrack, personWith } from './fakeDevices.ts';

/** Somebody in a room, with the senders of their connection to one other person. */
class Room {
  readonly browser = new FakeBrowser();
  readonly senders = [0, 1, 2].map(() => new SlowSender());
  readonly person = personWith(this.browser, (tracks) => this.#send(tracks));
  isPresent = true;
  #work: Promise<void> = Promise.resolve();

  /** One change after the other, as a call does. */
  #send(tracks: Tracks): void {
    const connection = { getSenders: () => this.senders } as unknown as RTCPeerConnection;
    this.#work = this.#work.then(() => sendTracks(connection, tracks));
  }

  open() {
    return this.browser.questions.filter(({ isAnswered }) => !isAnswered);
  }

  /** What the other hears and sees, beside what the page says. */
  get shownAndSent() {
    const { camera, microphone, sharing } = this.person.shown;
    const [voice, picture, screen] = this.senders.map(({ track }) => carries(track));
    return {
      microphone: { shown: microphone === 'on', sent: voice },
      camera: { shown: camera === 'on', sent: picture },
      screen: { shown: sharing === 'on', sent: screen },
    };
  }

  /** No sender carries what is shown as off: at every moment, however slowly browsers do what they are told. */
  check(): void {
    for (const [kind, { shown, sent }] of Object.entries(this.shownAndSent))
      expect(sent && !shown, `${kind} is sent, and shown as off`).toBe(false);
  }

  /** … and once the page has taken what the browser gave it. */
  checkDevices(): void {
    this.check();
    if (!this.isPresent) expect(this.person.live(), 'devices in use after leaving').toEqual([]);
  }

  /** What is shown as on is sent, once browsers have done what they were told; nothing else is in use. */
  async checkTheEnd(): Promise<void> {
    for (let open = this.open(); open.length > 0; open = this.open()) {
      for (const question of open) await question.grant('last');
      this.checkDevices();
    }
    await this.#work;
    await everythingElse();
    await this.#work;
    this.checkDevices();
    const { shownAndSent } = this;
    for (const [kind, { shown, sent }] of Object.entries(shownAndSent)) expect(sent, `${kind} is sent`).toBe(shown);
    const sent = this.senders.map(({ track }) => track).filter((track) => track?.readyState === 'live' && !track.muted);
    const { shown } = this.person;
    const interrupted = [shown.camera, shown.microphone, shown.sharing].filter((state) => state === 'interrupted');
    const held = this.browser.live().filter(({ muted }) => muted);
    const used = this.browser.live().filter(({ muted }) => !muted);
    expect(new Set(used), 'devices in use').toEqual(new Set(sent));
    // A microphone that is off stays open, unsent, whatever happens to it.
    expect(held.length - interrupted.length, 'held by something else, and not shown as such').toBeLessThanOrEqual(
      shown.microphone === 'off' ? 1 : 0,
    );
  }
}

/** Does what it is told some time later, as `replaceTrack` may (WebRTC, section 5.2). */
class SlowSender {
  track: MediaStreamTrack | null = null;

  async replaceTrack(track: MediaStreamTrack | null): Promise<void> {
    await everythingElse();
    this.track = track;
  }
}

interface Step {
  readonly name: string;
  /** Undefined where it cannot be done now. */
  readonly act: (room: Room) => (() => unknown) | undefined;
}

/** One thing that happens, and perhaps the next before anything has come of it. */
class Happening implements fc.AsyncCommand<object, Room> {
  readonly #step: Step;
  readonly #isWaitedFor: boolean;

  constructor(step: Step, isWaitedFor: boolean) {
    this.#step = step;
    this.#isWaitedFor = isWaitedFor;
  }

  check(): boolean {
    return true;
  }

  async run(_: object, room: Room): Promise<void> {
    void this.#step.act(room)?.();
    room.check();
    if (!this.#isWaitedFor) return;
    await everythingElse();
    room.checkDevices();
  }

  toString(): string {
    return `${this.#step.name}${this.#isWaitedFor ? '' : ' …'}`;
  }
}

const kinds = ['camera', 'microphone'] as const;
const refusals = ['NotAllowedError', 'NotReadableError', 'NotFoundError', 'OverconstrainedError', 'UnknownError'];

const present = (act: (room: Room) => unknown) => (room: Room) => (room.isPresent ? () => act(room) : undefined);

const toggle = (kind: DeviceKind): Step => ({
  name: `press ${kind}`,
  act: present(({ person: { media, shown } }) => media.set(kind, !isWanted(shown[kind]))),
});

const choose = (kind: DeviceKind, id: string): Step => ({
  name: `choose ${kind} ${id}`,
  act: present(({ person: { media } }) => media.choose(kind, id)),
});

const share: Step = {
  name: 'press share',
  act: present(({ person: { media, shown } }) => media.share(shown.sharing === 'off')),
};

const look: Step = { name: 'look at the page again', act: present(({ person: { media } }) => media.heal()) };

/** By oneself, by removal, or by the end of the meeting: the page is not in the room any more. */
const leave: Step = {
  name: 'leave',
  act: present((room) => {
    room.isPresent = false;
    room.person.media.stop();
  }),
};

const comeBack = (wanted: Record<DeviceKind, boolean>): Step => ({
  name: `come back with ${JSON.stringify(wanted)}`,
  act: (room) => {
    if (room.isPresent) return undefined;
    return () => {
      room.isPresent = true;
      return room.person.media.start(wanted);
    };
  },
});

const permit = (permission: PermissionState): Step => ({
  name: `permission: ${permission}`,
  act:
    ({ browser }) =>
    () =>
      Object.assign(browser, { permission }),
});

const grant = (index: number, muted: boolean): Step => ({
  name: `grant question ${index}${muted ? ' of a held device' : ''}`,
  act: (room) => {
    const question = room.open().at(index);
    return question && (() => question.grant(`device ${index}`, { muted }));
  },
});

const refuse = (index: number, error: string): Step => ({
  name: `refuse question ${index} by ${error}`,
  act: (room) => {
    const question = room.open().at(index);
    return question && (() => question.refuse(error));
  },
});

const happensToTrack = (name: string, index: number, happen: (track: FakeTrack) => void): Step => ({
  name: `${name} track ${index}`,
  act: ({ browser }) => {
    const track = browser.live().at(index);
    return track && (() => happen(track));
  },
});

const index = fc.nat(3);
const kind = fc.constantFrom(...kinds);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: kind.map(toggle) },
  { weight: 2, arbitrary: fc.tuple(kind, fc.constantFrom('one', 'two')).map(([one, id]) => choose(one, id)) },
  { weight: 2, arbitrary: fc.constant(share) },
  { weight: 5, arbitrary: fc.tuple(index, fc.boolean()).map(([at, muted]) => grant(at, muted)) },
  { weight: 2, arbitrary: fc.tuple(index, fc.constantFrom(...refusals)).map(([at, error]) => refuse(at, error)) },
  { weight: 1, arbitrary: index.map((at) => happensToTrack('end', at, (track) => track.end())) },
  { weight: 1, arbitrary: index.map((at) => happensToTrack('mute', at, (track) => track.mute(true))) },
  { weight: 1, arbitrary: index.map((at) => happensToTrack('unmute', at, (track) => track.mute(false))) },
  { weight: 1, arbitrary: fc.constant(look) },
  { weight: 1, arbitrary: fc.constantFrom<PermissionState>('granted', 'denied', 'prompt').map(permit) },
  { weight: 1, arbitrary: fc.constant(leave) },
  { weight: 1, arbitrary: fc.record({ camera: fc.boolean(), microphone: fc.boolean() }).map(comeBack) },
);

const happening = fc.tuple(step, fc.boolean()).map(([one, isWaitedFor]) => new Happening(one, isWaitedFor));

test('no sender carries what is shown as off, and what is shown as on is sent, whatever people and devices do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands([happening], { maxCommands: 40, size: 'max' }), async (happenings) => {
      const room = new Room();
      await fc.asyncModelRun(() => ({ model: {}, real: room }), happenings);
      await room.checkTheEnd();
    }),
    { numRuns: randomRuns(200), seed: randomSeed() },
  );
});
