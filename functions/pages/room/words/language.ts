import type { SpokenLanguage } from '../../shared/words/language.ts';
import type { Words } from './en.ts';

/** What brings the words of each language; each is an asset of its own. */
const spoken = {
  en: async () => (await import('./en.ts')).en,
  es: async () => (await import('./es.ts')).es,
  ca: async () => (await import('./ca.ts')).ca,
} as const satisfies Readonly<Record<SpokenLanguage, () => Promise<Words>>>;

/** Fetches the words of a language. Fails where the service has a newer page by now, or cannot be reached. */
export async function fetchWords(language: SpokenLanguage): Promise<Words> {
  return await spoken[language]();
}
