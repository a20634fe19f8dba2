import { describe, expect, test } from 'vitest';
import { ca } from '../../functions/pages/room/words/ca.ts';
import { en } from '../../functions/pages/room/words/en.ts';
import { es } from '../../functions/pages/room/words/es.ts';
import { fetchWords } from '../../functions/pages/room/words/language.ts';
import { languageFor } from '../../functions/pages/shared/words/language.ts';

/** Every text of a language by its path; those that take arguments are given some. */
function texts(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] => {
    if (typeof value === 'object') return texts(value, `${path}${key}.`);
    return [[path + key, typeof value === 'function' ? value('@@', '@@') : value]];
  });
}

describe.each([
  ['es', es],
  ['ca', ca],
])('in %s', (_, words) => {
  const english = new Map(texts(en));

  test('everything is said that is said in English, with what it is about', () => {
    for (const [path, text] of texts(words)) {
      expect(text.trim(), path).not.toBe('');
      expect(text.includes('@@'), path).toBe(english.get(path)?.includes('@@'));
    }
    expect(
      texts(words)
        .map(([path]) => path)
        .sort(),
    ).toEqual([...english.keys()].sort());
  });

  test('nothing was left in English', () => {
    const alike = texts(words).filter(([path, text]) => english.get(path) === text);
    const sameWord = new Set(['answer.status.declined', 'chat', 'controls', 'participants', 'said.wrote']);
    expect(alike.map(([path]) => path).filter((path) => !sameWord.has(path))).toEqual([]);
  });
});

test.each([
  [en, ['0 days', '1 day', '2 days', '1 hour', '1 minute', '1 second', '2 seconds', '1 person', '2 people']],
  [es, ['0 días', '1 día', '2 días', '1 hora', '1 minuto', '1 segundo', '2 segundos', '1 persona', '2 personas']],
  [ca, ['0 dies', '1 dia', '2 dies', '1 hora', '1 minut', '1 segon', '2 segons', '1 persona', '2 persones']],
] as const)('one of a thing is said otherwise than several', ({ units, people }, expected) => {
  const { days, hours, minutes, seconds } = units;
  const counted = [days, days, days, hours, minutes, seconds, seconds].map(
    (unit, index) => `${[0, 1, 2, 1, 1, 1, 2][index]} ${unit([0, 1, 2, 1, 1, 1, 2][index] ?? 0)}`,
  );
  expect([...counted, people(1), people(2)]).toEqual(expected);
});

test('an hour has the article of its number', () => {
  expect(es.until('1:00')).toBe('hasta la 1:00');
  expect(es.until('13:00')).toBe('hasta las 13:00');
  expect(ca.until('01:00')).toBe('fins a la 01:00');
  expect(ca.until('11:00')).toBe('fins a les 11:00');
});

test.each([
  [['ca-ES', 'es'], 'ca', 'ca-ES'],
  [['es-419'], 'es', 'es-419'],
  [['de', 'fr', 'es'], 'es', 'es'],
  [['de'], 'en', 'en'],
  [[], 'en', 'en'],
] as const)('a browser that prefers %j is spoken to in %s', async (preferred, language, tag) => {
  const found = languageFor(preferred);

  expect(found).toEqual({ language, tag });
  expect((await fetchWords(found.language)).language).toBe(language);
});

test.each(['constructor', '__proto__', 'toString-x'])(
  'a browser that prefers %s is spoken to in English',
  (preferred) => {
    expect(languageFor([preferred])).toEqual({ language: 'en', tag: 'en' });
  },
);
