import * as z from 'zod/mini';

/** What the gateway takes in one frame (AWS, "API Gateway quotas for WebSocket APIs"): longer messages never arrive. */
export const mostBytesPerFrame = 32_768;

/** Characters; longer names are cut by nobody, they are refused. */
export const longestName = 60;

/** Characters. */
export const longestChatText = 2_000;

/** Of a seat, a connection or a person in a room. */
const id = z.string().check(z.minLength(1), z.maxLength(128));

/** Text that shows something, on one line. */
const name = z
  .string()
  .check(z.minLength(1), z.maxLength(longestName), z.regex(/\S/), z.regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u));

/** Characters: four times as many as a password has, since letters may come in pieces (NFD), and blanks along with them. */
export const longestPasswordTry = 256;

/** An opaque token that this service gave out: a seat's or a host's. */
const token = z.string().check(z.minLength(1), z.maxLength(2_048));

const candidate = z.strictObject({
  candidate: z.string().check(z.maxLength(1_000)),
  sdpMid: z.optional(z.nullable(z.string().check(z.maxLength(64)))),
  sdpMLineIndex: z.optional(z.nullable(z.number())),
  usernameFragment: z.optional(z.nullable(z.string().check(z.maxLength(256)))),
});

/** Names one attempt of two people to connect; whoever makes the first offer chooses it. */
const call = z.string().check(z.minLength(1), z.maxLength(64));

/**
 * What two browsers say to each other; the service hands it on unread. `fresh` is the first offer of a
 * call; candidates come in lots, since each message is an invocation; `lost` answers an offer that
 * belongs to a call which its receiver no longer has, and asks for a fresh one.
 */
const signalData = z.union([
  z.strictObject({
    call,
    description: z.strictObject({ type: z.enum(['offer', 'answer']), sdp: z.string().check(z.maxLength(30_000)) }),
    fresh: z.optional(z.literal(true)),
  }),
  z.strictObject({ call, candidates: z.array(candidate).check(z.minLength(1), z.maxLength(30)) }),
  z.strictObject({ call, lost: z.literal(true) }),
]);

/**
 * What a page sends; `action` is the gateway's route. `join` comes first: `seat` is the token of the seat
 * that this browser had before it reloaded or lost its connection, `host` the organizer's token, `browser`
 * what the browser calls itself in this room, by which somebody who was removed is known, `password` the meeting's,
 * for whoever is neither its host nor brings a seat, `person` what a personal link has after its `~`. `ping` keeps an
 * idle socket open and extends the seat. A line of the chat has an `id` that its page makes: it is sent again, under
 * the same, until it is echoed. `ice` asks for fresh
 * credentials of the TURN servers. `missing` says that nothing comes from somebody any more. The last
 * five are for hosts.
 */
export const clientMessageSchema = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('join'),
    name,
    camera: z.boolean(),
    microphone: z.boolean(),
    seat: z.optional(token),
    host: z.optional(token),
    browser: z.optional(token),
    password: z.optional(z.string().check(z.minLength(1), z.maxLength(longestPasswordTry))),
    person: z.optional(z.string().check(z.minLength(1), z.maxLength(128))),
  }),
  z.strictObject({ action: z.literal('signal'), to: id, data: signalData }),
  z.strictObject({
    action: z.literal('change'),
    camera: z.optional(z.boolean()),
    microphone: z.optional(z.boolean()),
    screen: z.optional(z.boolean()),
    name: z.optional(name),
  }),
  z.strictObject({
    action: z.literal('chat'),
    id: z.optional(id),
    text: z.string().check(z.minLength(1), z.maxLength(longestChatText), z.regex(/\S/)),
  }),
  z.strictObject({ action: z.literal('leave') }),
  z.strictObject({ action: z.literal('ping') }),
  z.strictObject({ action: z.literal('ice') }),
  z.strictObject({ action: z.literal('missing'), id }),
  z.strictObject({ action: z.literal('admit'), id }),
  z.strictObject({ action: z.literal('refuse'), id }),
  z.strictObject({ action: z.literal('remove'), id }),
  z.strictObject({ action: z.literal('lock'), locked: z.boolean() }),
  z.strictObject({ action: z.literal('end') }),
]);

export type ClientMessage = Readonly<z.output<typeof clientMessageSchema>>;
export type ClientAction = ClientMessage['action'];
export type SignalData = Readonly<z.output<typeof signalData>>;

/** Someone in the room, as the others see them. */
export interface Person {
  /** The seat's; it stays when they come back with the seat's token. */
  readonly id: string;
  readonly name: string;
  readonly host: boolean;
  readonly camera: boolean;
  readonly microphone: boolean;
  readonly screen: boolean;
  /** Since when they share it, by the service's clock: the newest screen is the one that all see. */
  readonly screenSince?: string;
}

