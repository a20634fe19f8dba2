import { ca } from './ca.ts';
import { en, type Words } from './en.ts';
import { es } from './es.ts';

const spoken: readonly Words[] = [en, es, ca];

/** The page's words, and the tag by which dates and times are written: the reader's own variety of the language. */
export interface Language {
  readonly words: Words;
  readonly tag: string;
}

/** The first of the languages that the browser prefers which the page speaks (RFC 4647, lookup); English else. */
export function languageFor(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const [language] = tag.toLowerCase().split('-');
    const words = spoken.find((candidate) => candidate.language === language);
    if (words) return { words, tag };
  }
  return { words: en, tag: en.language };
}
