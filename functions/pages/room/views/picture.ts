import { h, type Markup } from '../../shared/markup.ts';

interface PictureOptions {
  readonly muted: boolean;
  readonly mirrored?: boolean;
  readonly hidden?: boolean;
  readonly created?: (element: Element) => void;
}

/** Moving pictures (and the voice that belongs to them) of a stream. */
export function picture(stream: MediaStream | undefined, { muted, mirrored, hidden, created }: PictureOptions): Markup {
  return h('video', {
    key: 'picture',
    class: `picture${mirrored ? ' mirrored' : ''}${hidden ? ' hidden' : ''}`,
    autoplay: true,
    playsinline: true,
    disablepictureinpicture: muted,
    'aria-hidden': true,
    properties: { muted, srcObject: stream ?? null },
    ...(created ? { created } : {}),
  });
}

/** Colours that white letters are read on, and that are told apart. */
const hues = 8;

/** Somebody whose camera is off: their initials, in a colour of their own. */
export function avatar(name: string, id: string): Markup {
  return h('span', { class: `avatar hue-${hueOf(id)}`, key: 'avatar', 'aria-hidden': true }, initials(name));
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toLocaleUpperCase();
}

function hueOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + character.charCodeAt(0)) % 9_973;
  return sum % hues;
}
