/** What a delivery is about: what a `sequence` of the meeting tells people, a start that they are reminded of, or one for which somebody waits. */
export type Occasion =
  | { readonly kind: 'invitation'; readonly sequence: number }
  | { readonly kind: 'reminder' | 'waiting'; readonly start: Date };

const letters = { reminder: 'R', waiting: 'W' } as const;

/** An occasion as the keys of deliveries hold it: `17`, `R2027-03-01T10:00:00.000Z`, or `W…`. */
export function formatOccasion(occasion: Occasion): string {
  return occasion.kind === 'invitation'
    ? String(occasion.sequence)
    : letters[occasion.kind] + occasion.start.toISOString();
}

const formatted = /^(?:(?<sequence>\d{1,9})|(?<letter>[RW])(?<start>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z))$/;

/** Whether a text is one that `formatOccasion` may have written. */
export function isOccasion(text: string): boolean {
  const groups = formatted.exec(text)?.groups;
  return groups !== undefined && (groups.start === undefined || !Number.isNaN(Date.parse(groups.start)));
}

/** Reads what `formatOccasion` wrote. @throws Error where it did not */
export function parseOccasion(text: string): Occasion {
  if (!isOccasion(text)) throw new Error(`not an occasion: ${text}`);
  const { sequence, letter, start = '' } = formatted.exec(text)?.groups ?? {};
  return sequence === undefined
    ? { kind: letter === letters.waiting ? 'waiting' : 'reminder', start: new Date(start) }
    : { kind: 'invitation', sequence: Number(sequence) };
}

/** An occasion as a mail's tag, which takes no colon: a start is in epoch milliseconds. */
export function occasionTag(occasion: Occasion): string {
  return occasion.kind === 'invitation' ? String(occasion.sequence) : letters[occasion.kind] + occasion.start.getTime();
}
