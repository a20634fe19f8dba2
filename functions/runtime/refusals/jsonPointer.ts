/** Longer names are cut: whoever sends one knows it, and a reply has its limits. */
const longestName = 100;

/** A JSON Pointer (RFC 6901, section 3) to what `path` leads to; empty for the whole. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${shortened(String(part)).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function shortened(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName)}…` : name;
}
