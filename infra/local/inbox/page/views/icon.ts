import { drawing, strokes } from '../../../../../functions/pages/shared/drawing.ts';
import type { Markup } from '../../../../../functions/pages/shared/markup.ts';

/** Drawn on a grid of 24, by strokes. */
const paths = {
  meetings: strokes.calendar,
  mails: 'M5 5h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM3.5 7.5l8.5 6 8.5-6',
  sms: strokes.chat,
  pushes: 'M6 10a6 6 0 0 1 12 0c0 5 2 6.5 2 6.5H4S6 15 6 10zM10 19.5a2.2 2.2 0 0 0 4 0',
  schedules: strokes.clock,
  deliveries: strokes.send,
  functions: 'M7 4.5h2.5L17 19.5h2.5M11.5 11L6 19.5',
  denied: 'M12 3l7.5 3v5.5c0 4.5-3 7.8-7.5 9.5-4.5-1.7-7.5-5-7.5-9.5V6zM9 9.5l6 6M15 9.5l-6 6',
  allowed: 'M12 3l7.5 3v5.5c0 4.5-3 7.8-7.5 9.5-4.5-1.7-7.5-5-7.5-9.5V6zM8.5 12l2.5 2.5 4.5-5',
  logs: 'M4 6h16M4 10.5h16M4 15h10M4 19.5h7',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5l5 5',
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4.5 19.5h15',
  back: 'M14.5 5.5L8 12l6.5 6.5',
  copy: 'M9 8h9a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 18 20H9a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 9 8zM4.5 15.5v-10A1.5 1.5 0 0 1 6 4h9.5',
  check: strokes.check,
  open: 'M13.5 4.5h6v6M19.5 4.5l-9 9M10 5.5H6.5a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V14',
} as const;

export type IconName = keyof typeof paths;

export function icon(name: IconName): Markup {
  return drawing(paths[name]);
}
