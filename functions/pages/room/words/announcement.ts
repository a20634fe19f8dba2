import type { ServerMessage } from '../../../rooms/signalling/protocol.ts';
import type { Times } from '../../shared/words/times.ts';
import { fieldOf } from '../answering/answering.ts';
import type { PageEvent } from '../state/reduce.ts';
import { endsSoon, type RoomPageState } from '../state/state.ts';
import type { Words } from './en.ts';

/** In which words, and how times are written. */
export interface Speech {
  readonly words: Words;
  readonly times: Times;
}

/** What everyone is told of an event that not everyone sees; undefined where there is nothing to tell. */
export function announcementOf(
  event: PageEvent,
  before: RoomPageState,
  after: RoomPageState,
  speech: Speech,
): string | undefined {
  const { words, times } = speech;
  if (event.type === 'message') return announcementOfServerMessage(event.message, before, after, speech);
  if (event.type === 'answerKept' && event.invitation.given) return words.answer.kept;
  if (event.type === 'answerRefused') return fieldOf(event.fault) ? undefined : words.answer.fault[event.fault];
  if (before.screen.at !== 'room' || after.screen.at !== 'room') return undefined;
  if (event.type === 'device') return announcementOfDevice(event, before, words);
  if (event.type === 'ticked') {
    const { endsAt = '' } = after.screen.conference;
    const soon = endsSoon(after.screen.conference, after.now) && !endsSoon(before.screen.conference, before.now);
    return soon ? words.endsSoon(times.time(endsAt)) : undefined;
  }
  if (event.type === 'gone') {
    const guest = before.screen.conference.people.find(({ id, lost }) => id === event.id && lost);
    return guest && words.said.left(guest.name);
  }
  return undefined;
}

function announcementOfDevice(
  { kind, state }: Extract<PageEvent, { type: 'device' }>,
  before: RoomPageState,
  { said, device }: Words,
): string | undefined {
  if (state === 'starting' || state === before[kind].state) return undefined;
  if (state === 'on') return kind === 'camera' ? said.cameraOn : said.microphoneOn;
  if (state === 'off') return kind === 'camera' ? said.cameraOff : said.microphoneOff;
  return device[kind][state];
}

function announcementOfServerMessage(
  message: ServerMessage,
  before: RoomPageState,
  after: RoomPageState,
  { words, times }: Speech,
): string | undefined {
  const { said } = words;
  if (message.type === 'joined') return saidOfJoining(before, words);
  if (message.type === 'hosts') return saidOfHost(before, after, words);
  if (after.screen.at !== 'room' || before.screen.at !== 'room') return undefined;
  const { you, people, panel, endsAt } = before.screen.conference;
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? '';
  switch (message.type) {
    case 'arrived':
      return nameOf(message.person.id) === '' ? said.arrived(message.person.name) : undefined;
    case 'left':
      return message.lost ? said.lost(nameOf(message.id)) : said.left(nameOf(message.id));
    case 'changed': {
      const known = people.find(({ id }) => id === message.person.id);
      if (!known || message.person.screen === undefined || message.person.screen === known.screen) return undefined;
      return message.person.screen ? said.shares(known.name) : said.sharesNoMore(known.name);
    }
    case 'chat':
      if (after.screen.conference.chat === before.screen.conference.chat) return undefined;
      return message.from === you.id || panel === 'chat' ? undefined : said.wrote(nameOf(message.from), message.text);
    case 'knocking':
      return words.wantsIn(message.name);
    case 'shareOver':
      return said.shareOver(nameOf(message.by));
    case 'locked':
      return message.locked ? said.locked : said.unlocked;
    case 'ending':
      return message.at === endsAt ? undefined : words.endsSoon(times.time(message.at));
    case 'error':
      return message.code === 'full' ? said.full : message.code === 'limited' ? said.limited : undefined;
    default:
      return undefined;
  }
}

/** Whoever waits hears when a host comes or goes. */
function saidOfHost(
  { screen: before }: RoomPageState,
  { screen: after }: RoomPageState,
  { said }: Words,
): string | undefined {
  if (before.at !== 'waiting' || after.at !== 'waiting' || before.host === after.host) return undefined;
  return after.host ? said.hostCame : said.hostWent;
}

/** A connection that renews itself while it stands is nobody's news. */
function saidOfJoining({ screen }: RoomPageState, { said }: Words): string | undefined {
  if (screen.at !== 'room') return said.joined;
  return screen.conference.online ? undefined : said.online;
}
