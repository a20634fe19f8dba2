/** The word for so many of a thing, by the plural rules of a language: `1 day`, `0 days`. */
export function wordsFor(language: string): (count: number, one: string, other: string) => string {
  const rules = new Intl.PluralRules(language);
  return (count, one, other) => (rules.select(count) === 'one' ? one : other);
}
