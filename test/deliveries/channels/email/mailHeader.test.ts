import fc from 'fast-check';
import { addressParser, decodeWords } from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { mailboxHeader, textHeader } from '../../../../functions/deliveries/channels/email/mailHeader.ts';
import { oneLine } from '../../../../functions/deliveries/text.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.string({ maxLength: 300 }),
  fc.constantFrom(
    'a\r\nBcc: eve@example.com',
    'a\rb',
    'a\n b',
    '=?UTF-8?B?aGk=?=',
    '"',
    '\\',
    '=?',
    '👩‍👩‍👧‍👦'.repeat(12),
  ),
);

/** The value of a header as a mail program reads it: unfolded, then decoded. */
function read(header: string): string {
  return decodeWords(header.slice(header.indexOf(':') + 1, -2).replace(/\r\n(?=[ \t])/g, '')).trim();
}

function expectOneHeader(header: string): void {
  expect(header.endsWith('\r\n')).toBe(true);
  const [first = '', ...more] = header.slice(0, -2).split('\r\n');
  expect(first).toMatch(/^[A-Za-z-]+: [!-~]/);
  for (const line of more) expect(line).toMatch(/^ [!-~]/);
  for (const line of [first, ...more]) {
    expect(line).toMatch(/^[ -~]*$/);
    expect(line.length).toBeLessThanOrEqual(76);
    for (const word of line.match(/=\?\S+\?=/g) ?? []) {
      expect(word.length).toBeLessThanOrEqual(75);
      const octets = Buffer.from(word.slice('=?UTF-8?B?'.length, -2), 'base64');
      expect(Buffer.from(octets.toString())).toEqual(octets);
    }
  }
}

describe('a header of text', () => {
  it('stands as it is where it is ASCII', () => {
    expect(textHeader('Subject', 'Plans & numbers')).toBe('Subject: Plans & numbers\r\n');
  });

  it('is broken at a blank where it is long', () => {
    const text = `Invitation: ${'word '.repeat(30)}end`;
    const header = textHeader('Subject', text);
    expectOneHeader(header);
    expect(read(header)).toBe(text);
  });

  it('is encoded where it holds other letters', () => {
    expect(textHeader('Subject', 'Reunió')).toBe('Subject: =?UTF-8?B?UmV1bmnDsw==?=\r\n');
  });

  it('is encoded where it reads as if it were', () => {
    const header = textHeader('Subject', 'see =?UTF-8?B?aGk=?= there');
    expect(header).not.toContain('=?UTF-8?B?aGk=?=');
    expect(read(header)).toBe('see =?UTF-8?B?aGk=?= there');
  });

  it('is one header that reads as it was written, whatever it holds', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        fc.pre(oneLine(text) !== '');
        const header = textHeader('Subject', text);
        expectOneHeader(header);
        expect(read(header)).toBe(oneLine(text));
      }),
    );
  });
});

describe('a header of an address', () => {
  it.each([
    [undefined, 'To: ana@example.org\r\n'],
    ['Ana', 'To: Ana <ana@example.org>\r\n'],
    ['Doe, "Ana" \\', 'To: "Doe, \\"Ana\\" \\\\" <ana@example.org>\r\n'],
    ['Ána', 'To: =?UTF-8?B?w4FuYQ==?= <ana@example.org>\r\n'],
  ])('with the name %j', (name, expected) => {
    expect(mailboxHeader('To', { name, address: 'ana@example.org' })).toBe(expected);
  });

  it('is one address that reads as it was written, whatever the name holds', () => {
    fc.assert(
      fc.property(anyText, (name) => {
        const header = mailboxHeader('Reply-To', { name, address: 'ana@example.org' });
        expectOneHeader(header);
        const unfolded = header.slice('Reply-To:'.length, -2).replace(/\r\n(?=[ \t])/g, '');
        const parsed = addressParser(unfolded);
        expect(parsed).toHaveLength(1);
        expect(parsed[0]?.address).toBe('ana@example.org');
        expect(parsed[0]?.name).toBe(oneLine(name));
      }),
    );
  });
});
