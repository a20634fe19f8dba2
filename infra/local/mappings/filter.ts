import * as z from 'zod';

/** Says whether a record is one that the function wants. */
export type Filter = (record: unknown) => boolean;

type Test = (value: unknown) => boolean;

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const pattern = z.record(z.string(), z.unknown());
const criteria = z.object({ Filters: z.array(z.object({ Pattern: z.string() })) });

/**
 * Reads the filter criteria of an event source mapping: a record passes that matches one of the patterns, and all do where there
 * are none.
 *
 * @throws for an operator that is not known, with its name
 */
export function readFilter(filterCriteria: unknown): Filter {
  if (filterCriteria === undefined) return () => true;
  const tests = criteria
    .parse(filterCriteria)
    .Filters.map(({ Pattern }) => readPattern(pattern.parse(JSON.parse(Pattern))));
  return (record) => tests.length === 0 || tests.some((test) => test(record));
}

/**
 * Reads one pattern, of a mapping's filter or of a rule: every key must match; one that is a list matches where one of its
 * entries does.
 *
 * @throws for an operator that is not known, with its name
 */
export function readPattern(given: Readonly<Record<string, unknown>>): Test {
  const tests = Object.entries(given).map(([key, inner]): Test => {
    if (key === '$or') return readAlternatives(inner);
    const test = Array.isArray(inner) ? readEntries(inner) : readPattern(pattern.parse(inner));
    return (value) => test(isRecord(value) ? value[key] : undefined);
  });
  return (value) => tests.every((test) => test(value));
}

function readAlternatives(given: unknown): Test {
  const tests = z.array(pattern).parse(given).map(readPattern);
  return (value) => tests.some((test) => test(value));
}

/** A value that is a list matches where one of its own values does. */
function readEntries(entries: readonly unknown[]): Test {
  const tests = entries.map(readEntry);
  return (value) => {
    const values = Array.isArray(value) ? value : [value];
    return values.some((one) => tests.some((test) => test(one)));
  };
}

function readEntry(entry: unknown): Test {
  if (!isRecord(entry)) {
    const exact = scalar.parse(entry);
    return (value) => value === exact;
  }
  const [[name, argument] = ['', undefined], ...others] = Object.entries(entry);
  const read = operators[name];
  if (read === undefined || others.length > 0) {
    throw new Error(`The local run does not know the filter ${JSON.stringify(entry)}`);
  }
  return read(argument);
}

const operators: Readonly<Record<string, (argument: unknown) => Test>> = {
  'anything-but': (argument) => {
    if (isRecord(argument)) {
      const test = readEntry(argument);
      return (value) => value !== undefined && !test(value);
    }
    const excluded: unknown[] = Array.isArray(argument) ? argument : [argument];
    return (value) => value !== undefined && !excluded.includes(value);
  },
  'equals-ignore-case': (argument) => {
    const text = z.string().parse(argument).toLowerCase();
    return (value) => typeof value === 'string' && value.toLowerCase() === text;
  },
  exists: (argument) => {
    const wanted = z.boolean().parse(argument);
    return (value) => (value !== undefined && !isRecord(value)) === wanted;
  },
  numeric: (argument) => {
    const comparisons = readComparisons(z.array(z.unknown()).parse(argument));
    return (value) => typeof value === 'number' && comparisons.every((compare) => compare(value));
  },
  prefix: (argument) => {
    const prefix = z.string().parse(argument);
    return (value) => typeof value === 'string' && value.startsWith(prefix);
  },
  suffix: (argument) => {
    const suffix = z.string().parse(argument);
    return (value) => typeof value === 'string' && value.endsWith(suffix);
  },
};

/** As `[">", 0, "<=", 5]`. */
function readComparisons(parts: readonly unknown[]): ((value: number) => boolean)[] {
  const comparisons: ((value: number) => boolean)[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const compare = comparators[String(parts[index])];
    const bound = z.number().parse(parts[index + 1]);
    if (compare === undefined) throw new Error(`The local run does not know the comparison ${String(parts[index])}`);
    comparisons.push((value) => compare(value, bound));
  }
  return comparisons;
}

const comparators: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '=': (value, bound) => value === bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
