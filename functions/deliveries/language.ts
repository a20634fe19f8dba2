/**
 * Looks a language up as RFC 4647 (section 3.4) does: of `es-MX-x-rural` first its own templates, then those of `es-MX`,
 * then of `es`, at last the first that there are, in the order of `languages`.
 */
export function languageFor(tag: string, available: object, languages: readonly string[]): string {
  const known = new Map(Object.keys(available).map((language) => [language.toLowerCase(), language]));
  const subtags = tag.toLowerCase().split('-');
  for (let length = subtags.length; length > 0; length -= 1) {
    const found = known.get(subtags.slice(0, length).join('-'));
    if (found) return found;
  }
  return languages.find((language) => language in available) ?? languages[0] ?? tag;
}

/** In what dates are written: the tag itself where it is a kind of the templates' language (`en-GB` of `en`), else that. */
export function dateLanguage(tag: string, language: string): string {
  if (tag === language) return language;
  return baseOf(tag) === baseOf(language) && isLanguageTag(tag) ? tag : language;
}

function baseOf(tag: string): string | undefined {
  return tag.toLowerCase().split('-')[0];
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
