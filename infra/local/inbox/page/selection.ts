import type { Entry } from './entries.tsx';

/** Those entries that hold every word that is searched for, without regard to case and accents. */
export function entriesMatching(entries: readonly Entry[], search: string): readonly Entry[] {
  const words = withoutAccents(search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  return entries.filter((entry) => {
    const text = withoutAccents(entry.words);
    return words.every((word) => text.includes(word));
  });
}

/** The neighbour of an entry, `step` further down; at the ends the entry itself, without one the first. */
export function neighbourEntry(entries: readonly Entry[], id: string | undefined, step: number): Entry | undefined {
  const index = entries.findIndex((entry) => entry.id === id);
  if (index === -1) return entries[0];
  return entries[Math.min(entries.length - 1, Math.max(0, index + step))];
}

function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
