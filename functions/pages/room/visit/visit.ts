import type { Store } from '../../shared/store.ts';
import { keepPreference, preference } from '../browser/preferences.ts';
import { sharedAddress } from '../browser/sharedAddress.ts';
import { Wakefulness } from '../browser/wakefulness.ts';
import { doorPause } from '../door/doorPause.ts';
import { askDoor } from '../door/roomDoor.ts';
import { LocalMedia } from '../media/localMedia.ts';
import { OwnVoice } from '../media/ownVoice.ts';
import { forgetSeat, hostTokenOf, seatOf } from '../signalling/seat.ts';
import type { PageEvent } from '../state/reduce.ts';
import {
  type DeviceKind,
  type EarlyMeeting,
  isWanted,
  type LobbyRefusal,
  type RoomPageState,
  type Screen,
} from '../state/state.ts';
import { Conference } from './conference.ts';

/** Milliseconds, half of them by chance, between two looks at whether a room that is full has a place. */
const fullPause = 16_000;

/** Milliseconds between two looks at who speaks, and how loud (0 to 1) a voice is. */
const listenEvery = 250;
const heard = { others: 0.02, own: 0.45 };

/** One person's visit: it opens the door, uses the devices, and holds the conference. */
export class Visit {
  readonly media: LocalMedia;
  readonly voice: OwnVoice;
  readonly #address: string;
  readonly #store: Store<RoomPageState, PageEvent>;
  readonly #wakefulness = new Wakefulness();
  #conference: Conference | undefined;
  /** Milliseconds that the service's clock is ahead of this one's. */
  #ahead = 0;
  #asked = 0;
  #opening: ReturnType<typeof setTimeout> | undefined;
  #joiningAgain: ReturnType<typeof setTimeout> | undefined;
  /** What a person wants on, so that it is on again when they come back. */
  #wanted: Readonly<Record<DeviceKind, boolean>> = { camera: true, microphone: true };

