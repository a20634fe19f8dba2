import { drawing, strokes } from '../../shared/drawing.ts';
import type { Markup } from '../../shared/markup.ts';

/** Drawn on a grid of 24, by strokes. */
const paths = {
  microphone:
    'M12 3a3 3 0 0 0-3 3v6a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM5.5 11.500v.5a6.5 6.5 0 0 0 13 0v-.5M12 18.500V21.5',
  microphoneOff:
    'M15 10.500V6a3 3 0 0 0-5.7-1.300M9 9v3a3 3 0 0 0 4.6 2.500M18.5 11.500v.5c0 .9-.2 1.7-.5 2.500M15.6 17.400A6.5 6.5 0 0 1 5.5 12v-.5M12 18.500v3M3.5 3.500l17 17',
  camera: 'M4.5 6.500h8a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-8a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM14.5 11l7-3.500v9l-7-3.5',
  cameraOff:
    'M9.5 6.500h3a2 2 0 0 1 2 2v2.500l7-3.500v9l-3.5-1.800M14.5 15.500a2 2 0 0 1-2 2h-8a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2M3.5 3.500l17 17',
  screen:
    'M4.5 4.500h15a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-15a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2zM8 20.500h8M12 13.500v-6M9.3 10l2.7-2.7 2.7 2.7',
  screenOff:
    'M4.5 4.500h15a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-15a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2zM8 20.500h8M9.8 8.300l4.4 4.400M14.2 8.300l-4.4 4.4',
  chat: strokes.chat,
  people:
    'M9 11.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.500a6.5 6.5 0 0 1 13 0M16 4.900a3.5 3.5 0 0 1 0 6.300M18 14.100a6.5 6.5 0 0 1 3.5 5.4',
  leave: 'M9.5 4.500h-4a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2h4M15.5 8l4.5 4-4.5 4M20 12H9.5',
  link: 'M10 14a4 4 0 0 0 5.7 0l3.6-3.600a4 4 0 1 0-5.7-5.700L12.5 5.800M14 10a4 4 0 0 0-5.7 0l-3.6 3.600a4 4 0 1 0 5.7 5.700l1.1-1.1',
  check: strokes.check,
  calendar: `${strokes.calendar}M12 13v5M9.5 15.5h5`,
  phone:
    'M6.6 3.500h2.300l1.6 4.3-2 1.500a12 12 0 0 0 6.2 6.200l1.5-2 4.3 1.600v2.300a2.6 2.6 0 0 1-2.8 2.600A16 16 0 0 1 4 6.300a2.6 2.6 0 0 1 2.6-2.800z',
  lock: 'M6.5 10.500h11a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2v-6a2 2 0 0 1 2-2zM8 10.500V7.500a4 4 0 0 1 8 0v3',
  close: 'M5.5 5.500l13 13M18.5 5.500l-13 13',
  send: strokes.send,
  door: 'M6 20.500V5.500a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v15M3 20.500h18M14.5 12v.5',
  remove: 'M9.5 11.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3 19.500a6.5 6.5 0 0 1 13 0M16.5 9.500h5',
  clock: strokes.clock,
  notice: 'M12 20.500a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 8v4.500M12 15.700v.1',
  signal: 'M3 9.500a13 13 0 0 1 18 0M6.3 13a8.3 8.3 0 0 1 11.4 0M9.5 16.300a3.7 3.7 0 0 1 5 0M12 19.500v.1',
} as const;

export type IconName = keyof typeof paths;

export function icon(name: IconName): Markup {
  return drawing(paths[name]);
}
