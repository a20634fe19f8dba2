import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { manyLines, oneLine, truncate } from '../../functions/deliveries/text.ts';
import { isolate } from '../../functions/runtime/text/isolate.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });

describe('one line', () => {
  it.each([
    ['line ends of every kind', 'a\r\nb\nc\rd\u2028e\u2029f\u0085g', 'a b c d e f g'],
    ['tabs, runs and ends of blanks', '  a \t\t b  ', 'a b'],
    ['control characters', 'a\u0000b\u001bc\u007fd', 'a b c d'],
    ['what turns the direction of text around', 'a\u202egnp.exe\u2069', 'agnp.exe'],
    ['half a character', 'a\ud83db', 'a\ufffdb'],
  ])('has no %s', (_, given, expected) => {
    expect(oneLine(given)).toBe(expected);
  });

  it('keeps letters, marks and emoji as they are', () => {
    const name = 'Ünï, "cöde"; \\ 会议 👩‍👩‍👧 نص';
    expect(oneLine(name)).toBe(name);
  });

  it('holds no line end and no control character, whatever is given', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(oneLine(text)).not.toMatch(/[\p{Cc}\p{Surrogate}\u2028\u2029]|^\s|\s$/u);
        expect(oneLine(oneLine(text))).toBe(oneLine(text));
      }),
    );
  });
});

describe('a name among other text', () => {
  it.each(['פגישה', 'اجتماع', 'ישיבה 2', 'Plan ב', '𐤀', '\u07ca\u07cb'])('is isolated: %s', (name) => {
    expect(isolate(name)).toBe(`\u2068${name}\u2069`);
    expect(oneLine(`Invitation: ${isolate(name)} (2)`)).toBe(`Invitation: \u2068${name}\u2069 (2)`);
  });

  it.each(['Ana', 'Reunió', '会议', 'Встреча', '👩‍🚀 2'])('stays as it is: %s', (name) => {
    expect(isolate(name)).toBe(name);
  });

  it('loses its isolates where they are cut, or end where they should not', () => {
    expect(oneLine(`a ${isolate('פגישה')}`, 6)).toBe('a פג…');
    expect(oneLine('a\u2069 \u2068b')).toBe('a b');
    expect(oneLine('\u2067a\u2068b\u2069')).toBe('ab');
  });
});

describe('many lines', () => {
  it('end in a line feed alone, and keep tabs and empty lines', () => {
    expect(manyLines('a\r\nb\rc\n\n\td\u2028e\u0007')).toBe('a\nb\nc\n\n\td\ne');
  });
});

describe('a cap', () => {
  it('leaves what fits', () => {
    expect(truncate('12345', 5)).toBe('12345');
  });

  it('cuts between characters as people see them', () => {
    expect(truncate('ab👩‍👩‍👧cd', 8)).toBe('ab…');
    expect(truncate('cafe\u0301s', 5)).toBe('caf…');
  });

  it('takes the ellipsis that it is given', () => {
    expect(truncate('one two three', 8, '...')).toBe('one t...');
    expect(truncate('one two three', 7, '...')).toBe('one...');
  });

  it('takes the time to know characters only for text that it cuts', async () => {
    vi.resetModules();
    const segmenter = vi.spyOn(Intl, 'Segmenter');
    const { oneLine } = await import('../../functions/deliveries/text.ts');
    expect(oneLine(' short ', 10)).toBe('short');
    expect(segmenter).not.toHaveBeenCalled();
    segmenter.mockRestore();
  });

  it('never gives more than it may', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 30 }), (text, most) => {
        expect(truncate(text, most).length).toBeLessThanOrEqual(most);
      }),
    );
  });
});
