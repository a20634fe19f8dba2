import { mix, readable } from './contrast.ts';

/** The colours of mails and pages that follow from the one of an operator; each of the `on…` can be read on its ground. */
export interface Palette {
  /** Of buttons, and of links on white. */
  readonly color: string;
  readonly hover: string;
  readonly onColor: string;
  /** Of what is only marked. */
  readonly soft: string;
  readonly onSoft: string;
}

export interface Palettes {
  readonly light: Palette;
  readonly dark: Palette;
}

/** Where the operator has none. */
const ownPalettes: Palettes = {
  light: { color: '#2252c4', hover: '#1b439f', onColor: '#ffffff', soft: '#e8eefc', onSoft: '#1e49b0' },
  dark: { color: '#9dbcff', hover: '#bdd2ff', onColor: '#0e1830', soft: '#263a61', onSoft: '#c8daff' },
};

const [black, white] = ['#000000', '#ffffff'] as const;

/** What pages and mails draw on, in the light and in the dark. */
const lightGround = '#f3f4f6';
const darkGround = '#1a1f26';
const darkGrounds = ['#111418', darkGround, '#222933'];

/** The palettes of a colour, `#rrggbb`, on which white can be read; those of the service's own without one. */
export function palettesOf(color: string | undefined): Palettes {
  if (color === undefined) return ownPalettes;
  const soft = mix(color, white, 0.9);
  const darkColor = readable(color, white, darkGrounds);
  const darkSoft = mix(color, darkGround, 0.65);
  return {
    light: {
      color,
      hover: mix(color, black, 0.2),
      onColor: white,
      soft,
      onSoft: readable(color, black, [soft, lightGround]),
    },
    dark: {
      color: darkColor,
      hover: mix(darkColor, white, 0.3),
      onColor: readable(mix(color, black, 0.8), black, [darkColor]),
      soft: darkSoft,
      onSoft: readable(color, white, [darkSoft, ...darkGrounds]),
    },
  };
}
