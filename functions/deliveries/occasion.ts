/**
 * What a delivery is about: what a `sequence` of the meeting tells people, a start that they are reminded of, or one for
 * which somebody waits; or who of the meeting cannot be reached, of which its organizer is told once.
 */
export type Occasion =
  | { readonly kind: 'invitation'; readonly sequence: number }
  | { readonly kind: 'reminder' | 'waiting'; readonly start: Date }
  | { readonly kind: 'unreachable' };

const letters = { reminder: 'R', waiting: 'W' } as const;

const unreachable = 'UNREACHABLE';

/** An occasion as the keys of deliveries hold it: `17`, `R2027-03-01T10:00:00.000Z`, `W…`, or `UNREACHABLE`. */
export function formatOccasion(occasion: Occasion): string {
  if (occasion.kind === 'invitation') return String(occasion.sequence);
  return occasion.kind === 'unreachable' ? unreachable : letters[occasion.kind] + occasion.start.toISOString();
}

const formatted =
  /^(?:(?<sequence>\d{1,9})|UNREACHABLE|(?<letter>[RW])(?<start>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z))$/;

/** Whether a text is one that `formatOccasion` may have written. */
export function isOccasion(text: string): boolean {
  const groups = formatted.exec(text)?.groups;
  return groups !== undefined && (groups.start === undefined || !Number.isNaN(Date.parse(groups.start)));
}

/** Reads what `formatOccasion` wrote. @throws Error where it did not */
export function parseOccasion(text: string): Occasion {
  if (!isOccasion(text)) throw new Error(`not an occasion: ${text}`);
  if (text === unreachable) return { kind: 'unreachable' };
  const { sequence, letter, start = '' } = formatted.exec(text)?.groups ?? {};
  return sequence === undefined
    ? { kind: kindOfLetter(letter), start: new Date(start) }
    : { kind: 'invitation', sequence: Number(sequence) };
}

function kindOfLetter(letter: string | undefined) {
  return letter === letters.waiting ? 'waiting' : 'reminder';
}

/** An occasion as a mail's tag, which takes no colon: a start is in epoch milliseconds. */
export function occasionTag(occasion: Occasion): string {
  return 'start' in occasion ? letters[occasion.kind] + occasion.start.getTime() : formatOccasion(occasion);
}

/** Reads what `occasionTag` wrote; undefined where it did not. */
export function parseOccasionTag(tag: string): Occasion | undefined {
  const [, letter, milliseconds] = /^([RW])(\d{1,15})$/.exec(tag) ?? [];
  if (milliseconds !== undefined) return { kind: kindOfLetter(letter), start: new Date(Number(milliseconds)) };
  return /^(?:\d{1,9}|UNREACHABLE)$/.test(tag) ? parseOccasion(tag) : undefined;
}
