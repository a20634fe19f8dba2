import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contrast, readableContrast } from '../../../functions/runtime/brand/contrast.ts';
import { palettesOf } from '../../../functions/runtime/brand/palette.ts';

// The figures of WebAIM's contrast checker, cut after two decimals.
test.each([
  ['#000000', '#ffffff', 21],
  ['#ffffff', '#ffffff', 1],
  ['#767676', '#ffffff', 4.54],
  ['#777777', '#ffffff', 4.47],
  ['#ff0000', '#ffffff', 3.99],
  ['#0000ff', '#ffffff', 8.59],
])('the contrast of %s and %s is %d', (one, other, ratio) => {
  expect(Math.floor(contrast(one, other) * 100) / 100).toBeCloseTo(ratio, 5);
  expect(contrast(other, one)).toBe(contrast(one, other));
});

const digits = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
const brandColors = digits.filter((color) => contrast(color, '#ffffff') >= readableContrast);

test('whatever the colour, all that is drawn with it can be read, in the light and in the dark', () => {
  const ofOperators = fc.oneof(brandColors, fc.constantFrom('#000000', '#0b5d3b', '#b3261e', '#000080', undefined));
  fc.assert(
    fc.property(ofOperators, (color) => {
      const { light, dark } = palettesOf(color);
      const pairs = [
        ...[light, dark].flatMap((one) => [
          [one.onColor, one.color],
          [one.onSoft, one.soft],
          [one.onColor, one.hover],
        ]),
        ...['#ffffff'].map((ground) => [light.color, ground]),
        ...['#ffffff', '#f3f4f6'].map((ground) => [light.onSoft, ground]),
        ...['#111418', '#1a1f26', '#222933'].flatMap((ground) => [
          [dark.color, ground],
          [dark.onSoft, ground],
        ]),
      ];
      for (const [text = '', ground = ''] of pairs) {
        expect(contrast(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(readableContrast);
      }
    }),
    { numRuns: 300 },
  );
});

test('a colour stays as it was given, for buttons', () => {
  expect(palettesOf('#0b5d3b').light).toEqual({
    color: '#0b5d3b',
    hover: '#094a2f',
    onColor: '#ffffff',
    soft: '#e7efeb',
    onSoft: '#0b5d3b',
  });
});
