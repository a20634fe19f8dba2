import type { InputFault } from '../runtime/refusal.ts';

/** The first of `languages` that serves a tag: itself, or the language without its region (RFC 4647, lookup). */
export function languageFor(tag: string, languages: readonly string[]): string | undefined {
  const parts = tag.toLowerCase().split('-');
  for (let length = parts.length; length > 0; length -= 1) {
    const range = parts.slice(0, length).join('-');
    const found = languages.find((language) => language.toLowerCase() === range);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Speaking {
  readonly language?: string | undefined;
}

/** One fault for each language that the templates do not speak. */
export function languageFaults(
  { language, participants }: Speaking & { readonly participants?: readonly Speaking[] | undefined },
  languages: readonly string[],
): InputFault[] {
  const message = `must be one of the languages of this service: ${languages.join(', ')}`;
  const spoken = (tag: string | undefined) => tag === undefined || languageFor(tag, languages) !== undefined;
  const people = (participants ?? []).flatMap((participant, index) =>
    spoken(participant.language) ? [] : [{ path: `/participants/${index}/language`, message }],
  );
  return spoken(language) ? people : [{ path: '/language', message }, ...people];
}
