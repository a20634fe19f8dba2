import * as z from 'zod/mini';

/** Where a rule stands, items of a list as `*`, and what breaks it, as zod names it. */
export type Rule = string;

/**
 * Every way in which a schema refuses: one rule for each type, bound, expression, list of values and check of our own.
 * A transform counts where it can refuse.
 */
export function rulesOf(schema: z.core.$ZodType, place = ''): Set<Rule> {
  const { def } = schema._zod;
  const checks = (def.checks ?? []).flatMap((check) => ruleOfCheck(check, place));
  const own = schema instanceof z.core.$ZodCheck ? ruleOfCheck(schema, place) : [];
  return new Set([...rulesOfType(schema, place), ...checks, ...own]);
}

function rulesOfType(schema: z.core.$ZodType, place: string): Rule[] {
  const { def } = schema._zod as { def: z.core.$ZodTypes['_zod']['def'] };
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'readonly':
      return [...rulesOf(def.innerType, place)];
    case 'pipe':
      return [...rulesOf(def.in, place), ...rulesOf(def.out, place)];
    case 'transform':
      return String(def.transform).includes('issues') ? [`${place} transform`] : [];
    case 'union':
      return [`${place} invalid_union`, ...def.options.flatMap((option) => boundsOf(option, place))];
    case 'enum':
    case 'literal':
      return [`${place} invalid_value`];
    case 'array':
      return [`${place} invalid_type`, ...rulesOf(def.element, `${place}/*`)];
    case 'object':
      return [
        `${place} invalid_type`,
        ...(def.catchall ? [`${place} unrecognized_keys`] : []),
        ...Object.entries(def.shape).flatMap(([name, field]) => [
          ...(field._zod.optin === undefined ? [`${place}/${name} required`] : []),
          ...rulesOf(field, `${place}/${name}`),
        ]),
      ];
    case 'unknown':
      return [];
    case 'string':
    case 'number':
    case 'boolean':
      return [`${place} invalid_type`];
    default:
      throw new Error(`A schema of type ${def.type} is not known here`);
  }
}

/** The type of an option is the union's to refuse. */
function boundsOf(option: z.core.$ZodType, place: string): Rule[] {
  return [...rulesOf(option, place)].filter((rule) => rule !== `${place} invalid_type`);
}

const bounds: Readonly<Record<string, string>> = {
  max_length: 'too_big',
  less_than: 'too_big',
  min_length: 'too_small',
  greater_than: 'too_small',
  string_format: 'invalid_format',
  // Of a whole number: a fraction is of another type, and one beyond what a double counts exactly is too big.
  number_format: 'too_big',
};
/** What says something of a schema, and refuses nothing. */
const silent = ['meta', 'describe'];

function ruleOfCheck(check: z.core.$ZodCheck<never>, place: string): Rule[] {
  const { check: kind, error, path = [] } = check._zod.def as z.core.$ZodCheckDef & { path?: readonly string[] };
  const at = [place, ...path].join('/');
  if (silent.includes(kind)) return [];
  if (kind === 'custom') return [`${at} ${String(error?.({} as never))}`];
  const bound = bounds[kind];
  if (bound === undefined) throw new Error(`A check of kind ${kind} is not known here`);
  return [`${place} ${bound}`];
}

/** The rules of a schema that an input breaks. */
export function brokenRules(schema: z.core.$ZodType, input: unknown): Rule[] {
  const { success, error } = z.safeParse(schema, input, { reportInput: true });
  if (success) return [];
  return error.issues.flatMap((issue) => {
    const place = issue.path.map((part) => `/${typeof part === 'number' ? '*' : String(part)}`).join('');
    if (issue.code === 'custom') return [`${place} ${issue.message}`, `${place} transform`, ' transform'];
    return [issue.input === undefined ? `${place} required` : `${place} ${issue.code}`];
  });
}
