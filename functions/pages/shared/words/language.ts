/** The languages that the pages speak. */
export const spokenLanguages = ['en', 'es', 'ca'] as const;

export type SpokenLanguage = (typeof spokenLanguages)[number];

/** What the page is read in, and the tag by which dates and times are written: the reader's own variety of it. */
export interface Language {
  readonly language: SpokenLanguage;
  readonly tag: string;
}

/** The first of the languages that the browser prefers which the page speaks (RFC 4647, lookup); English else. */
export function languageFor(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const [primary] = tag.toLowerCase().split('-');
    const language = spokenLanguages.find((spoken) => spoken === primary);
    if (language !== undefined) return { language, tag };
  }
  return { language: 'en', tag: 'en' };
}
