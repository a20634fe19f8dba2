import type { ServerMessage } from '../../../rooms/signalling/protocol.ts';
import { type AnsweringEvent, reduceAnswering } from '../answering/reduceAnswering.ts';
import { withOwnLine, withUnsentLine } from './chatLines.ts';
import { reduceMessage } from './reduceMessage.ts';
import {
  type ClosedReason,
  type Conference,
  type Copied,
  type DeviceChoice,
  type DeviceKind,
  type DeviceState,
  type Guest,
  isPasswordRefusal,
  type LineState,
  type LobbyRefusal,
  type Panel,
  type Question,
  type RoomPageState,
  type Screen,
  type Size,
} from './state.ts';

/** What can happen to the page. */
export type PageEvent =
  | AnsweringEvent
  | { readonly type: 'opened'; readonly screen: Screen }
  | { readonly type: 'ticked'; readonly now: number }
  | { readonly type: 'named'; readonly name: string }
  | { readonly type: 'passwordTyped'; readonly password: string }
  | { readonly type: 'joining' }
  | { readonly type: 'refused'; readonly refusal: LobbyRefusal | undefined }
  | { readonly type: 'closed'; readonly why: ClosedReason }
  | { readonly type: 'message'; readonly message: ServerMessage }
  | { readonly type: 'online'; readonly online: boolean }
  | { readonly type: 'line'; readonly id: string; readonly line: LineState }
  | { readonly type: 'gone'; readonly id: string }
  /** A line was written here, and is on its way. */
  | { readonly type: 'said'; readonly id: string; readonly text: string }
  /** It will never be sent. */
  | { readonly type: 'unsent'; readonly id: string }
  | { readonly type: 'device'; readonly kind: DeviceKind; readonly state: DeviceState }
  | {
      readonly type: 'choices';
      readonly kind: DeviceKind;
      readonly choices: readonly DeviceChoice[];
      readonly chosen: string;
    }
  | { readonly type: 'sharing'; readonly sharing: RoomPageState['sharing'] }
  | { readonly type: 'panel'; readonly panel: Panel }
  | { readonly type: 'question'; readonly question: Question | undefined }
  | { readonly type: 'speaking'; readonly ids: readonly string[] }
  | { readonly type: 'copied'; readonly copied: Copied }
  | { readonly type: 'silenced'; readonly silenced: boolean }
  | { readonly type: 'unmeasured'; readonly unmeasured: boolean }
  | { readonly type: 'resized'; readonly stage: Size };

/** The state that an event leads to; one that means nothing where the page is leaves it as it was. */
export function reduce(state: RoomPageState, event: PageEvent): RoomPageState {
  switch (event.type) {
    case 'opened':
      return opened(state, event.screen);
    case 'ticked':
      return { ...state, now: event.now };
    case 'named':
      return { ...state, name: event.name };
    case 'passwordTyped':
      return { ...state, password: event.password };
    case 'joining':
      return inLobby(state, { joining: true, refusal: undefined });
    case 'refused':
      return inLobby(refused(state, event.refusal), { joining: false, refusal: event.refusal });
    case 'closed':
      return closedState(state, event.why);
    case 'message':
      return reduceMessage(state, event.message);
    case 'device':
      return { ...state, [event.kind]: { ...state[event.kind], state: event.state } };
    case 'choices':
      return { ...state, [event.kind]: { ...state[event.kind], choices: event.choices, chosen: event.chosen } };
    case 'sharing':
      return { ...state, sharing: event.sharing };
    case 'copied':
      return { ...state, copied: event.copied };
    case 'resized':
      return { ...state, stage: event.stage };
    case 'invited':
    case 'answerChosen':
    case 'answerTyped':
    case 'answerChanging':
    case 'answerSending':
    case 'answerKept':
    case 'answerRefused':
      return { ...state, answering: reduceAnswering(state.answering, event, state.now) };
    case 'unmeasured':
      return { ...state, unmeasured: event.unmeasured };
    case 'silenced':
      return { ...state, silenced: event.silenced };
    default:
      return inConference(state, (conference) => reduceConference(conference, event, state.now));
  }
}

/** Whoever has given no name yet is called as their own link calls them. */
function opened(state: RoomPageState, screen: Screen): RoomPageState {
  const { name = '' } = ('room' in screen && screen.room.participant) || {};
  return { ...state, screen, name: state.name === '' ? name : state.name };
}

type ConferenceEvent = Extract<
  PageEvent,
  {
    type: 'online' | 'line' | 'gone' | 'said' | 'unsent' | 'panel' | 'question' | 'speaking';
  }
>;

function reduceConference(conference: Conference, event: ConferenceEvent, now: number): Conference {
  switch (event.type) {
    case 'online':
      return { ...conference, online: event.online };
    case 'line':
      return {
        ...conference,
        people: conference.people.map((guest) => (guest.id === event.id ? withLine(guest, event.line, now) : guest)),
      };
    case 'gone':
      return { ...conference, people: conference.people.filter(({ id, lost }) => id !== event.id || !lost) };
    case 'said':
      return withOwnLine(conference, event, now);
    case 'unsent':
      return withUnsentLine(conference, event.id);
    case 'panel':
      return { ...conference, panel: event.panel, unread: event.panel === 'chat' ? 0 : conference.unread };
    case 'question':
      return { ...conference, question: event.question };
    case 'speaking':
      return { ...conference, speaking: event.ids };
  }
}

function withLine(guest: Guest, line: LineState, now: number): Guest {
  const unconnectedSince = line === 'connected' ? undefined : (guest.unconnectedSince ?? now);
  return { ...guest, line, unconnectedSince };
}

function inConference(state: RoomPageState, change: (conference: Conference) => Conference): RoomPageState {
  if (state.screen.at !== 'room') return state;
  return { ...state, screen: { ...state.screen, conference: change(state.screen.conference) } };
}

/** A password may have been set since the door was asked, or be another by now. */
function refused(state: RoomPageState, refusal: LobbyRefusal | undefined): RoomPageState {
  const { screen } = state;
  if (!isPasswordRefusal(refusal) || !('room' in screen)) return state;
  const password = refusal === 'password' ? '' : state.password;
  return { ...state, password, screen: { ...screen, room: { ...screen.room, isPasswordProtected: true } } };
}

/** Whoever waits or is in the room comes back to the lobby by this. */
function inLobby(state: RoomPageState, lobby: { joining: boolean; refusal: LobbyRefusal | undefined }): RoomPageState {
  const { screen } = state;
  if (screen.at !== 'lobby' && screen.at !== 'waiting' && screen.at !== 'room') return state;
  return { ...state, screen: { at: 'lobby', room: screen.room, ...lobby } };
}

function closedState(state: RoomPageState, why: ClosedReason): RoomPageState {
  const name = nameOf(state.screen);
  return { ...state, screen: { at: 'closed', why, name } };
}

/** What the meeting is called, as far as the screen knows. */
export function nameOf(screen: Screen): string | undefined {
  if ('room' in screen) return screen.room.name;
  if (screen.at === 'early') return screen.meeting.name;
  return screen.at === 'closed' ? screen.name : undefined;
}
