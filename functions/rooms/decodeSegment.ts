/** Characters; names of rooms and of organizers are shorter. */
const longest = 256;

/** A letter of another script takes as much as this when it is encoded. */
const longestEncoded = longest * 12;

/**
 * The text of a segment of a path; undefined where it is too long or not well encoded. API Gateway hands
 * path parameters over decoded or not, by the kind of API; nothing that is looked for holds a `%`.
 */
export function decodeSegment(segment: string): string | undefined {
  if (segment.length > longestEncoded) return undefined;
  try {
    const text = decodeURIComponent(segment);
    return text.length > longest ? undefined : text;
  } catch {
    return undefined;
  }
}
