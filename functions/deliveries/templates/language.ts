import { languageFor } from '../../meetings/languages.ts';
import { isLanguageTag } from '../../runtime/languageTag.ts';

/** The language of `available` that serves a tag, at last the first that there is, in the order of `languages` or in its own. */
export function templateLanguageFor(tag: string, available: object, languages: readonly string[]): string {
  const known = Object.keys(available);
  const first = languages.find((language) => known.includes(language)) ?? known[0];
  return languageFor(tag, known) ?? first ?? languages[0] ?? tag;
}

/** In what dates are written: the tag itself where it is a kind of the templates' language (`en-GB` of `en`), else that. */
export function dateLanguage(tag: string, language: string): string {
  if (tag === language) return language;
  return baseOf(tag) === baseOf(language) && isLanguageTag(tag) ? tag : language;
}

function baseOf(tag: string): string | undefined {
  return tag.toLowerCase().split('-')[0];
}
