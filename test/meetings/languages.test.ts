import { expect, test } from 'vitest';
import { languageFaults, languageFor } from '../../functions/meetings/languages.ts';

const languages = ['en', 'es', 'pt-BR'];

test.each([
  ['es', 'es'],
  ['ES-mx', 'es'],
  ['pt-br', 'pt-BR'],
  ['pt', undefined],
  ['pt-PT', undefined],
  ['fr', undefined],
])('%s is served by %s', (tag, expected) => {
  expect(languageFor(tag, languages)).toBe(expected);
});

test('each language that is served by none is a fault at its place', () => {
  const message = 'must be one of the languages of this service: en, es, pt-BR';
  const participants = [{ language: 'es' }, {}, { language: 'fr' }];

  expect(languageFaults({ language: 'de', participants }, languages)).toEqual([
    { path: '/language', message },
    { path: '/participants/2/language', message },
  ]);
  expect(languageFaults({ language: 'en', participants: [{}] }, languages)).toEqual([]);
  expect(languageFaults({}, languages)).toEqual([]);
});
