import * as z from 'zod';
import { nearestName } from './nearest.ts';

/** Text of one form; the sentence says which form, and is all that a person is told. */
export function textMatching(form: RegExp, sentence: string, maximumLength = 256) {
  return z
    .string({ error: sentence })
    .trim()
    .refine((given) => given.length <= maximumLength && form.test(given), { error: sentence });
}

/** A whole number within its range, limits included; text of digits serves, as `cdk -c` and a wac.ini hand numbers over. */
export function wholeNumber(minimum: number, maximum: number, unit: string) {
  const sentence = `Must be a whole number of ${unit}, ${minimum} to ${maximum}.`;
  const digits = z
    .string()
    .trim()
    .regex(/^-?\d{1,12}$/)
    .transform(Number);
  return z
    .union([z.number(), digits], { error: sentence })
    .refine((given) => Number.isInteger(given) && given >= minimum && given <= maximum, { error: sentence });
}

/** An amount with up to six decimals within its range, limits included. */
export function decimalAmount(minimum: number, maximum: number, unit: string) {
  const sentence = `Must be an amount in ${unit} with a decimal point, ${minimum} to ${maximum}.`;
  const decimal = z
    .string()
    .trim()
    .regex(/^\d{1,6}(\.\d{1,6})?$/)
    .transform(Number);
  return z
    .union([z.number(), decimal], { error: sentence })
    .refine((given) => given >= minimum && given <= maximum, { error: sentence });
}

/** `true` or `false`, as such or as text. */
export const yesOrNo = z.union(
  [
    z.boolean(),
    z
      .string()
      .trim()
      .pipe(z.enum(['true', 'false']))
      .transform((given) => given === 'true'),
  ],
  { error: 'Must be true or false.' },
);

/** One of a few words; what is none of them is answered with the word that is nearest. */
export function oneOf<const Word extends string>(words: readonly Word[]) {
  return z.enum(words, {
    error: ({ input }) => {
      const near = typeof input === 'string' ? nearestName(input, words) : undefined;
      return `Must be ${alternatives(words)}${near ? ` (did you mean ${near}?)` : ''}.`;
    },
  });
}

/** A list without repetitions; a single text is a list too, its entries parted by commas. */
export function listOf<Item extends z.ZodType>(item: Item) {
  const parted = z.string().transform((given) => given.split(','));
  return z
    .union([parted, z.array(z.unknown())], { error: 'Must be a list, or text with commas between the entries.' })
    .transform((entries) => entries.map(trimIfText).filter((entry) => entry !== ''))
    .pipe(z.array(item))
    .transform((entries) => [...new Set(entries)])
    .readonly();
}

/** What `schema` takes, or the same as JSON text, since neither a wac.ini nor the command line can hold an object. */
export function orJson<Shape extends z.ZodType>(schema: Shape) {
  return z.preprocess((given) => (typeof given === 'string' ? (parsedJson(given) ?? given) : given), schema);
}

/** Answers a value of another shape with a sentence, and a key that is not known with its name. */
export function unknownKey(sentence: string): z.core.$ZodErrorMap {
  return (issue) => (issue.code === 'unrecognized_keys' ? `Unknown: ${issue.keys.join(', ')}. ${sentence}` : sentence);
}

/** Parses JSON text, and gives undefined where it is none: the parser's own message would quote what may be a secret. */
export function parsedJson(given: string): unknown {
  try {
    return JSON.parse(given);
  } catch {
    return undefined;
  }
}

/** Writes `a, b or c`, of two words or more. */
export function alternatives(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** Quotes what was given within a sentence, on one line and shortened to 60 characters; never for what may be a secret. */
export function quoteForMessage(given: unknown): string {
  const shown = typeof given === 'string' ? given : (JSON.stringify(given) ?? String(given));
  return JSON.stringify(shown.length > 60 ? `${shown.slice(0, 60)}...` : shown);
}

/** Refuses a value with a sentence; for a zod transform to return. */
export function addIssue(context: z.RefinementCtx, message: string): never {
  context.issues.push({ code: 'custom', message, input: undefined });
  return z.NEVER;
}

function trimIfText(entry: unknown): unknown {
  return typeof entry === 'string' ? entry.trim() : entry;
}
