import { type Content, h, type Markup } from '../../../../../functions/pages/shared/markup.ts';
import type { Entry } from '../entries.ts';
import type { Actions, Scene, State } from '../state.ts';
import { detail } from './detail.ts';
import { list } from './list.ts';
import { navigation } from './navigation.ts';

/** The whole page: what there is, a list of one kind, and one of the list. */
export function frame(state: State, entries: readonly Entry[], actions: Actions): Content {
  const { inbox, place } = state;
  if (inbox === undefined) return waiting(state);
  const scene: Scene = { state, inbox, actions };
  return h(
    'div',
    { class: 'frame', 'data-showing': place.id === undefined ? 'list' : 'detail' },
    navigation(scene),
    h(
      'main',
      { class: inbox[place.section].total === 0 ? 'panes alone' : 'panes' },
      list(scene, entries),
      inbox[place.section].total > 0 && detail(scene),
    ),
  );
}

function waiting({ isLive }: State): Markup {
  return h(
    'main',
    { class: 'waiting' },
    h('h1', {}, 'Inbox of the local service'),
    h(
      'p',
      { role: 'status' },
      isLive ? 'Reading …' : 'The service does not answer. See runner.log in its state folder.',
    ),
  );
}
