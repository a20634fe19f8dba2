import { type Content, h, type Markup } from '../../../../../functions/pages/shared/markup.ts';
import type { FunctionItem, LogItem } from '../../inbox.ts';
import { plural } from '../entries.ts';
import { fragmentOf } from '../place.ts';
import type { Scene } from '../state.ts';
import { moment } from '../times.ts';
import { levelChip } from './chip.ts';
import { heading, part } from './facts.ts';
import { pictured } from './lead.ts';

const linesShown = 20;

/** What a function called, how often, and what it wrote last. */
export function functionDetail({ name, total, calls }: FunctionItem, { inbox, state }: Scene): Content {
  const most = Math.max(...calls.map(({ count }) => count));
  const lines = inbox.logs.items.filter(({ functionName }) => functionName === name).slice(0, linesShown);
  return [
    heading(pictured('functions'), name, h('p', { class: 'soft' }, `${plural(total, 'call')} since the start`)),
    part(
      'Calls',
      h(
        'table',
        { class: 'calls' },
        head(),
        h(
          'tbody',
          {},
          calls.map((call) => row(call, most)),
        ),
      ),
    ),
    lines.length > 0 &&
      part(
        'Log',
        h(
          'ul',
          { class: 'lines' },
          lines.map((line) => logLine(line, state.now)),
        ),
      ),
  ];
}

function head(): Markup {
  const title = (text: string) => h('th', { scope: 'col' }, text);
  return h('thead', {}, h('tr', {}, title('Service'), title('Action'), title('Calls')));
}

function row({ service, action, count }: FunctionItem['calls'][number], most: number): Markup {
  const bar = h('meter', { min: 0, max: most, value: count, 'aria-hidden': true, tabindex: -1 });
  return h(
    'tr',
    { key: `${service}:${action}` },
    h('td', {}, service),
    h('th', { scope: 'row' }, action),
    h('td', { class: 'number' }, bar, h('span', {}, String(count))),
  );
}

function logLine({ id, level, message, at }: LogItem, now: number): Markup {
  return h(
    'li',
    { key: id },
    levelChip(level),
    h('a', { href: fragmentOf({ section: 'logs', id }), dir: 'auto' }, message),
    h('span', { class: 'when' }, moment(at, now)),
  );
}
