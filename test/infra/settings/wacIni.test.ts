import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWacIni } from '../../../infra/wacIni.ts';

function valuesOf(...lines: string[]) {
  const { values, faults } = readWacIni(['[meetings]', ...lines].join('\n'));
  expect(faults).toEqual([]);
  return values;
}

function faultsOf(text: string): string[] {
  return readWacIni(text).faults.map(({ message }) => message);
}

describe('a line of a wac.ini', () => {
  it.each([
    ['key = value', 'value'],
    ['key=value', 'value'],
    ['  key\t=\tvalue  ', 'value'],
    ['key = two words', 'two words'],
    ['key = a=b', 'a=b'],
    ['key = 10', '10'],
    ['key =', ''],
    ['key = ; blank', ''],
    ['key = value ; comment', 'value'],
    ['key = value\t# comment', 'value'],
    ['key = value   ; comment', 'value'],
    ['key = value;part', 'value;part'],
    ['key = https://x/#y', 'https://x/#y'],
    ["key = 'a ; b # c'", 'a ; b # c'],
    ['key = "it\'s"', "it's"],
    ['key = \'say "x"\' ; comment', 'say "x"'],
    ["key = '  kept  '", '  kept  '],
    ["key = ''", ''],
    ['key = <ACCESS TOKEN>', '<ACCESS TOKEN>'],
    ["key = it's", "it's"],
  ])('is read: %s', (line, value) => {
    expect(valuesOf(line)).toEqual({ key: value });
  });

  it('adds to a list', () => {
    expect(valuesOf('key[] = one', "key [] = 'two'", 'other = 1', 'key[]=three')).toEqual({
      key: ['one', 'two', 'three'],
      other: '1',
    });
  });

  it.each(['', '   ', '; key = 1', '# key = 1', '  ;key', ';'])('is no entry: "%s"', (line) => {
    expect(valuesOf(line)).toEqual({});
  });

  it.each([
    ['key', 'Line 2: it must be written name = value, or name[] = value.'],
    ['= value', 'Line 2: it must be written name = value, or name[] = value.'],
    ['key[1] = value', 'Line 2: it must be written name = value, or name[] = value.'],
    ['key value = x', 'Line 2: it must be written name = value, or name[] = value.'],
    ["key = 'open", 'Line 2: the value of key has a quote without its partner, or text after it.'],
    ["key = 'a' b", 'Line 2: the value of key has a quote without its partner, or text after it.'],
    ['key = "', 'Line 2: the value of key has a quote without its partner, or text after it.'],
    ['key = 1\nkey = 2', 'Line 3: key was set before.'],
    ['key = 1\nkey[] = 2', 'Line 3: key[] is a list, but key was set before.'],
    ['key[] = 1\nkey = 2', 'Line 3: key was set before.'],
    ['[open', 'Line 2: a section must be written [name].'],
    ['[] ', 'Line 2: a section must be written [name].'],
  ])('is refused with its number: %s', (line, message) => {
    expect(faultsOf(`[meetings]\n${line}`)).toEqual([message]);
  });
});

describe('a wac.ini', () => {
  it.each(['\n', '\r\n', '\r'])('is read with line ends %j, and with a byte order mark', (lineEnd) => {
    const text = `\uFEFF${['; first', '[meetings]', 'one = 1', '', 'two[] = 2', 'three = 3'].join(lineEnd)}`;
    expect(readWacIni(text)).toEqual({ values: { one: '1', two: ['2'], three: '3' }, faults: [] });
  });

  it('is read in its one section, wherever it stands, and nowhere else', () => {
    const text = '[mailer]\nhost = x\nnonsense\n[meetings] ; ours\na = 1\n[ sms ]\na = 2\n[meetings]\nb = 3\n';
    expect(readWacIni(text)).toEqual({ values: { a: '1', b: '3' }, faults: [] });
    expect(readWacIni(text, 'sms').values).toEqual({ a: '2' });
  });

  it('is refused without the section', () => {
    expect(faultsOf('')).toEqual(['There is no section [meetings].']);
    expect(faultsOf('[Meetings]\na = 1')).toEqual(['There is no section [meetings].']);
  });

  it('is refused with entries before the first section, and all faults are told', () => {
    expect(faultsOf('a = 1\n\n[meetings]\nb\nc = 1\nd = "')).toEqual([
      'Line 1: this stands before the first section, such as [meetings].',
      'Line 4: it must be written name = value, or name[] = value.',
      'Line 6: the value of d has a quote without its partner, or text after it.',
    ]);
  });

  it('gives back what was written into it', () => {
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,20}$/);
    const value = fc.string({ unit: fc.constantFrom(...' ;#=[]"ab\\é€'), maxLength: 20 });
    const values = fc.dictionary(name, fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 3 })));
    fc.assert(
      fc.property(values, (written) => {
        const lines = Object.entries(written).flatMap(([key, entry]) =>
          Array.isArray(entry) ? entry.map((one) => `${key}[] = '${one}'`) : [`${key} = '${entry}'`],
        );
        expect(readWacIni(['[meetings]', ...lines].join('\n'))).toEqual({ values: { ...written }, faults: [] });
      }),
    );
  });

  it('never repeats a value in a fault, since it may be a secret', () => {
    const secret = fc.stringMatching(/^[a-z0-9]{30}$/);
    const places = fc.constantFrom('token $', "token = '$", 'token = "$" x', '[$', '$', "token = 1\ntoken = '$'");
    fc.assert(
      fc.property(secret, places, (token, place) => {
        const said = faultsOf(`[meetings]\n${place.replace('$', token)}`);
        expect(said).toHaveLength(1);
        expect(said[0]).not.toContain(token);
      }),
    );
  });

  it.each([
    ['of blanks', ' '.repeat(200_000), 'it must be written name = value, or name[] = value.'],
    ['of a key and blanks', `key${' '.repeat(200_000)}`, 'it must be written name = value, or name[] = value.'],
    ['of brackets', `[${'['.repeat(200_000)}`, 'a section must be written [name].'],
  ])('says what is wrong with a line %s', (_, long, message) => {
    expect(faultsOf(`[meetings]\n${long}x`)).toEqual([`Line 2: ${message}`]);
  });

  it('takes a comment of 200,000 characters', () => {
    const { values, faults } = readWacIni(`[meetings]\nkey = ${' ;'.repeat(100_000)}'x`);
    expect({ values, faults }).toEqual({ values: { key: '' }, faults: [] });
  });
});
