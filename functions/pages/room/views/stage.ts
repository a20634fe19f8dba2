import { type Content, h } from '../../shared/markup.ts';
import type { Conference, Guest, State } from '../state.ts';
import { tileGrid } from '../tileGrid.ts';
import { copyButton } from './button.ts';
import { icon } from './icon.ts';
import { avatar, picture } from './picture.ts';
import type { Scene } from './scene.ts';

/** Pixels between tiles, as in the style sheet. */
const gap = 12;

/** The pictures: a shared screen large, everyone else beside it; or everyone as large as there is room. */
export function stage(state: State, conference: Conference, scene: Scene): Content {
  const shown = [...conference.people].reverse().find(({ screen }) => screen);
  const alone = conference.people.length === 0;
  const tiles = alone ? 2 : conference.people.length + 1;
  const { tileWidth, tileHeight } = tileGrid(tiles, state.stage.width, state.stage.height, gap);
  return h(
    'section',
    { class: shown ? 'stage sharing' : 'stage', key: 'stage', 'aria-label': scene.words.participants },
    shown && sharedScreen(shown, scene),
    h(
      'ul',
      {
        class: 'tiles',
        key: 'tiles',
        variables: { '--tile-width': `${tileWidth}px`, '--tile-height': `${tileHeight}px` },
        created: scene.measure,
      },
      conference.people.map((guest) => guestTile(guest, conference, scene)),
      ownTile(state, conference, scene),
      alone && aloneTile(state, scene),
    ),
  );
}

function sharedScreen({ id, name }: Guest, { words, streams }: Scene): Content {
  return h(
    'figure',
    { class: 'shared', key: `screen ${id}` },
    picture(streams(id)?.screen, { muted: true }),
    h('figcaption', { class: 'nameplate', dir: 'auto' }, icon('screen'), words.screenOf(name)),
  );
}

function guestTile(guest: Guest, { speaking }: Conference, { words, streams, hear }: Scene): Content {
  const { id, name, camera, microphone, line, lost } = guest;
  const wire = lost ? words.lostConnection : line === 'connecting' ? words.connecting : words.reconnecting;
  const broken = lost || line !== 'connected';
  return h(
    'li',
    { class: `tile${broken ? ' broken' : speaking.includes(id) ? ' speaking' : ''}`, key: id },
    picture(streams(id)?.person, { muted: false, hidden: !camera, created: hear }),
    !camera && avatar(name, id),
    broken && h('p', { class: 'wire', key: 'wire' }, h('span', { class: 'spinner', 'aria-hidden': true }), wire),
    nameplate(name, microphone, words.muted),
  );
}

function ownTile(state: State, { you, speaking }: Conference, { words, preview }: Scene): Content {
  const camera = state.camera.state === 'on';
  return h(
    'li',
    { class: `tile own${speaking.includes(you.id) ? ' speaking' : ''}`, key: 'you' },
    picture(preview, { muted: true, mirrored: true, hidden: !camera }),
    !camera && avatar(you.name, you.id),
    nameplate(words.youNamed(you.name), state.microphone.state === 'on', words.muted),
  );
}

function nameplate(name: string, microphone: boolean, muted: string): Content {
  return h(
    'p',
    { class: 'nameplate', key: 'nameplate' },
    !microphone && h('span', { class: 'muted', role: 'img', 'aria-label': muted }, icon('microphoneOff')),
    h('span', { class: 'name', dir: 'auto' }, name),
  );
}

function aloneTile(state: State, scene: Scene): Content {
  const { words } = scene;
  return h(
    'li',
    { class: 'tile alone', key: 'alone' },
    h('p', { class: 'strong' }, words.alone),
    h('p', { class: 'soft' }, words.aloneHint),
    copyButton(state, scene),
  );
}
