import type { Words } from './en.ts';

/** What brings the words of each language that the page speaks; each is an asset of its own. */
const spoken = {
  en: async () => (await import('./en.ts')).en,
  es: async () => (await import('./es.ts')).es,
  ca: async () => (await import('./ca.ts')).ca,
} as const satisfies Readonly<Record<string, () => Promise<Words>>>;

export type SpokenLanguage = keyof typeof spoken;

/** What the page is read in, and the tag by which dates and times are written: the reader's own variety of it. */
export interface Language {
  readonly language: SpokenLanguage;
  readonly tag: string;
}

/** The first of the languages that the browser prefers which the page speaks (RFC 4647, lookup); English else. */
export function languageFor(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const [language = ''] = tag.toLowerCase().split('-');
    if (isSpoken(language)) return { language, tag };
  }
  return { language: 'en', tag: 'en' };
}

/** Fetches the words of a language. Fails where the service has a newer page by now, or cannot be reached. */
export async function fetchWords(language: SpokenLanguage): Promise<Words> {
  return await spoken[language]();
}

function isSpoken(language: string): language is SpokenLanguage {
  return Object.hasOwn(spoken, language);
}
