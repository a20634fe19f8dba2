import { type Content, h, type Markup } from '../../../../../functions/pages/shared/markup.ts';

/** Names with what they stand for; what is undefined or empty is left out. */
export function facts(pairs: readonly (readonly [name: string, value: Content])[]): Markup {
  const known = pairs.filter(([, value]) => value !== undefined && value !== '' && value !== false);
  return h(
    'dl',
    { class: 'facts' },
    known.map(([name, value]) => h('div', { key: name }, h('dt', {}, name), h('dd', { dir: 'auto' }, value))),
  );
}

/** Text as it is written, which may be scrolled. */
export function source(text: string, label: string): Markup {
  return h('pre', { class: 'source', tabindex: 0, role: 'region', 'aria-label': label }, text);
}

/** A part of what is shown, under a title. */
export function part(title: string, ...content: readonly Content[]): Markup {
  return h('section', { class: 'part', key: title }, h('h3', {}, title), ...content);
}

/** The head of what is shown: its title, which takes the focus when it is opened. */
export function heading(lead: Content, title: string, ...below: readonly Content[]): Markup {
  return h(
    'header',
    { class: 'heading' },
    lead,
    h('div', {}, h('h2', { id: 'detail-title', tabindex: -1, dir: 'auto' }, title), ...below),
  );
}
