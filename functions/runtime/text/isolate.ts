/**
 * A name as it may stand among other text: with letters that run from right to left it is isolated, so that what
 * stands around it keeps its place (Unicode Standard Annex 9, section 2.4.2). Any other stays as it is.
 */
export function isolate(name: string): string {
  return rightToLeft.test(name) ? `\u2068${name}\u2069` : name;
}

/** Hebrew, Arabic and all scripts beside them, as the bidirectional algorithm has their blocks. */
const rightToLeft = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
