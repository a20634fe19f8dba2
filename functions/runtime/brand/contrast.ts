/** Colours of sRGB, written `#rrggbb`. */

/** From 1 (the same) to 21 (black on white), as WCAG 2.2 defines "contrast ratio". */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** What text of any size needs (WCAG 2.2, success criterion 1.4.3). */
export const readableContrast = 4.5;

/** A colour with `share` (0 to 1) of another in it. */
export function mix(color: string, other: string, share: number): string {
  const [from, to] = [channelsOf(color), channelsOf(other)];
  const mixed = from.map((value, index) => Math.round(value + ((to[index] ?? value) - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** The colour, with as much of another in it as text needs to be read on each of the grounds. */
export function readable(color: string, toward: '#000000' | '#ffffff', grounds: readonly string[]): string {
  for (let percent = 0; percent <= 100; percent += 1) {
    const mixed = mix(color, toward, percent / 100);
    if (grounds.every((ground) => contrast(mixed, ground) >= readableContrast)) return mixed;
  }
  return toward;
}

/** WCAG 2.2, "relative luminance". */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(color).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channelsOf(color: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16));
}
