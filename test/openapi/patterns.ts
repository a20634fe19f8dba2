/** Every expression of a JSON Schema, with where it stands. */
export function patternsIn(value: unknown, place: string): [place: string, pattern: string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'pattern' && typeof inner === 'string'
      ? [[place, inner] as [string, string]]
      : patternsIn(inner, `${place}/${name}`),
  );
}
