import { createRequire } from 'node:module';
import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { describe, expect, it } from 'vitest';
import { plainLetters, plainPunctuation, smsSize } from '../../../../functions/deliveries/channels/sms/smsSize.ts';
import { lineInput } from '../../../../functions/runtime/text/text.ts';

/** What the other counter knows a GSM-7 replacement of, and that; its package exports no such name. */
const smartEncodingMap: Record<string, string> = createRequire(import.meta.url)(
  'sms-segments-calculator/dist/libs/SmartEncodingMap.js',
).default;

describe('the size of an SMS', () => {
  it.each([
    ['160 letters', 'a'.repeat(160), { alphabet: 'GSM-7', units: 160, parts: 1 }],
    ['161 letters', 'a'.repeat(161), { alphabet: 'GSM-7', units: 161, parts: 2 }],
    ['two full parts', 'a'.repeat(306), { alphabet: 'GSM-7', units: 306, parts: 2 }],
    ['one letter more', 'a'.repeat(307), { alphabet: 'GSM-7', units: 307, parts: 3 }],
    ['80 characters that take two units', '€'.repeat(80), { alphabet: 'GSM-7', units: 160, parts: 1 }],
    [
      'an escape that would be cut in two',
      `${'a'.repeat(152)}€${'a'.repeat(152)}`,
      { alphabet: 'GSM-7', units: 306, parts: 3 },
    ],
    ['70 characters beyond GSM-7', 'ó'.repeat(70), { alphabet: 'UCS-2', units: 70, parts: 1 }],
    ['71 of them', 'ó'.repeat(71), { alphabet: 'UCS-2', units: 71, parts: 2 }],
    ['one of them among others', `${'a'.repeat(70)}ç`, { alphabet: 'UCS-2', units: 71, parts: 2 }],
    ['35 emoji', '🎉'.repeat(35), { alphabet: 'UCS-2', units: 70, parts: 1 }],
    [
      'an emoji that would be cut in two',
      `${'ó'.repeat(66)}🎉${'ó'.repeat(65)}`,
      { alphabet: 'UCS-2', units: 133, parts: 2 },
    ],
    ['nothing', '', { alphabet: 'GSM-7', units: 0, parts: 1 }],
  ])('of %s', (_, text, size) => {
    expect(smsSize(text)).toEqual(size);
  });

  it('knows every character of GSM 03.38', () => {
    const all =
      '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
    expect(all).toHaveLength(127);
    expect(smsSize(all)).toEqual({ alphabet: 'GSM-7', units: 127, parts: 1 });
    expect(smsSize('\f^{}\\[~]|€')).toEqual({ alphabet: 'GSM-7', units: 20, parts: 1 });
  });
});

describe('plain text', () => {
  it('has plain punctuation where that makes it GSM-7', () => {
    expect(plainPunctuation('“Ana’s” – 10:00\u202fAM…')).toBe('"Ana\'s" - 10:00 AM...');
  });

  it('keeps its punctuation where it stays beyond GSM-7 anyway', () => {
    expect(plainPunctuation('“会议”')).toBe('“会议”');
  });

  it('loses the accents that GSM-7 lacks, and keeps the others', () => {
    expect(plainLetters('Reunión d’açò: Ñandú à é')).toBe('Reunion d’acò: Ñandu à é');
    expect(plainLetters('reunio\u0301')).toBe('reunio');
    expect(plainLetters('会议 🎉 łódź')).toBe('会议 🎉 łodz');
  });
});

describe('a name that looks like plain letters', () => {
  it.each([
    ['Reunión nº 2', 'Reunion no 2'],
    ['1ª', '1a'],
    ['Plan\u200bning', 'Planning'],
    ['\u2060Plan\ufeff\u00ad', 'Plan'],
    ['Ｐｌａｎ ２', 'Plan 2'],
    ['ﬁnal ①', 'final 1'],
    ['2³ m²', '23 m2'],
    ['“Año” – …', '"Año" - ...'],
    ['½ hora, ¼ ¾', '1/2 hora, 1/4 3/4'],
    ['L\u02bcora ‹A› ÷ B', "L'ora <A> / B"],
    ['1\u20442 ✽ ❨a❩', '1/2 * (a)'],
    ['ᴘʟᴀɴ ᴢ', 'PLAN Z'],
    ['a\u0332b\u0337', 'ab'],
  ])('%j is sent as %j, in one part by another counter', (name, plain) => {
    const sent = plainPunctuation(plainLetters(name));
    const { encodingName, segmentsCount } = new SegmentedMessage(sent.padEnd(160, 'x'));

    expect([sent, encodingName, segmentsCount]).toEqual([plain, 'GSM-7', 1]);
  });

  const replaced = Object.keys(smartEncodingMap).filter((character) => {
    return lineInput(100).safeParse(`a${character}b`).success;
  });

  it('has no character that the other counter knows a replacement of, and that is sent at twice the price', () => {
    expect(replaced.length).toBeGreaterThan(230);
    for (const character of replaced) {
      const sent = plainPunctuation(plainLetters(`a${character}b`));
      expect(smsSize(sent).alphabet, `U+${character.codePointAt(0)?.toString(16)}, as ${sent}`).toBe('GSM-7');
      expect(new SegmentedMessage(sent).encodingName).toBe('GSM-7');
    }
  });

  it.each(['👩\u200d🚀', '会\u200b议'])('what is not, %j, stays whole', (name) => {
    expect(plainPunctuation(plainLetters(name))).toBe(name);
  });
});

describe('another counter', () => {
  const characters = [...' abcxyzABC019@£$¥èéñÑ\n_ΦΓß!"#¤%&()*+,-./:;<=>?^{}\\\\[~]|€çóí“”–…会议🎉👍'];
  const texts = fc
    .array(fc.tuple(fc.constantFrom(...characters), fc.integer({ min: 1, max: 90 })), { minLength: 1, maxLength: 12 })
    .map((runs) => runs.map(([character, times]) => character.repeat(times)).join(''));
  const plain = [...' abcxyzABC019@£$¥èéñÑ_ΦΓß!"#¤%&()*+,-./:;<=>?^{}[~]|€'];
  const plainTexts = fc
    .array(fc.tuple(fc.constantFrom(...plain), fc.integer({ min: 1, max: 90 })), { minLength: 1, maxLength: 12 })
    .map((runs) => runs.map(([character, times]) => character.repeat(times)).join(''));

  it('counts the same parts in the same alphabet', () => {
    fc.assert(
      fc.property(fc.oneof(texts, plainTexts), (text) => {
        const { encodingName, segmentsCount } = new SegmentedMessage(text);

        expect(smsSize(text)).toMatchObject({ alphabet: encodingName, parts: segmentsCount });
      }),
      { numRuns: 1_000 },
    );
  });
});
