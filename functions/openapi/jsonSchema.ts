import * as z from 'zod/mini';
import { instantInput } from '../meetings/times/instant.ts';
import { localTimeInput, timeInput } from '../meetings/times/localTime.ts';

/** A JSON Schema (draft 2020-12), as far as the document uses it. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly [keyword: string]: unknown;
}

/** What a schema that validates does not say by itself: laid over the JSON Schema that is made of it. */
export type Notes = JsonSchema;

/** A schema that has a name in the document. */
export interface Component {
  readonly schema: z.ZodMiniType;
  readonly notes?: Notes;
}

export type Components = Readonly<Record<string, Component>>;

/**
 * The JSON Schemas of all components, which refer to one another by name.
 *
 * @param io `input` for what callers send. What they get is `output`: its objects are left open in the
 *   document, since later versions may say more.
 * @throws Error for notes on a field that is not there
 */
export function jsonSchemasOf(components: Components, io: 'input' | 'output'): Record<string, JsonSchema> {
  const names = z.registry<{ id: string }>();
  for (const [id, { schema }] of Object.entries(components)) names.add(schema, { id });
  const { schemas } = z.toJSONSchema(names, { io, uri: referenceTo, unrepresentable: 'any', override: represent });
  return Object.fromEntries(
    Object.entries(components).map(([id, { notes = {} }]) => {
      const made = withoutHeader(toPlainJson(schemas[id]));
      return [id, withNotes(io === 'input' ? made : allowingMoreFields(made), notes, id)];
    }),
  );
}

export function referenceTo(id: string): string {
  return `#/components/schemas/${id}`;
}

/** The JSON Schema of one field of what callers send, such as a parameter. */
export function inputSchema(schema: z.ZodMiniType, notes: Notes = {}): JsonSchema {
  const made = z.toJSONSchema(schema, asInput);
  return withNotes(withoutHeader(toPlainJson(made)), notes, 'A parameter');
}

type Override = NonNullable<z.core.ToJSONSchemaParams['override']>;

/** An instant says its two forms; a value that is cleaned first is described by what it must be afterwards. */
const represent: Override = ({ zodSchema, jsonSchema }) => {
  // The format says as much as that long expression, and no number here comes near what a double can hold.
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  const replacement = timeSchemas.get(zodSchema) ?? schemaOfPipe(zodSchema);
  if (!replacement) return;
  for (const keyword of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, keyword);
  Object.assign(jsonSchema, replacement);
};

const asInput = { io: 'input', unrepresentable: 'any', override: represent } as const;

const instantForms: readonly JsonSchema[] = [
  { type: 'string', format: 'date-time', maxLength: 40 },
  { type: 'integer', minimum: 1e12, maximum: 8.64e15 },
];

const instant: JsonSchema = {
  description: 'An instant: RFC 3339 with an offset, or epoch milliseconds.',
  oneOf: instantForms,
  examples: ['2027-03-01T09:30:00+01:00', 1_803_889_800_000],
};

const local: JsonSchema = {
  description: 'What the clocks of a zone show; of what they show twice the first, of what they skip what follows it.',
  type: 'object',
  additionalProperties: false,
  required: ['dateTime', 'timeZone'],
  properties: {
    dateTime: {
      type: 'string',
      pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?$',
      examples: ['2027-03-01T09:30'],
    },
    timeZone: { type: 'string', description: 'An IANA time zone.', examples: ['Europe/Madrid'] },
  },
};

/** What instants and times are described by. */
const timeSchemas: ReadonlyMap<z.core.$ZodType, JsonSchema> = new Map<z.core.$ZodType, JsonSchema>([
  [instantInput, instant],
  [localTimeInput, local],
  [
    timeInput,
    {
      description:
        'An instant (RFC 3339 with an offset, or epoch milliseconds), or what the clocks of a zone show then.',
      oneOf: [...instantForms, local],
      examples: ['2027-03-01T09:30:00+01:00', { dateTime: '2027-03-01T09:30', timeZone: 'Europe/Madrid' }],
    },
  ],
]);

function schemaOfPipe(schema: z.core.$ZodType): JsonSchema | undefined {
  if (!(schema instanceof z.core.$ZodPipe)) return undefined;
  const { out } = schema._zod.def;
  const time = timeSchemas.get(out);
  if (time) return time;
  if (out instanceof z.core.$ZodTransform) return undefined;
  return out instanceof z.core.$ZodPipe ? schemaOfPipe(out) : withoutHeader(toPlainJson(z.toJSONSchema(out, asInput)));
}

function toPlainJson(schema: unknown): JsonSchema {
  return JSON.parse(JSON.stringify(schema));
}

/** Without what says that it stands by itself. */
function withoutHeader({ $schema, $id, ...rest }: JsonSchema): JsonSchema {
  return rest;
}

/** With `notes` laid over: what both say of a keyword, the notes say. */
function withNotes(schema: JsonSchema, notes: Notes, place: string): JsonSchema {
  const { properties, items, ...said } = notes;
  return {
    ...schema,
    ...said,
    ...(properties ? { properties: annotatedFields(schema.properties ?? {}, properties, place) } : {}),
    ...(items ? { items: withNotes(schema.items ?? {}, items, `${place}[]`) } : {}),
  };
}

function annotatedFields(fields: Fields, notes: Fields, place: string): Fields {
  const unknown = Object.keys(notes).filter((name) => !(name in fields));
  if (unknown.length > 0) throw new Error(`${place} has no ${unknown.join(', ')}`);
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, withNotes(field, notes[name] ?? {}, `${place}.${name}`)]),
  );
}

type Fields = Readonly<Record<string, JsonSchema>>;

function allowingMoreFields(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    if (Reflect.get(value, 'additionalProperties') === false) Reflect.deleteProperty(value, 'additionalProperties');
    return value;
  });
}
