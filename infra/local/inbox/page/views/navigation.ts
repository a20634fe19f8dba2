import { type Content, h, type Markup } from '../../../../../functions/pages/shared/markup.ts';
import { fragmentOf, type Section, sections } from '../place.ts';
import { sectionNames } from '../sectionNames.ts';
import type { Scene } from '../state.ts';
import { icon } from './icon.ts';

/** The parts of the inbox with their counts, and how the service is. */
export function navigation(scene: Scene): Markup {
  return h(
    'header',
    { class: 'side' },
    h(
      'div',
      { class: 'brand' },
      h('span', { class: 'mark', 'aria-hidden': true }, icon('mails')),
      h('h1', {}, 'Inbox', h('span', {}, ' of the local service')),
    ),
    h(
      'nav',
      { 'aria-label': 'Parts' },
      h(
        'ul',
        {},
        sections.map((section) => item(section, scene)),
      ),
    ),
    life(scene),
  );
}

function item(section: Section, { state, inbox }: Scene): Markup {
  const { total, items } = inbox[section];
  const fresh = items.filter((one) => 'id' in one && !state.seen.has(`${section}/${one.id}`)).length;
  const showsFresh = fresh > 0 && heralded.has(section);
  const isAlarming = section === 'denied' && total > 0;
  return h(
    'li',
    { key: section },
    h(
      'a',
      {
        href: fragmentOf({ section }),
        class: isAlarming ? 'alarming' : undefined,
        'aria-current': state.place.section === section ? 'page' : undefined,
      },
      icon(section === 'denied' && total === 0 ? 'allowed' : section),
      h('span', { class: 'name' }, sectionNames[section]),
      showsFresh && h('span', { class: 'dot' }, h('span', { class: 'unseen' }, `${fresh} new, `)),
      h('span', { class: 'count' }, String(total)),
    ),
  );
}

/** What people get is worth a mark when it comes; the rest comes with it. */
const heralded = new Set<Section>(['meetings', 'mails', 'sms', 'pushes']);

function life({ state, inbox }: Scene): Content {
  return h(
    'p',
    { class: `life ${state.isLive ? 'live' : 'lost'}`, role: 'status' },
    h('span', { class: 'lamp', 'aria-hidden': true }),
    h('span', { class: 'name' }, state.isLive ? `Live at ${new URL(inbox.url).host}` : 'The service does not answer'),
  );
}
