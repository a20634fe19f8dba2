import { type Content, h } from '../../shared/markup.ts';
import type { ClosedReason, Screen, State } from '../state.ts';
import { button } from './button.ts';
import { type IconName, icon } from './icon.ts';
import type { Scene } from './scene.ts';

type Closed = Extract<Screen, { at: 'closed' }>;

const pictures: Readonly<Partial<Record<ClosedReason, IconName>>> = {
  left: 'leave',
  unreachable: 'signal',
  busy: 'clock',
  removed: 'remove',
  declined: 'remove',
};

/** What can be tried again, and with which word; nothing opens a room whose time is over. */
const again: Readonly<Partial<Record<ClosedReason, 'tryAgain' | 'comeBack' | 'askAgain'>>> = {
  left: 'comeBack',
  removed: 'askAgain',
  declined: 'tryAgain',
  unreachable: 'tryAgain',
  busy: 'tryAgain',
  'ended-host': 'tryAgain',
};

/** There is no room to be in, or not any more. */
export function closedView(_state: State, { why, name, next }: Closed, { words, times, actions }: Scene): Content {
  const { title, text } = words.closed[why];
  const answer = again[why];
  return h(
    'main',
    { class: 'sheet closed', key: 'closed' },
    h('div', { class: 'leaf plain', 'aria-hidden': true }, icon(pictures[why] ?? 'door')),
    h('h1', { id: 'title', tabindex: -1 }, title),
    name !== undefined && h('p', { class: 'name', dir: 'auto', key: 'name' }, name),
    h('p', { class: 'soft' }, text),
    next !== undefined && h('p', { class: 'next', key: 'next' }, words.nextMeeting(times.dateAndTime(next))),
    answer && button(words[answer], actions.retry, { look: 'primary' }),
  );
}

/** The conference is held by another server. */
export function elsewhereView(
  { room, url }: Extract<Screen, { at: 'elsewhere' }>,
  { words, identifier }: Scene,
): Content {
  return h(
    'main',
    { class: 'sheet closed', key: 'elsewhere' },
    h('div', { class: 'leaf plain', 'aria-hidden': true }, icon('camera')),
    h('h1', { id: 'title', tabindex: -1, dir: 'auto' }, room.name ?? identifier),
    h('p', { class: 'soft' }, words.elsewhere),
    h('a', { class: 'button primary', href: url, rel: 'noreferrer' }, words.goElsewhere),
  );
}

export function loadingView({ words }: Scene): Content {
  return h(
    'main',
    { class: 'sheet closed', key: 'loading', 'aria-busy': true },
    h('p', { class: 'soft' }, h('span', { class: 'spinner', 'aria-hidden': true }), words.loading),
  );
}
