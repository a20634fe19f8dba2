/** Whether a text is a well-formed language tag (BCP 47), of which Intl may know nothing. */
export function isLanguageTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}
