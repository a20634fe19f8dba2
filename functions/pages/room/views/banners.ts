import { type Content, h } from '../../shared/markup.ts';
import type { Conference, State } from '../state.ts';
import { button } from './button.ts';
import { icon } from './icon.ts';
import type { Scene } from './scene.ts';

/** So many knocks are shown at once; the others are in the list of people. */
const mostKnocks = 2;

/** What wants to be known now, above the pictures. */
export function banners(state: State, conference: Conference, scene: Scene): Content {
  const { words, actions } = scene;
  const { online, knocks, you, panel } = conference;
  return h(
    'div',
    { class: 'banners' },
    !online &&
      h(
        'p',
        { class: 'banner urgent', key: 'offline' },
        h('span', { class: 'spinner', 'aria-hidden': true }),
        words.offline,
      ),
    state.silenced &&
      h(
        'div',
        { class: 'banner', key: 'silenced' },
        h('p', {}, words.silenced),
        button(words.turnSoundOn, actions.playSound, { look: 'primary' }),
      ),
    state.sharing === 'on' &&
      h(
        'div',
        { class: 'banner', key: 'sharing' },
        icon('screen'),
        h('p', {}, words.youShare),
        button(words.stopSharing, () => actions.share(false), { look: 'secondary' }),
      ),
    you.host && panel !== 'people' && knocks.slice(0, mostKnocks).map((knock) => knockBanner(knock, scene)),
  );
}

function knockBanner({ id, name, removed }: Conference['knocks'][number], { words, actions }: Scene): Content {
  return h(
    'div',
    { class: 'banner knock', key: id, role: 'group', 'aria-label': words.wantsIn(name) },
    h(
      'div',
      { class: 'who' },
      h('p', { dir: 'auto' }, words.wantsIn(name)),
      removed && h('p', { class: 'soft', key: 'removed' }, words.maybeRemoved),
    ),
    button(words.refuse, () => actions.refuse(id), { look: 'secondary', label: words.refuseNamed(name) }),
    button(words.admit, () => actions.admit(id), { look: 'primary', label: words.admitNamed(name) }),
  );
}
