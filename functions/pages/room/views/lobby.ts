import { type Content, h } from '../../shared/markup.ts';
import { longestName } from '../limits.ts';
import type { Screen, State } from '../state.ts';
import { button } from './button.ts';
import { deviceButton, deviceChoices, deviceTrouble } from './devices.ts';
import { icon } from './icon.ts';
import { dialInLine, meetingCard, meetingLinks } from './meetingCard.ts';
import { avatar, picture } from './picture.ts';
import type { Scene } from './scene.ts';

type Lobby = Extract<Screen, { at: 'lobby' | 'waiting' }>;

/** Before the room: who one is, and what the others will see and hear; then, where a host admits, waiting for them. */
export function lobbyView(state: State, screen: Lobby, scene: Scene): Content {
  const { room } = screen;
  return h(
    'main',
    { class: 'lobby', key: 'lobby' },
    h('div', { class: 'preview-column' }, preview(state, scene), deviceTrouble(state, scene)),
    h(
      'div',
      { class: 'join-column' },
      meetingCard({ ...room, name: room.name ?? scene.identifier }, scene),
      screen.at === 'waiting' ? waiting(screen.host, scene) : joinForm(state, screen, scene),
      h('footer', {}, dialInLine(room.dialIn, scene), meetingLinks(state, scene, room.validSince !== undefined)),
    ),
    deviceChoices(state, scene),
  );
}

function preview(state: State, scene: Scene): Content {
  const { words } = scene;
  const { camera, microphone, name } = state;
  return h(
    'section',
    { class: 'preview', 'aria-label': words.preview },
    picture(scene.preview, { muted: true, mirrored: true, hidden: camera.state !== 'on' }),
    camera.state !== 'on' &&
      h(
        'div',
        { class: 'preview-off', key: 'off' },
        name.trim() === '' ? h('span', { class: 'avatar', key: 'avatar' }, icon('cameraOff')) : avatar(name, 'you'),
        h('p', {}, camera.state === 'starting' ? words.allowDevices : words.cameraIsOff),
      ),
    microphone.state === 'on' &&
      h('div', {
        class: 'level',
        key: 'level',
        role: 'meter',
        'aria-label': words.level,
        'aria-valuemin': 0,
        'aria-valuemax': 100,
        created: scene.showLevel,
      }),
    h(
      'div',
      { class: 'preview-controls', key: 'controls' },
      deviceButton('microphone', microphone, scene),
      deviceButton('camera', camera, scene),
    ),
  );
}

function joinForm(state: State, { room, joining, refusal }: Extract<Screen, { at: 'lobby' }>, scene: Scene): Content {
  const { words, actions, hosting } = scene;
  const message = refusal === 'full' ? words.refusal.full(room.capacity) : refusal && words.refusal[refusal];
  return h(
    'form',
    {
      class: 'join',
      key: 'join',
      novalidate: true,
      on: {
        submit: (event) => {
          event.preventDefault();
          actions.join();
        },
      },
    },
    nameField(state, refusal === 'name' || refusal === 'name-needed', scene),
    message !== undefined &&
      h('p', { class: 'trouble', id: 'refusal', key: 'refusal' }, icon('notice'), h('span', {}, message)),
    button(joining ? words.joining : refusal === 'host-token' ? words.joinAsGuest : words.join, undefined, {
      look: 'primary',
      submit: true,
      disabled: joining,
    }),
    hosting && h('p', { class: 'soft', key: 'hosting' }, words.youHost),
    !hosting && room.lobby && h('p', { class: 'soft', key: 'hint' }, words.lobbyHint),
  );
}

function nameField(state: State, isRefused: boolean, { words, actions }: Scene): Content {
  return h(
    'div',
    { class: 'field', key: 'name' },
    h('label', { for: 'name' }, words.yourName),
    h('input', {
      id: 'name',
      name: 'name',
      type: 'text',
      dir: 'auto',
      autocomplete: 'name',
      maxlength: longestName,
      enterkeyhint: 'go',
      required: true,
      'aria-invalid': isRefused || undefined,
      'aria-describedby': isRefused ? 'refusal' : undefined,
      properties: { value: state.name },
      on: { input: ({ target }) => target instanceof HTMLInputElement && actions.typeName(target.value) },
    }),
  );
}

function waiting(host: boolean, { words, actions }: Scene): Content {
  return h(
    'section',
    { class: 'waiting', key: 'waiting' },
    h('h2', { id: 'waiting', tabindex: -1 }, h('span', { class: 'spinner', 'aria-hidden': true }), words.waiting),
    h('p', { class: 'soft' }, host ? words.waitingHint : words.waitingForHost),
    button(words.cancel, actions.cancelWaiting, { look: 'secondary' }),
  );
}