  constructor(address: string, store: Store<RoomPageState, PageEvent>) {
    this.#address = address;
    this.#store = store;
    const { dispatch } = store;
    this.voice = new OwnVoice((unmeasured) => dispatch({ type: 'unmeasured', unmeasured }));
    this.media = new LocalMedia(
      { camera: preference('camera'), microphone: preference('microphone') },
      {
        onDevice: (kind, state) => dispatch({ type: 'device', kind, state }),
        onChoices: (kind, choices, chosen) => dispatch({ type: 'choices', kind, choices, chosen }),
        onSharing: (sharing) => dispatch({ type: 'sharing', sharing }),
        onTracks: () => this.#onTracks(),
      },
    );
    store.subscribe((event, before, after) => this.#follow(event, before, after));
    setInterval(() => dispatch({ type: 'ticked', now: Date.now() + this.#ahead }), 1_000);
    setInterval(() => this.#listen(), listenEvery);
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.#onShown());
    addEventListener('online', () => this.#onShown());
  }

  /** Asks what is behind the address, and goes where the answer leads. */
  async open(): Promise<void> {
    clearTimeout(this.#opening);
    this.#asked += 1;
    const asked = this.#asked;
    const { screen, ahead } = await askDoor(this.#address);
    // Of several questions the last one counts.
    if (asked !== this.#asked) return;
    this.#ahead = ahead;
    this.#store.dispatch({ type: 'ticked', now: Date.now() + ahead });
    if (this.#conference && (screen.at === 'lobby' || isPassing(screen))) return;
    const before = this.#store.state().screen;
    // What was opened already is not taken away by a moment without a network.
    if (before.at === 'early' && isPassing(screen)) return this.#openLater(before.meeting);
    this.#end();
    if (screen.at === 'lobby') return await this.#enterLobby(screen);
    const moved = screen.at === 'early' && (before.at === 'room' || before.at === 'waiting');
    this.#store.dispatch({ type: 'opened', screen: screen.at === 'early' ? { ...screen, moved } : screen });
    if (screen.at === 'early') this.#openLater(screen.meeting);
  }

  /** Tries once more; whoever was removed gives their seat up for it, and asks to be let in as anyone does. */
  retry(): void {
    const { screen } = this.#store.state();
    if (screen.at === 'closed' && screen.why === 'removed') forgetSeat(this.#address);
    void this.open();
  }

  join(): void {
    const { dispatch, state } = this.#store;
    const { screen, password, ...typed } = state();
    const name = typed.name.trim();
    const hosting = hostTokenOf(this.#address) !== undefined;
    if (name === '') {
      dispatch({ type: 'refused', refusal: 'name-needed' });
    } else if ('room' in screen && screen.room.isPasswordProtected && !hosting && password.trim() === '') {
      dispatch({ type: 'refused', refusal: 'password-needed' });
    } else {
      keepPreference('name', name);
      dispatch({ type: 'joining' });
      this.#begin(undefined);
    }
  }

  /** Goes back to the lobby without having been admitted. */
  cancelWaiting(): void {
    this.#conference?.leave();
    this.#conference = undefined;
    this.#store.dispatch({ type: 'refused', refusal: undefined });
  }

  leave(): void {
    this.#conference?.leave();
    this.#conference = undefined;
    this.#store.dispatch({ type: 'closed', why: 'left' });
  }

  get conference(): Conference | undefined {
    return this.#conference;
  }

  toggle(kind: DeviceKind): void {
    const { state } = this.#store.state()[kind];
    const on = !isWanted(state);
    this.#wanted = { ...this.#wanted, [kind]: on };
    void this.media.set(kind, on);
  }

  choose(kind: DeviceKind, id: string): void {
    keepPreference(kind, id);
    void this.media.choose(kind, id);
  }

  async copyLink(): Promise<void> {
    const { dispatch } = this.#store;
    try {
      await navigator.clipboard.writeText(location.origin + sharedAddress(this.#address));
      dispatch({ type: 'copied', copied: 'yes' });
      setTimeout(() => dispatch({ type: 'copied', copied: 'no' }), 2_500);
    } catch {
      // Not every browser lets a page write to its clipboard, or only while it has the focus.
      dispatch({ type: 'copied', copied: 'refused' });
    }
  }

  async #enterLobby(screen: Extract<Screen, { at: 'lobby' }>): Promise<void> {
    const { dispatch } = this.#store;
    const seat = await seatOf(this.#address);
    if (!seat) {
      dispatch({ type: 'opened', screen });
      return await this.media.start(this.#wanted);
    }
    this.#wanted = { camera: seat.camera, microphone: seat.microphone };
    dispatch({ type: 'named', name: seat.name });
    dispatch({ type: 'opened', screen: { ...screen, joining: true } });
    await this.media.start(this.#wanted);
    dispatch({ type: 'joining' });
    this.#begin(seat.token);
  }

  #begin(seat: string | undefined): void {
    const { dispatch, state } = this.#store;
    const { screen } = state();
    clearTimeout(this.#joiningAgain);
    if (screen.at !== 'lobby') return;
    this.#conference?.close();
    this.#conference = new Conference({
      address: this.#address,
      room: screen.room,
      media: this.media,
      state,
      dispatch,
      askAgain: () => void this.open(),
      seat,
    });
  }

  #end(): void {
    this.#conference?.close();
    this.#conference = undefined;
  }

  #follow(event: PageEvent, before: RoomPageState, { screen }: RoomPageState): void {
    if (event.type === 'refused') this.#joinAgain(event.refusal);
    if (event.type === 'refused' || (event.type === 'message' && event.message.type === 'ended')) this.#end();
    if (screen.at === 'closed') this.#end();
    if (usesDevices(before.screen) && !usesDevices(screen)) this.media.stop();
    this.#wakefulness.want(screen.at === 'room');
    if (event.type === 'device' || event.type === 'sharing') this.#conference?.update();
  }

  /** Whoever finds the room full comes in by themselves when it is not any more. */
  #joinAgain(refusal: LobbyRefusal | undefined): void {
    clearTimeout(this.#joiningAgain);
    if (refusal !== 'full') return;
    const pause = fullPause * (1 - Math.random() / 2);
    this.#joiningAgain = setTimeout(() => this.#begin(undefined), pause);
  }

  #openLater({ opensAt }: EarlyMeeting): void {
    clearTimeout(this.#opening);
    const pause = doorPause(Date.parse(opensAt), Date.now() + this.#ahead, Math.random());
    this.#opening = setTimeout(() => void this.open(), pause);
  }

  #onTracks(): void {
    this.#conference?.update();
    this.voice.watch(this.media.tracks.microphone);
  }

  #onShown(): void {
    this.#conference?.check();
    void this.media.heal();
    if (this.#store.state().screen.at === 'early') void this.open();
  }

  #listen(): void {
    const { screen, microphone } = this.#store.state();
    if (screen.at !== 'room' || !this.#conference) return;
    const { speaking, you } = screen.conference;
    const own = microphone.state === 'on' && this.voice.loudness >= heard.own ? [you.id] : [];
    const ids = [...own, ...this.#conference.mesh.louderThan(heard.others)];
    if (ids.join() !== speaking.join()) this.#store.dispatch({ type: 'speaking', ids });
  }
}

function usesDevices({ at }: Screen): boolean {
  return at === 'lobby' || at === 'waiting' || at === 'room';
}

/** The network or the service is away for a moment; the room behind the door is what it was. */
function isPassing(screen: Screen): boolean {
  return screen.at === 'closed' && (screen.why === 'unreachable' || screen.why === 'busy');
}
