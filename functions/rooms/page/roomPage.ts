import { calendarFile } from './calendarFile.ts';
import { Conference } from './conference.ts';
import { LocalMedia } from './localMedia.ts';
import { watchLoudness } from './loudness.ts';
import { keepPreference, preference } from './preferences.ts';
import type { PageEvent } from './reduce.ts';
import { askDoor } from './roomDoor.ts';
import { seatOf } from './seat.ts';
import type { DeviceKind, EarlyMeeting, Screen, State } from './state.ts';
import type { Store } from './store.ts';
import { Wakefulness } from './wakefulness.ts';

/** Milliseconds between two looks at a door that is closed until later: meetings are moved, and cancelled. */
const lookAgain = 300_000;

/** Everyone waits for the same moment; the door is not knocked at by all of them in the same second. */
const spread = 2_500;

/** Milliseconds between two looks at who speaks, and how loud (0 to 1) a voice is. */
const listenEvery = 250;
const heard = { others: 0.02, own: 0.45 };

/** The page's doing: opens the door, uses the devices, and holds the conference. */
export class RoomPage {
  readonly media: LocalMedia;
  readonly #address: string;
  readonly #store: Store<State, PageEvent>;
  readonly #wakefulness = new Wakefulness();
  #conference: Conference | undefined;
  #ahead = 0;
  #loudness = 0;
  #levelElement: Element | undefined;
  #watched: { readonly track: MediaStreamTrack; readonly end: () => void } | undefined;
  #opening: ReturnType<typeof setTimeout> | undefined;
  /** What a person wants on, so that it is on again when he comes back. */
  #wanted: Readonly<Record<DeviceKind, boolean>> = { camera: true, microphone: true };

  constructor(address: string, store: Store<State, PageEvent>) {
    this.#address = address;
    this.#store = store;
    const { dispatch } = store;
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
    const { screen, ahead } = await askDoor(this.#address);
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

  join(): void {
    const { dispatch, state } = this.#store;
    const name = state().name.trim();
    if (name === '') {
      dispatch({ type: 'refused', refusal: 'name-needed' });
    } else {
      keepPreference('name', name);
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
    const on = state !== 'on' && state !== 'starting';
    this.#wanted = { ...this.#wanted, [kind]: on };
    void this.media.set(kind, on);
  }

  choose(kind: DeviceKind, id: string): void {
    keepPreference(kind, id);
    void this.media.choose(kind, id);
  }

  /** Shows the loudness of the own microphone on an element, as `--level`. */
  showLevel(element: Element): void {
    this.#levelElement = element;
  }

  async copyLink(): Promise<void> {
    const { dispatch } = this.#store;
    await navigator.clipboard.writeText(location.origin + this.#address);
    dispatch({ type: 'copied', copied: true });
    setTimeout(() => dispatch({ type: 'copied', copied: false }), 2_500);
  }

  saveCalendarFile(): void {
    const { screen } = this.#store.state();
    const meeting = screen.at === 'early' ? screen.meeting : 'room' in screen ? screen.room : undefined;
    if (meeting?.validSince === undefined || meeting.validUntil === undefined) return;
    const [id = ''] = this.#address.slice(this.#address.lastIndexOf('/') + 1).split('.');
    const entry = {
      uid: `${id}@${location.hostname}`,
      name: meeting.name ?? '',
      url: location.origin + this.#address,
      validSince: new Date(meeting.validSince),
      validUntil: new Date(meeting.validUntil),
    };
    save(calendarFile(entry, new Date()), 'meeting.ics', 'text/calendar');
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
    this.#begin(seat.token);
  }

  #begin(seat: string | undefined): void {
    const { dispatch, state } = this.#store;
    const { screen } = state();
    if (screen.at !== 'lobby') return;
    dispatch({ type: 'joining' });
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

  #follow(event: PageEvent, before: State, { screen }: State): void {
    if (event.type === 'refused' || (event.type === 'message' && event.message.type === 'ended')) this.#end();
    if (screen.at === 'closed' && before.screen.at !== 'closed') {
      this.#end();
      if (before.screen.at !== 'early') this.media.stop();
    }
    this.#wakefulness.want(screen.at === 'room');
    if (event.type === 'device' || event.type === 'sharing') this.#conference?.update();
    if (event.type === 'device' && event.kind === 'microphone') this.#watch();
    if (event.type === 'ticked' && screen.at === 'early') this.#openWhenDue(screen.meeting);
  }

  #openWhenDue({ opensAt }: EarlyMeeting): void {
    const { now } = this.#store.state();
    const due = Date.parse(opensAt);
    if (now < due || this.#opening === undefined || this.#isDue) return;
    this.#isDue = true;
    clearTimeout(this.#opening);
    this.#opening = setTimeout(() => void this.open(), Math.random() * spread);
  }

  /** The countdown has ended, and the door is about to be asked. */
  #isDue = false;

  #openLater({ opensAt }: EarlyMeeting): void {
    clearTimeout(this.#opening);
    const isDue = Date.now() + this.#ahead >= Date.parse(opensAt);
    this.#isDue = isDue;
    this.#opening = setTimeout(() => void this.open(), isDue ? spread + Math.random() * spread : lookAgain);
  }

  #onTracks(): void {
    this.#conference?.update();
    this.#watch();
  }

  #onShown(): void {
    this.#conference?.check();
    if (this.#store.state().screen.at === 'early') void this.open();
  }

  #watch(): void {
    const track = this.media.tracks.microphone;
    if (this.#watched?.track === track) return;
    this.#watched?.end();
    this.#watched = undefined;
    if (!track || typeof AudioContext === 'undefined') return;
    this.#watched = { track, end: watchLoudness(track, (loudness) => this.#onLoudness(loudness)) };
  }

  #onLoudness(loudness: number): void {
    this.#loudness = loudness;
    if (!(this.#levelElement instanceof HTMLElement) || !this.#levelElement.isConnected) return;
    this.#levelElement.style.setProperty('--level', loudness.toFixed(3));
    const value = String(Math.round(loudness * 10) * 10);
    if (this.#levelElement.getAttribute('aria-valuenow') !== value)
      this.#levelElement.setAttribute('aria-valuenow', value);
  }

  #listen(): void {
    const { screen, microphone } = this.#store.state();
    if (screen.at !== 'room' || !this.#conference) return;
    const { speaking, you } = screen.conference;
    const own = microphone.state === 'on' && this.#loudness >= heard.own ? [you.id] : [];
    const ids = [...own, ...this.#conference.mesh.louderThan(heard.others)];
    if (ids.join() !== speaking.join()) this.#store.dispatch({ type: 'speaking', ids });
  }
}

/** The network or the service is away for a moment; the room behind the door is what it was. */
function isPassing(screen: Screen): boolean {
  return screen.at === 'closed' && (screen.why === 'unreachable' || screen.why === 'busy');
}

function save(content: string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const anchor = Object.assign(document.createElement('a'), { href: url, download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
