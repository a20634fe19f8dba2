import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkLine, fold, quotedParameter, unfold } from '../../../functions/deliveries/calendar/contentLine.ts';
import { oneLine } from '../../../functions/deliveries/text.ts';

const anyLine = fc.string({ unit: 'binary', maxLength: 400 }).map((text) => `SUMMARY:${oneLine(text)}`);

describe('folding', () => {
  it('leaves a line of 75 octets, and breaks one of 76', () => {
    expect(fold(`A:${'x'.repeat(73)}`)).toBe(`A:${'x'.repeat(73)}\r\n`);
    expect(fold(`A:${'x'.repeat(74)}`)).toBe(`A:${'x'.repeat(73)}\r\n x\r\n`);
  });

  it('counts octets, and cuts no character', () => {
    expect(fold(`A:${'会'.repeat(25)}`)).toBe(`A:${'会'.repeat(24)}\r\n 会\r\n`);
    expect(fold(`A:${'x'.repeat(72)}🎉`)).toBe(`A:${'x'.repeat(72)}\r\n 🎉\r\n`);
  });

  it('keeps every line within 75 octets and every character whole, and can be undone', () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        const folded = fold(line);
        expect(folded.endsWith('\r\n')).toBe(true);
        for (const physical of folded.slice(0, -2).split('\r\n')) {
          expect(Buffer.byteLength(physical)).toBeLessThanOrEqual(75);
          expect(Buffer.from(physical).toString()).toBe(physical);
        }
        expect(unfold(folded)).toEqual([line, '']);
      }),
    );
  });

  it.each(Array.from({ length: 12 }, (_, shift) => shift))(
    'breaks a family of emoji at position %i only between characters',
    (shift) => {
      const line = `SUMMARY:${'x'.repeat(55 + shift)}👩‍👩‍👧‍👦👩‍👩‍👧‍👦`;
      expect(unfold(fold(line))[0]).toBe(line);
      expect(fold(line)).not.toContain('\ufffd');
    },
  );
});

describe('a line of a calendar', () => {
  it.each([
    'SUMMARY:a; b, c: "d"',
    'DTSTART;TZID=Europe/Madrid:20260701T120000',
    'ORGANIZER;CN="a; b":mailto:a@b.c',
    'X-A:',
  ])('may be %s', (line) => expect(checkLine(line)).toBe(line));

  it.each([
    ['a line end', 'SUMMARY:a\r\nATTENDEE:mailto:eve@example.com'],
    ['a bare CR', 'SUMMARY:a\rb'],
    ['a bare LF', 'SUMMARY:a\nb'],
    ['another control character', 'SUMMARY:a\u0000'],
    ['a quote within quotes', 'ORGANIZER;CN="a\\"b":mailto:a@b.c'],
    ['an open quote', 'ORGANIZER;CN="a:mailto:a@b.c'],
    ['no value', 'SUMMARY'],
    ['no name', ':a'],
  ])('may not hold %s', (_, line) => {
    expect(() => checkLine(line)).toThrow('not a line of a calendar');
  });

  it('does not tell in its error what a person wrote', () => {
    expect(() => checkLine('SUMMARY:secret\r\n')).toThrow(/^not a line of a calendar: SUMMARY$/);
  });
});

describe('a quoted value', () => {
  it('holds anything of one line, and no quote', () => {
    expect(quotedParameter('Ana "A"; B, C: \\ ^')).toBe(`"Ana 'A'; B, C: \\ ^^"`);
    fc.assert(
      fc.property(anyLine, (name) => {
        const line = `ORGANIZER;CN=${quotedParameter(name)}:mailto:a@example.org`;
        expect(checkLine(line)).toBe(line);
      }),
    );
  });
});
