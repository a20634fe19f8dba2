import type { JsonSchema } from '../../functions/openapi/jsonSchema.ts';

type Schemas = Readonly<Record<string, JsonSchema>>;

/** A table of Markdown: its head and rows of cells. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`).join('');
}

/** What each field of an object is: one row for it, and one for each field of what it holds in place. */
export function fieldTable(schema: JsonSchema, schemas: Schemas): string {
  return markdownTable(['Field', 'Type', 'Meaning'], fieldRows(schema, schemas, ''));
}

function fieldRows(schema: JsonSchema, schemas: Schemas, prefix: string): string[][] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const inner = field.items?.properties ? field.items : field;
    return [
      [
        `\`${path}\`${required.includes(name) ? '' : ' (optional)'}`,
        typeText(field, schemas),
        meaningOf(field, schemas),
      ],
      ...fieldRows(inner, schemas, inner === field ? `${path}.` : `${path}[].`),
    ];
  });
}

/** Its meaning, with the rules that the schema says besides. */
export function meaningOf(schema: JsonSchema, schemas: Schemas): string {
  const item = schema.items?.properties ? schema.items.description : undefined;
  const said = schema.description ?? referencedSchema(schema, schemas)?.description ?? '';
  return [said, item, rulesOf(schema)].filter((part) => part !== undefined && part !== '').join(' ');
}

function rulesOf(schema: JsonSchema): string {
  const { minLength, maxLength, minimum, maximum, maxItems } = schema;
  const rules = [
    maxLength === undefined
      ? undefined
      : `${minLength === undefined ? 'At most' : `${minLength} to`} ${maxLength} characters.`,
    maximum === undefined ? undefined : `${minimum} to ${maximum}.`,
    maxItems === undefined ? undefined : `At most ${Number(maxItems).toLocaleString('en')}.`,
    schema.default === undefined ? undefined : `Default: ${schema.default}.`,
  ];
  const alternatives = Array.isArray(schema.anyOf) ? schema.anyOf.map(rulesOf) : [];
  return [...rules, ...alternatives].filter(Boolean).join(' ');
}

/** Its type in words; one that has a name is a link to its own table. */
export function typeText(schema: JsonSchema, schemas: Schemas): string {
  const name = nameOf(schema);
  if (name === 'Instant') return 'instant';
  if (name === 'Time') return 'instant or local time';
  if (name !== undefined) return `[${name}](#${name.toLowerCase()})`;
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.items) return `list of ${schema.items.properties ? 'objects' : typeText(schema.items, schemas)}`;
  const kinds = alternativesOf(schema);
  if (kinds) return kinds.map((kind) => typeText(kind, schemas)).join(' or ');
  if (Array.isArray(schema.type)) return schema.type.map(wordFor).join(' or ');
  if (schema.format === 'date-time') return 'instant';
  return wordFor(schema.type);
}

/** The forms that a value may have; an instant is one thing, though it has two. */
function alternativesOf({ anyOf, oneOf, type }: JsonSchema): readonly JsonSchema[] | undefined {
  if (type !== undefined) return undefined;
  if (Array.isArray(oneOf)) return [{ format: 'date-time' }];
  return Array.isArray(anyOf) ? anyOf : undefined;
}

const words: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  boolean: 'true or false',
  null: 'null',
  object: 'object',
};

function wordFor(type: unknown): string {
  return words[String(type)] ?? String(type);
}

function nameOf({ $ref }: JsonSchema): string | undefined {
  return $ref?.slice($ref.lastIndexOf('/') + 1);
}

function referencedSchema(schema: JsonSchema, schemas: Schemas): JsonSchema | undefined {
  const name = nameOf(schema);
  return name === undefined ? undefined : schemas[name];
}
