import Handlebars from 'handlebars';

export type Program = hbs.AST.Program;

/** A template as a tree whose nodes know their file, or what keeps it from being one, with file and line. */
export type Parsed = { program: Program; faults: [] } | { program: undefined; faults: string[] };

export function parseTemplate(name: string, source: string): Parsed {
  const faults = [...foreignEncoding(name, source), ...typographicQuotes(name, source)];
  if (faults.length > 0) return { program: undefined, faults };
  try {
    return { program: Handlebars.parse(source, { srcName: name }), faults: [] };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { program: undefined, faults: [explainParseError(name, source, message)] };
  }
}

/** What is no UTF-8 has been read as U+FFFD, which nobody writes. */
function foreignEncoding(name: string, source: string): string[] {
  const at = source.indexOf('\ufffd');
  return at < 0 ? [] : [`${name}:${lineAt(source, at)}: holds a character that is not UTF-8: save the file as UTF-8`];
}

const tags = /\{\{(?:!--[\s\S]*?--|(?:"[^"]*"|'[^']*'|[^}"'])*)\}\}/g;
const strings = /"[^"]*"|'[^']*'/g;

/** Word processors make them of straight ones. To Handlebars they are letters, so an option would be lost without a word. */
function typographicQuotes(name: string, source: string): string[] {
  return [...source.matchAll(tags)].flatMap(({ 0: tag, index }) => {
    if (tag.startsWith('{{!')) return [];
    const at = tag.replace(strings, (text) => ' '.repeat(text.length)).search(/[“”„‟″«»‘’‚‛′]/);
    if (at < 0) return [];
    return [`${name}:${lineAt(source, index + at)}: ${tag.charAt(at)} is a typographic quote: write " instead`];
  });
}

/** Handlebars names the token that it did not expect; this says what its author most likely did. */
function explainParseError(name: string, source: string, message: string): string {
  const [, opened, closed, closedAt] = /^(\S+) doesn't match (\S+) - (\d+):/.exec(message) ?? [];
  if (opened) return `${name}:${closedAt}: the block {{#${opened}}} ends with {{/${closed}}}`;
  const line = Number(/on line (\d+)/.exec(message)?.[1] ?? 1);
  const open = /got 'EOF'/.test(message) && openBlock(source);
  if (open) return `${name}:${open.line}: the block {{#${open.name}}} never ends with {{/${open.name}}}`;
  if (/got 'OPEN_ENDBLOCK'/.test(message)) return `${name}:${line}: a block ends that never began`;
  if (/got 'INVERSE'/.test(message)) return `${name}:${line}: {{else}} stands outside of a block`;
  const text = source.split('\n')[line - 1]?.trim().slice(0, 80);
  return `${name}:${line}: Handlebars cannot read: ${text}`;
}

function openBlock(source: string): { name: string; line: number } | undefined {
  const open: { name: string; line: number }[] = [];
  for (const { 1: sign, 2: name = '', index } of source.matchAll(/\{\{~?([#^/])[>*]?\s*([^\s}~]*)/g)) {
    if (sign === '/') open.pop();
    else if (name) open.push({ name, line: lineAt(source, index) });
  }
  return open.at(-1);
}

function lineAt(source: string, index: number): number {
  return source.slice(0, index).split('\n').length;
}
