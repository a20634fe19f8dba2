import type { SettingFault } from './settings/fault.ts';

interface Section {
  readonly values: Record<string, string | string[]>;
  readonly faults: readonly SettingFault[];
}

/**
 * Reads one section of a wac.ini: `key = value`, `key[] = entry`, comments after `;` or `#` (at a line's start or after a blank), quotes.
 * Other sections are not judged. A fault tells its line, and never the line's text, which may hold a token.
 */
export function readWacIni(text: string, wanted = 'meetings'): Section {
  const values = new Map<string, string | string[]>();
  const faults: SettingFault[] = [];
  let section: string | undefined;
  let found = false;
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = raw.trim();
    const fault = (message: string) => faults.push({ setting: 'wacIni', message: `Line ${index + 1}: ${message}` });
    if (line === '' || line.startsWith(';') || line.startsWith('#')) continue;
    if (line.startsWith('[')) {
      section = sectionName(line);
      found ||= section === wanted;
      if (section === undefined) fault('a section must be written [name].');
    } else if (section === undefined) {
      fault('this stands before the first section, such as [meetings].');
    } else if (section === wanted) {
      const message = takeEntry(line, values);
      if (message) fault(message);
    }
  }
  if (!found) faults.push({ setting: 'wacIni', message: `There is no section [${wanted}].` });
  return { values: Object.fromEntries(values), faults };
}

function sectionName(line: string): string | undefined {
  const [, name] = /^\[([^\][]{1,100})\]\s*(?:[;#].*)?$/.exec(line) ?? [];
  return name?.trim();
}

/** Adds an entry to what was read, or returns what is wrong with it. */
function takeEntry(line: string, values: Map<string, string | string[]>): string | undefined {
  const [, name, brackets, rest = ''] = /^([A-Za-z][\w-]{0,63})[ \t]*(?:(\[\])[ \t]*)?=(.*)$/.exec(line) ?? [];
  if (name === undefined) return 'it must be written name = value, or name[] = value.';
  const value = unquote(rest.trim());
  if (value === undefined) return `the value of ${name} has a quote without its partner, or text after it.`;
  const earlier = values.get(name);
  if (brackets) {
    if (typeof earlier === 'string') return `${name}[] is a list, but ${name} was set before.`;
    values.set(name, [...(earlier ?? []), value]);
  } else {
    if (earlier !== undefined) return `${name} was set before.`;
    values.set(name, value);
  }
  return undefined;
}

/** Takes quotes and comments off a value; undefined where a quote is not closed. */
function unquote(rest: string): string | undefined {
  if (rest.startsWith('"') || rest.startsWith("'")) {
    const end = rest.indexOf(rest.charAt(0), 1);
    const after = rest.slice(end + 1).trim();
    return end > 0 && /^([;#]|$)/.test(after) ? rest.slice(1, end) : undefined;
  }
  return rest
    .replace(/^[;#].*$/, '')
    .replace(/\s[;#].*$/, '')
    .trim();
}
