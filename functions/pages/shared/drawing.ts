import { h, type Markup } from './markup.ts';

/** Strokes on a grid of 24, of pictures that several pages have. */
export const strokes = {
  calendar: 'M5 5.5h14a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-11a2 2 0 0 1 2-2zM3 10.5h18M8 3v4.5M16 3v4.5',
  chat: 'M5 4.5h14a2 2 0 0 1 2 2v8.5a2 2 0 0 1-2 2h-7.5L7 20.5V17H5a2 2 0 0 1-2-2V6.5a2 2 0 0 1 2-2zM7.5 9h9M7.5 12.5h5.5',
  check: 'M4.5 12.5l5 5 10-11',
  clock: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.5V12l3 2',
  send: 'M4 12L20.5 4.5 14.5 20.5 11.5 13.5zM11.5 13.5l9-9',
} as const;

/** A picture beside words that say the same, or in a button that has a name. */
export function drawing(path: string): Markup {
  return h(
    'svg',
    { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': true, focusable: 'false' },
    h('path', { d: path }),
  );
}
