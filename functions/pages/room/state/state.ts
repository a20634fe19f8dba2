import type { EndReason, JoinRefusal, LinkedPerson, Person, RoomFacts } from '../../../rooms/signalling/protocol.ts';
import type { Answering } from '../answering/answering.ts';

/**
 * `off` is a choice; the last five are why a device that was asked for does not serve. An interrupted one is wanted on,
 * and gives nothing for a while: during a call, behind a privacy switch, under a closed lid.
 */
export type DeviceState = 'off' | 'starting' | 'on' | 'interrupted' | 'refused' | 'missing' | 'busy' | 'failed';

/** Whether pressing the device's button turns it off. */
export function isWanted(state: DeviceState): boolean {
  return state === 'on' || state === 'starting' || state === 'interrupted';
}

export type DeviceKind = 'camera' | 'microphone';

/** One of several devices of a kind. */
export interface DeviceChoice {
  readonly id: string;
  readonly label: string;
}

export interface DeviceStatus {
  readonly state: DeviceState;
  readonly choices: readonly DeviceChoice[];
  /** The choice in use; empty before there is one. */
  readonly chosen: string;
}

/** How the line between this browser and another person's is. */
export type LineState = 'connecting' | 'connected' | 'broken';

export interface Guest extends Person {
  readonly line: LineState;
  /** Since when there is no connection, in epoch milliseconds; absent while there is. */
  readonly unconnectedSince?: number | undefined;
  /** Their socket broke; they may come back. */
  readonly lost: boolean;
}

export interface ChatLine {
  readonly number: number;
  readonly from: string;
  /** As it was when they wrote. */
  readonly name: string;
  readonly text: string;
  /** By the service's clock; of a line that is on its way, by this page's. */
  readonly at: string;
  /** Made by the page that it was written on. */
  readonly id?: string | undefined;
  /** Absent once everyone has been told of it. */
  readonly fate?: 'sending' | 'unsent' | undefined;
}

export interface Knock {
  readonly id: string;
  readonly name: string;
  /** It may be someone who was removed. */
  readonly removed: boolean;
}

export type Panel = 'none' | 'chat' | 'people';

/** What a host is asked before it is done. */
export type Question = { readonly about: 'end' } | { readonly about: 'remove'; readonly id: string };

export interface Conference {
  readonly you: { readonly id: string; readonly name: string; readonly host: boolean };
  readonly people: readonly Guest[];
  readonly knocks: readonly Knock[];
  readonly chat: readonly ChatLine[];
  readonly unread: number;
  readonly panel: Panel;
  readonly question: Question | undefined;
  readonly locked: boolean;
  readonly endsAt: string | undefined;
  /** Whether the service can be reached; the lines between browsers may stand while it cannot. */
  readonly online: boolean;
  /** Ids of those who speak now, the own one among them. */
  readonly speaking: readonly string[];
}

export type ClosedReason =
  | 'no-such-room'
  /** Of a personal link. */
  | 'no-such-invitation'
  | 'ended'
  | 'cancelled'
  | 'busy'
  | 'unreachable'
  | 'unsupported'
  | 'left'
  | 'removed'
  | 'declined'
  | `ended-${Exclude<EndReason, 'moved' | 'cancelled'>}`;

export interface EarlyMeeting {
  readonly name: string;
  readonly opensAt: string;
  readonly validSince: string;
  readonly validUntil: string;
  readonly timeZone: string;
  readonly sequence: number;
  /** Of a personal link: whose it is. */
  readonly participant?: LinkedPerson | undefined;
}

/** Why a join did not succeed that takes a password. */
export type PasswordRefusal = Extract<JoinRefusal, 'password-needed' | 'password' | 'password-limit'>;

const passwordRefusals: readonly unknown[] = [
  'password-needed',
  'password',
  'password-limit',
] satisfies PasswordRefusal[];

export function isPasswordRefusal(refusal: unknown): refusal is PasswordRefusal {
  return passwordRefusals.includes(refusal);
}

/** Why a join did not succeed and may be tried again from the lobby. */
export type LobbyRefusal =
  | Extract<JoinRefusal, 'full' | 'locked' | 'host-token' | 'crowded' | 'name' | 'rate'>
  | PasswordRefusal
  | 'name-needed'
  | 'no-answer';

export type Screen =
  | { readonly at: 'loading' }
  | { readonly at: 'early'; readonly meeting: EarlyMeeting; readonly moved: boolean }
  | {
      readonly at: 'closed';
      readonly why: ClosedReason;
      readonly name?: string | undefined;
      /** When the next meeting behind the same link starts. */
      readonly next?: string | undefined;
    }
  | { readonly at: 'elsewhere'; readonly room: RoomFacts; readonly url: string }
  | {
      readonly at: 'lobby';
      readonly room: RoomFacts;
      readonly joining: boolean;
      readonly refusal: LobbyRefusal | undefined;
    }
  /** `host`: whether one is here who can let them in. */
  | { readonly at: 'waiting'; readonly room: RoomFacts; readonly host: boolean }
  | { readonly at: 'room'; readonly room: RoomFacts; readonly conference: Conference };

export type Copied = 'no' | 'yes' | 'refused';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface RoomPageState {
  readonly screen: Screen;
  /** Epoch milliseconds by the service's clock. */
  readonly now: number;
  readonly name: string;
  /** Undefined where nobody is asked, or not yet. */
  readonly answering: Answering | undefined;
  /** Of the meeting, as it was typed; kept for coming back while the page lives, and nowhere else. */
  readonly password: string;
  readonly camera: DeviceStatus;
  readonly microphone: DeviceStatus;
  /** An interrupted one goes on by itself: the shared window is hidden, say. */
  readonly sharing: 'off' | 'starting' | 'on' | 'interrupted';
  /** Whether the link has just been copied, or the browser refuses to. */
  readonly copied: Copied;
  /** The browser plays no sound until the page is clicked. */
  readonly silenced: boolean;
  /** The browser does not measure how loud the microphone is until the page is clicked. */
  readonly unmeasured: boolean;
  /** Pixels that the pictures of a conference have. */
  readonly stage: Size;
}

/** Milliseconds without a connection after which it is said why there may be none. */
const connectsSlowly = 20_000;

export function isSlow({ unconnectedSince }: Pick<Guest, 'unconnectedSince'>, now: number): boolean {
  return unconnectedSince !== undefined && now - unconnectedSince >= connectsSlowly;
}

/** Milliseconds before its end in which a meeting is said to end soon. */
const endIsNear = 300_000;

export function endsSoon({ endsAt }: Pick<Conference, 'endsAt'>, now: number): boolean {
  return endsAt !== undefined && Date.parse(endsAt) - now <= endIsNear;
}

const noDevice: DeviceStatus = { state: 'off', choices: [], chosen: '' };

export function initialState(name: string, now: number): RoomPageState {
  return {
    screen: { at: 'loading' },
    now,
    name,
    answering: undefined,
    password: '',
    camera: noDevice,
    microphone: noDevice,
    sharing: 'off',
    copied: 'no',
    silenced: false,
    unmeasured: false,
    stage: { width: 0, height: 0 },
  };
}
