import { type Content, h, type Markup } from '../../../../../functions/pages/shared/markup.ts';
import type { Entry } from '../entries.ts';
import { fragmentOf } from '../place.ts';
import { sectionNames } from '../sectionNames.ts';
import type { Scene } from '../state.ts';
import { emptySection } from './empty.ts';
import { icon } from './icon.ts';

/** The list of a part, with its search. */
export function list(scene: Scene, entries: readonly Entry[]): Markup {
  const { section } = scene.state.place;
  return h(
    'section',
    { class: 'list', 'aria-labelledby': 'list-title', key: section },
    h(
      'div',
      { class: 'list-head' },
      h('h2', { id: 'list-title' }, sectionNames[section]),
      h('p', { class: 'found', role: 'status' }, howMany(scene, entries.length)),
      searchBox(scene),
    ),
    entries.length > 0
      ? h(
          'ul',
          { class: 'entries' },
          entries.map((entry) => row(entry, scene)),
        )
      : none(scene),
  );
}

function howMany({ state, inbox }: Scene, shown: number): string {
  const { total } = inbox[state.place.section];
  if (state.search.trim() !== '') return `${shown} of ${total}`;
  return shown < total ? `the newest ${shown} of ${total}` : '';
}

function searchBox({ state, actions }: Scene): Markup {
  return h(
    'label',
    { class: 'search' },
    icon('search'),
    h('span', { class: 'unseen' }, 'Search'),
    h('input', {
      type: 'search',
      id: 'search',
      placeholder: 'Search',
      autocomplete: 'off',
      spellcheck: 'false',
      properties: { value: state.search },
      on: { input: ({ target }) => target instanceof HTMLInputElement && actions.search(target.value) },
    }),
    h('kbd', { 'aria-hidden': true }, '/'),
  );
}

function row(entry: Entry, { state }: Scene): Markup {
  const { section, id } = state.place;
  const isSeen = state.seen.has(`${section}/${entry.id}`);
  return h(
    'li',
    { key: entry.id },
    h(
      'a',
      {
        class: isSeen ? 'entry' : 'entry fresh',
        href: fragmentOf({ section, id: entry.id }),
        'data-id': entry.id,
        'aria-current': entry.id === id ? 'true' : undefined,
      },
      h('span', { class: 'lead' }, entry.lead),
      h(
        'span',
        { class: 'words' },
        h(
          'span',
          { class: 'top' },
          h('span', { class: 'title', dir: 'auto' }, entry.title),
          h('span', { class: 'when' }, entry.side),
        ),
        entry.subtitle !== undefined && h('span', { class: 'subtitle', dir: 'auto' }, entry.subtitle),
        entry.text !== undefined && entry.text !== '' && h('span', { class: 'text', dir: 'auto' }, entry.text),
        entry.chips !== undefined && h('span', { class: 'chips' }, entry.chips),
      ),
    ),
  );
}

function none(scene: Scene): Content {
  const { search, place } = scene.state;
  if (search.trim() === '') return emptySection(place.section, scene);
  return h('p', { class: 'nothing' }, `Nothing holds “${search.trim()}”.`);
}
