import { describe, expect, test } from 'vitest';
import { parsePeople } from '../../../functions/pages/console/people/parsePeople.ts';

const anna = { name: 'Anna Pi', email: 'anna@x.org' };
const bob = { email: 'bob@y.org' };

describe('people are read', () => {
  test.each([
    ['of a mail program', 'Anna Pi <anna@x.org>; bob@y.org', [anna, bob]],
    ['of another one, with commas', 'Anna Pi <anna@x.org>, bob@y.org', [anna, bob]],
    ['of Outlook, by surname', 'Pi, Anna <anna@x.org>; Bo, Bob <bob@y.org>', [anna, { name: 'Bob Bo', ...bob }]],
    [
      'with quoted names',
      '"Pi, Anna" <anna@x.org>, "Bob" <bob@y.org>',
      [
        { ...anna, name: 'Pi, Anna' },
        { name: 'Bob', ...bob },
      ],
    ],
    ['in lines', 'anna@x.org\r\nbob@y.org\n', [{ email: 'anna@x.org' }, bob]],
    ['with the name behind', 'anna@x.org (Anna Pi)', [anna]],
    ['with the name in front', 'Anna Pi anna@x.org', [anna]],
    ['in brackets of another kind', 'Anna Pi [mailto:anna@x.org]', [anna]],
    ['of a table', 'Anna Pi\tanna@x.org\nBob\tbob@y.org', [anna, { name: 'Bob', ...bob }]],
    ['of a file with commas', 'Anna Pi,anna@x.org,+34 600 000 001', [{ ...anna, phone: '+34600000001' }]],
    ['of a header', 'To: Anna Pi <anna@x.org>', [anna]],
    ['of a list', '- Anna Pi: anna@x.org\n• bob@y.org', [anna, bob]],
    [
      'by phone',
      'Núria +34 600 000 009\nPere: 0034-600-000-008',
      [
        { name: 'Núria', phone: '+34600000009' },
        { name: 'Pere', phone: '+34600000008' },
      ],
    ],
    ['by a number alone', '+34 (0) 600.000.009, 34600000008', [{ phone: '+34600000009' }, { phone: '34600000008' }]],
    ['with both', 'Anna Pi <anna@x.org> +34600000001', [{ ...anna, phone: '+34600000001' }]],
    [
      'in other alphabets',
      'Мария <m@пример.рф>; 山田 <y@例え.jp>',
      [
        { name: 'Мария', email: 'm@пример.рф' },
        { name: '山田', email: 'y@例え.jp' },
      ],
    ],
    [
      'with digits in their addresses',
      'Anna 2 <a.2000123456@x.org>',
      [{ name: 'Anna 2', email: 'a.2000123456@x.org' }],
    ],
    [
      'with a quote in their name',
      "Aoife O'Neill <aoife.o-neill@x.org>",
      [{ name: "Aoife O'Neill", email: 'aoife.o-neill@x.org' }],
    ],
  ])('%s', (_, text, people) => {
    expect(parsePeople(text)).toEqual({ people, unclear: [] });
  });

  test('once, however often they are there', () => {
    expect(parsePeople('Anna Pi <anna@x.org>; ANNA@x.org; +34600000009\n+34 600 000 009').people).toEqual([
      anna,
      { phone: '+34600000009' },
    ]);
  });
});

test('what holds no address is said, and the rest is read', () => {
  expect(parsePeople('Anna Pi <anna@x.org>; Somebody Else; bob@y.org; 12')).toEqual({
    people: [anna, bob],
    unclear: ['Somebody Else', '12'],
  });
});

test.each(['anna@x', '@x.org', 'anna @x.org'])('%s is no address', (text) => {
  expect(parsePeople(text)).toEqual({ people: [], unclear: [text] });
});

test('nothing is read of nothing', () => {
  expect(parsePeople(' \n;,\t')).toEqual({ people: [], unclear: [] });
});
