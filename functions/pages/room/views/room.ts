import { type Content, h } from '../../shared/markup.ts';
import { type Conference, endsSoon, type Screen, type State } from '../state.ts';
import { banners } from './banners.ts';
import { chatPanel } from './chatPanel.ts';
import { icon } from './icon.ts';
import { peoplePanel } from './peoplePanel.ts';
import { questionDialog } from './question.ts';
import type { Scene } from './scene.ts';
import { stage } from './stage.ts';
import { toolbar } from './toolbar.ts';

/** The conference. */
export function roomView(state: State, screen: Extract<Screen, { at: 'room' }>, scene: Scene): Content {
  const { room, conference } = screen;
  return h(
    'main',
    { class: `room${conference.panel === 'none' ? '' : ' with-panel'}`, key: 'room' },
    titleBar(room.name ?? scene.identifier, conference, endsSoon(conference, state.now), scene),
    h(
      'div',
      { class: 'floor' },
      h('div', { class: 'stage-area' }, banners(state, conference, scene), stage(state, conference, scene)),
      conference.panel === 'chat' && chatPanel(conference, scene),
      conference.panel === 'people' && peoplePanel(state, room, conference, scene),
    ),
    toolbar(state, conference, scene),
    conference.question && questionDialog(conference.question, conference, scene),
  );
}

function titleBar(
  name: string,
  { endsAt, locked, people }: Conference,
  soon: boolean,
  { words, times }: Scene,
): Content {
  return h(
    'header',
    { class: 'title-bar' },
    h('h1', { id: 'title', tabindex: -1, dir: 'auto' }, name),
    locked &&
      h(
        'span',
        { class: 'locked', role: 'img', 'aria-label': words.roomLocked, title: words.roomLocked },
        icon('lock'),
      ),
    h(
      'p',
      { class: 'soft' },
      words.people(people.length + 1),
      endsAt !== undefined && ', ',
      endsAt !== undefined && h('span', { class: soon ? 'until soon' : 'until' }, words.until(times.time(endsAt))),
    ),
  );
}
