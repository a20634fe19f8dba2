import { h, type Markup } from '../../../../../functions/pages/shared/markup.ts';
import { leaf } from '../times.ts';
import { type IconName, icon } from './icon.ts';

/** The day of something as the leaf of a calendar; the words beside it say the same. */
export function dayLeaf(at: string, timeZone?: string): Markup {
  const { month, day } = leaf(at, timeZone);
  return h(
    'span',
    { class: 'leaf', 'aria-hidden': true },
    h('span', { class: 'month' }, month),
    h('span', { class: 'day' }, day),
  );
}

/** The first letters of a name, as address books have them. */
export function initials(name: string): Markup {
  const letters = name
    .replace(/<.*>/, '')
    .split(/[\s@.]+/)
    .filter(Boolean)
    .slice(0, 2);
  const text = name.includes('<') ? letters.map(firstOf).join('') : firstOf(name);
  return h('span', { class: 'round', 'aria-hidden': true }, text.toUpperCase());
}

export function pictured(name: IconName): Markup {
  return h('span', { class: 'round', 'aria-hidden': true }, icon(name));
}

function firstOf(text: string): string {
  return [...text][0] ?? '';
}
