import { type Palette, palettesOf } from '../../functions/runtime/brand/palette.ts';

/** Whose pages they are. */
export interface Brand {
  readonly brandName?: string | undefined;
  readonly brandColor?: string | undefined;
}

/** The rules that put an operator's colours in the place of the page's own; none where there are no such colours. */
export function brandStyle({ brandColor }: Brand): string {
  if (brandColor === undefined) return '';
  const { light, dark } = palettesOf(brandColor);
  return `:root{${properties(light)}}@media (prefers-color-scheme: dark){:root{${properties(dark)}}}`;
}

function properties({ color, hover, onColor, soft, onSoft }: Palette): string {
  return Object.entries({
    accent: color,
    'accent-hover': hover,
    'on-accent': onColor,
    'accent-soft': soft,
    'on-accent-soft': onSoft,
  })
    .map(([name, value]) => `--${name}:${value};`)
    .join('');
}

/** The document with the operator's name, which the page reads, and their colour in its icon. */
export function brandDocument(document: string, { brandName, brandColor }: Brand): string {
  const coloured = brandColor ? document.replace("fill='%232252c4'", `fill='%23${brandColor.slice(1)}'`) : document;
  if (brandName === undefined) return coloured;
  const meta = `<meta name="application-name" content="${escapeAttribute(brandName)}">`;
  return coloured.replace(/<title>/, (title) => `${meta}\n${title}`);
}

function escapeAttribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}