/** As browsers take it (RTCIceServer). */
export interface IceServer {
  readonly urls: string | readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/**
 * Why a join is not answered with a seat; `declined` is a host's answer to a knock, `ended-host` lasts until a
 * host joins, `link` is for whoever comes by a link that has been replaced,
 * `crowded` for whom too many of their own network or browser wait already. `password-needed`: none was given;
 * `password`: it is wrong; `password-limit`: it was not looked at, since too many were tried.
 */
export type JoinRefusal =
  | 'full'
  | 'locked'
  | 'too-early'
  | 'ended'
  | 'ended-host'
  | 'link'
  | 'cancelled'
  | 'removed'
  | 'declined'
  | 'host-token'
  | 'crowded'
  | 'password-needed'
  | 'password'
  | 'password-limit'
  | 'name'
  | 'rate';

/** Why a conference is over for everyone in it; `link`: for those who came by a link that has been replaced. */
export type EndReason = 'over' | 'host' | 'cancelled' | 'moved' | 'link';

/** What somebody in a room knows of it. */
export interface RoomView {
  /** The others. */
  readonly people: readonly Person[];
  readonly locked: boolean;
  readonly endsAt?: string;
}

/**
 * What the service sends. Instants are RFC 3339 UTC. Pages ignore types and members that they do not
 * know, since a page may be open while the service is renewed.
 */
export type ServerMessage =
  | ({
      readonly type: 'joined';
      readonly seat: { readonly id: string; readonly token: string };
      readonly you: { readonly id: string; readonly name: string; readonly host: boolean };
      readonly iceServers: readonly IceServer[];
    } & RoomView)
  | { readonly type: 'refused'; readonly reason: JoinRefusal; readonly message: string }
  /** Until a host admits them; `host` says whether one is here. */
  | { readonly type: 'waiting'; readonly host: boolean }
  /** To those who wait: whether a host is here, whenever that changes. */
  | { readonly type: 'hosts'; readonly here: boolean }
  /** Also when someone comes back to their seat; then `id` is one that was here before. */
  | { readonly type: 'arrived'; readonly person: Person }
  /** `lost`: the socket broke without a close of its own (neither 1000 nor 1001), so they may come back. */
  | { readonly type: 'left'; readonly id: string; readonly lost?: boolean }
  | { readonly type: 'changed'; readonly person: Pick<Person, 'id'> & Partial<Person> }
  | { readonly type: 'signal'; readonly from: string; readonly data: SignalData }
  /**
   * To everyone, to the writer last: then all have been told. `at` is the service's time; one that comes twice has the
   * same `from` and `id`.
   */
  | {
      readonly type: 'chat';
      readonly from: string;
      readonly text: string;
      readonly at: string;
      readonly id?: string;
    }
  /** To hosts: someone waits; `id` is theirs until they are admitted, refused or gone. `removed`: it may be whom one removed. */
  | { readonly type: 'knocking'; readonly id: string; readonly name: string; readonly removed?: boolean }
  | { readonly type: 'knockGone'; readonly id: string }
  /** To whoever shares: somebody (`by`) has begun to share since, and theirs is the screen that all see. */
  | { readonly type: 'shareOver'; readonly by: string }
  | { readonly type: 'locked'; readonly locked: boolean }
  | { readonly type: 'ending'; readonly at: string }
  | { readonly type: 'ended'; readonly reason: EndReason; readonly validSince?: string }
  /** With fresh credentials. */
  | { readonly type: 'iceServers'; readonly iceServers: readonly IceServer[] }
  | { readonly type: 'removed' }
  /** `id`: that of the message that is refused, where it has one. */
  | { readonly type: 'error'; readonly code: string; readonly message: string; readonly id?: string }
  /** `view`: what whoever has a seat should know by now; `knocks`, for hosts, are the ids of those who wait. */
  | { readonly type: 'pong'; readonly view?: RoomView & { readonly knocks: readonly string[] } }
  /** Somebody misses them: unless they say something soon (`ping`), their seat is lost. */
  | { readonly type: 'missed' };

/** How to take part by telephone. */
export interface DialInFacts {
  readonly extension: string;
  readonly pin: string;
}

/** Whom a personal link names. */
export interface LinkedPerson {
  /** The participant's within the meeting. */
  readonly id: string;
  readonly name?: string;
}

/** `GET` of a link with `Accept: application/json`, where the room is open. */
export interface RoomFacts {
  readonly kind: 'meeting' | 'public';
  /** Opaque; goes back as `room` in the socket's address, with the link's key (or nothing) as `key`. */
  readonly room: string;
  readonly name?: string;
  readonly organizer?: string;
  readonly validSince?: string;
  readonly validUntil?: string;
  readonly opensAt?: string;
  readonly timeZone?: string;
  /** The SEQUENCE of its calendars. */
  readonly sequence?: number;
  readonly language?: string;
  readonly capacity: number;
  readonly lobby: boolean;
  /** `wss://…` without a query. */
  readonly socketUrl: string;
  readonly iceServers: readonly IceServer[];
  /** Where a Jitsi server holds the conference in place of the page. */
  readonly jitsiUrl?: string;
  readonly dialIn?: DialInFacts;
  /** Whoever joins is asked for the meeting's password, but for its host. */
  readonly isPasswordProtected?: true;
  /** A host has ended the conference for everyone: the room opens as soon as a host joins. */
  readonly endedByHost?: true;
  /** Of a personal link: whose it is. */
  readonly participant?: LinkedPerson;
  /** Of a personal link: the link of the meeting, which says nothing of who comes, to hand on. */
  readonly url?: string;
}

/** The same where it is closed: a problem document (RFC 9457) with these members; 429 carries `retry-after`. */
export type RoomProblem =
  | {
      readonly code: 'too-early';
      readonly status: 403;
      readonly opensAt: string;
      readonly name: string;
      readonly validSince: string;
      readonly validUntil: string;
      readonly timeZone: string;
      readonly sequence: number;
      /** Of a personal link: whose it is, and the link of the meeting, to hand on. */
      readonly participant?: LinkedPerson;
      readonly url?: string;
    }
  | {
      readonly code: 'ended' | 'cancelled';
      readonly status: 410;
      readonly name?: string;
      readonly next?: { readonly validSince: string };
    }
  | { readonly code: 'no-such-room'; readonly status: 404 };
