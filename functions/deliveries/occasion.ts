/** What a delivery is about: what a `sequence` of the meeting tells people, or a start that they are reminded of. */
export type Occasion =
  | { readonly kind: 'invitation'; readonly sequence: number }
  | { readonly kind: 'reminder'; readonly start: Date };

/** An occasion as the keys of deliveries hold it: `17`, or `R2027-03-01T10:00:00.000Z`. */
export function formatOccasion(occasion: Occasion): string {
  return occasion.kind === 'invitation' ? String(occasion.sequence) : `R${occasion.start.toISOString()}`;
}

const formatted = /^(?:(?<sequence>\d{1,9})|R(?<start>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z))$/;

/** Whether a text is one that `formatOccasion` may have written. */
export function isOccasion(text: string): boolean {
  const groups = formatted.exec(text)?.groups;
  return groups !== undefined && (groups.start === undefined || !Number.isNaN(Date.parse(groups.start)));
}

/** Reads what `formatOccasion` wrote. @throws Error where it did not */
export function parseOccasion(text: string): Occasion {
  if (!isOccasion(text)) throw new Error(`not an occasion: ${text}`);
  const { sequence, start = '' } = formatted.exec(text)?.groups ?? {};
  return sequence === undefined
    ? { kind: 'reminder', start: new Date(start) }
    : { kind: 'invitation', sequence: Number(sequence) };
}

/** An occasion as a mail's tag, which takes no colon: a start is in epoch milliseconds. */
export function occasionTag(occasion: Occasion): string {
  return occasion.kind === 'invitation' ? String(occasion.sequence) : `R${occasion.start.getTime()}`;
}
