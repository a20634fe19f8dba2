import type { RoomFacts } from '../../signalling/protocol.ts';
import { type Content, h } from '../markup.ts';
import type { Conference, Guest, State } from '../state.ts';
import { button, copyButton, iconButton } from './button.ts';
import { icon } from './icon.ts';
import { dialInLine } from './meetingCard.ts';
import { closeOnEscape } from './panelKeys.ts';
import { avatar } from './picture.ts';
import type { Scene } from './scene.ts';

/** Who is here, who waits, how others come, and what only a host may do. */
export function peoplePanel(state: State, room: RoomFacts, conference: Conference, scene: Scene): Content {
  const { words, actions } = scene;
  const { you, people, knocks } = conference;
  const own = { ...you, camera: state.camera.state === 'on', microphone: state.microphone.state === 'on' };
  return h(
    'aside',
    {
      class: 'panel',
      key: 'people',
      id: 'panel',
      'aria-label': words.peopleTitle,
      on: { keydown: closeOnEscape(actions) },
    },
    h(
      'header',
      {},
      h('h2', { id: 'people-title' }, words.peopleTitle),
      iconButton('close', words.close, () => actions.openPanel('none')),
    ),
    h(
      'div',
      { class: 'scroll' },
      you.host && knocks.length > 0 && waitingList(knocks, scene),
      h(
        'ul',
        { class: 'list', key: 'here', 'aria-labelledby': 'people-title' },
        entry({ ...own, name: words.youNamed(you.name) }, own.name, false, scene),
        people.map((guest) => entry(guest, guest.name, you.host, scene)),
      ),
      you.host && hostControls(conference, scene),
    ),
    h('footer', {}, dialInLine(room.dialIn, scene), copyButton(state, scene)),
  );
}

type Listed = Pick<Guest, 'id' | 'name' | 'host' | 'camera' | 'microphone'>;

function entry({ id, name, host, microphone }: Listed, plainName: string, removable: boolean, scene: Scene): Content {
  const { words, actions } = scene;
  return h(
    'li',
    { key: id },
    avatar(plainName, id),
    h(
      'span',
      { class: 'who' },
      h('span', { class: 'name', dir: 'auto' }, name),
      host && h('span', { class: 'role', key: 'role' }, words.host),
    ),
    !microphone &&
      h(
        'span',
        { class: 'muted', key: 'muted', role: 'img', 'aria-label': words.muted, title: words.muted },
        icon('microphoneOff'),
      ),
    removable && iconButton('remove', words.removeNamed(plainName), () => actions.ask({ about: 'remove', id })),
  );
}

function waitingList(knocks: Conference['knocks'], { words, actions }: Scene): Content {
  return h(
    'section',
    { class: 'knocks', key: 'knocks' },
    h('h3', { id: 'waiting-list' }, words.waitingList),
    h(
      'ul',
      { class: 'list', 'aria-labelledby': 'waiting-list' },
      knocks.map(({ id, name, removed }) =>
        h(
          'li',
          { key: id },
          h(
            'span',
            { class: 'who' },
            h('span', { class: 'name', dir: 'auto' }, name),
            removed && h('span', { class: 'role', key: 'removed' }, words.maybeRemoved),
          ),
          button(words.refuse, () => actions.refuse(id), { look: 'secondary', label: words.refuseNamed(name) }),
          button(words.admit, () => actions.admit(id), { look: 'primary', label: words.admitNamed(name) }),
        ),
      ),
    ),
  );
}

function hostControls({ locked }: Conference, { words, actions }: Scene): Content {
  return h(
    'section',
    { class: 'host-controls', key: 'host' },
    h('h3', {}, words.hostControls),
    h(
      'button',
      {
        class: 'switch',
        type: 'button',
        role: 'switch',
        'aria-checked': locked,
        'aria-describedby': 'lock-hint',
        on: { click: () => actions.lock(!locked) },
      },
      h('span', {}, words.lockRoom),
      h('span', { class: 'track', 'aria-hidden': true }),
    ),
    h('p', { class: 'soft', id: 'lock-hint' }, words.lockHint),
    button(words.endForAll, () => actions.ask({ about: 'end' }), { look: 'danger' }),
  );
}
