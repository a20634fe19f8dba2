/** Somebody as they were pasted: with an address, a number, or both. */
export interface PastedPerson {
  readonly name?: string;
  readonly email?: string;
  /** E.164 without blanks, or the digits of an MSISDN. */
  readonly phone?: string;
}

export interface PastedPeople {
  readonly people: readonly PastedPerson[];
  /** Pieces in which there is neither an address nor a number. */
  readonly unclear: readonly string[];
}

const emailForm = /[^\s<>()[\]",;:'|\\@]+@[^\s<>()[\]",;:'|\\@]+\.[^\s<>()[\]",;:'|\\@]+/;
/** Digits with what people write between them; a number begins with + or 00, or is a word of its own. */
const phoneForm = /(?<![\p{L}\d@.])(?:\+|00)?\(?\d[\d\s().\-/]{5,24}\d(?![\p{L}\d@])/u;

/**
 * Reads people from what is pasted: lines, or entries parted by `;` or `,`, as `Anna Pi <anna@x.org>`, `anna@x.org (Anna Pi)`,
 * Outlook's `Pi, Anna <anna@x.org>; …`, cells of a table, with phone numbers as they are written.
 *
 * Whoever is there twice is one person.
 */
export function parsePeople(text: string): PastedPeople {
  const entries = text.split(/[\n\r;]/).flatMap(entriesOf);
  const people: PastedPerson[] = [];
  const unclear: string[] = [];
  for (const entry of entries) {
    const person = personIn(entry);
    if (person === undefined) unclear.push(entry);
    else if (!people.some((other) => isSame(other, person))) people.push(person);
  }
  return { people, unclear };
}

/** The entries of a piece without `;`: its commas part people, or the surname from the name, or the cells of one person. */
function entriesOf(piece: string): string[] {
  const entries: string[] = [];
  let before = '';
  for (const part of splitOutsideQuotes(piece.replace(/^\s*(to|cc|bcc|para|per a)\s*:/i, ''))) {
    const text = part.trim();
    if (text === '') continue;
    if (!hasAddress(text)) {
      before = before === '' ? text : `${before}, ${text}`;
      continue;
    }
    const previous = entries.at(-1);
    // A number by itself after an address is of the same person, as in the cells of a table.
    if (before === '' && previous !== undefined && isBareNumber(text) && !phoneForm.test(previous)) {
      entries[entries.length - 1] = `${previous} ${text}`;
    } else entries.push(before === '' ? text : joined(before, text));
    before = '';
  }
  return before === '' ? entries : [...entries, before];
}

/** `Pi` and `Anna <a@x.org>` are Anna Pi; `Anna Pi` and `a@x.org` are as well. */
function joined(before: string, text: string): string {
  const hasNameToo = (personIn(text)?.name ?? '') !== '';
  if (!hasNameToo) return `${before} ${text}`;
  return /^[\p{L}\p{M}'’.\- ]+$/u.test(before) ? text.replace(/\s*(?=[<([]|\S+@)/, ` ${before} `) : `${before} ${text}`;
}

function splitOutsideQuotes(text: string): string[] {
  return text.match(/(?:"[^"]*"|[^",\t])+/g) ?? [];
}

function hasAddress(text: string): boolean {
  return emailForm.test(text) || text.includes('@') || phoneForm.test(text);
}

function isBareNumber(text: string): boolean {
  return text.replace(phoneForm, '').trim() === '';
}

function personIn(entry: string): PastedPerson | undefined {
  const email = emailForm
    .exec(entry)?.[0]
    .replace(/^mailto:/i, '')
    .replace(/[.]+$/, '');
  const withoutEmail = email === undefined ? entry : entry.replaceAll(email, ' ');
  const written = phoneForm.exec(withoutEmail)?.[0];
  if (email === undefined && written === undefined) return undefined;
  const name = nameIn(written === undefined ? withoutEmail : withoutEmail.replace(written, ' '));
  return {
    ...(name === '' ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    ...(written === undefined ? {} : { phone: phoneOf(written) }),
  };
}

function phoneOf(written: string): string {
  const digits = written.replace(/\(0\)/, '').replace(/[^\d+]/g, '');
  return digits.replace(/^00/, '+');
}

/** What is left of an entry without the marks around its parts. */
function nameIn(rest: string): string {
  return rest
    .replace(/mailto:/gi, ' ')
    .replace(/[<>()[\]"|]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s:,.\-–*•'’]+|[\s:,\-–'’]+$/g, '')
    .trim();
}

function isSame(one: PastedPerson, other: PastedPerson): boolean {
  const sameEmail = one.email !== undefined && one.email.toLowerCase() === other.email?.toLowerCase();
  return sameEmail || (one.email === undefined && one.phone !== undefined && one.phone === other.phone);
}
