import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';
import * as z from 'zod';
import { type ReplyName, replies } from '../../functions/openapi/components.ts';

const reference = z.object({ $ref: z.string() });
const mediaTypes = z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) }));
const response = z.object({
  headers: z.record(z.string(), reference).default({}),
  content: mediaTypes.optional(),
});
const operation = z.object({
  operationId: z.string(),
  security: z.array(z.unknown()),
  requestBody: z.object({ content: mediaTypes }).optional(),
  responses: z.record(z.string(), z.union([reference, response])),
});
const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({
    responses: z.record(z.string(), response),
    headers: z.record(z.string(), z.object({ required: z.boolean().default(false) })),
  }),
});

/** An answer as it came over HTTP, its JSON parsed. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

/** Holds answers against what an OpenAPI document says of its operations. */
export function readConformance(text: string) {
  const document = documentSchema.parse(JSON.parse(text));
  const validate = validatorOf(text);
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({ ...described, pointer: ['paths', path, method] })),
  );

  const find = (id: string) => {
    const found = operations.find(({ operationId }) => operationId === id);
    if (!found) throw new Error(`The document has no ${id}`);
    return found;
  };

  /** With the place of the response in the document. */
  const responseOf = (id: string, status: number) => {
    const { pointer, responses } = find(id);
    const described = responses[status];
    if (!described) throw new Error(`${id} is not said to answer ${status}`);
    if (!('$ref' in described)) return { described, place: [...pointer, 'responses', String(status)] };
    const place = described.$ref.slice(2).split('/');
    const shared = document.components.responses[place.at(-1) ?? ''];
    if (!shared) throw new Error(`The document has no ${described.$ref}`);
    return { described: shared, place };
  };

  return {
    operations,
    find,

    /** The status, the headers, the content type and the body are among those that the document says. */
    check(id: string, { status, headers, body }: Answer): void {
      const { described, place } = responseOf(id, status);
      for (const [name, { $ref }] of Object.entries(described.headers)) {
        const { required = false } = document.components.headers[$ref.split('/').at(-1) ?? ''] ?? {};
        if (required) expect(headers[name.toLowerCase()], `${id} ${status} ${name}`).toBeDefined();
      }
      if (!described.content) {
        expect(body ?? '', `${id} ${status} has no content`).toBe('');
        return;
      }
      const type = headers['content-type']?.split(';')[0] ?? '';
      expect(Object.keys(described.content), `${id} ${status}`).toContain(type);
      expect(validate([...place, 'content', type, 'schema'], body), `${id} ${status}`).toEqual([]);
      parseStrictly(described.content[type]?.schema, body);
    },

    /** What is wrong with a body that is sent, as its first media type. */
    bodyFaults(id: string, body: unknown): string[] {
      const { pointer, requestBody } = find(id);
      const [type = ''] = Object.keys(requestBody?.content ?? {});
      return validate([...pointer, 'requestBody', 'content', type, 'schema'], body);
    },

    faults: validate,
  };
}

export type Conformance = ReturnType<typeof readConformance>;

/** The document lets replies say more; what the service says today is all that it holds. */
function parseStrictly(schema: Readonly<Record<string, unknown>> | undefined, body: unknown): void {
  const base = Array.isArray(schema?.allOf) ? schema.allOf[0] : schema;
  const name = reference.safeParse(base).data?.$ref.split('/').at(-1);
  if (isReply(name)) expect(replies[name].schema.safeParse(body), name).toMatchObject({ success: true });
}

function isReply(name: string | undefined): name is ReplyName {
  return name !== undefined && name in replies;
}

/** Finds the faults of a value by the schema at a place of the document. */
function validatorOf(text: string): (place: readonly string[], value: unknown) => string[] {
  const ajv = new Ajv2020({ allErrors: true, strictSchema: true, validateSchema: false });
  ajv.addVocabulary(['openapi', 'info', 'servers', 'tags', 'paths', 'webhooks', 'components']);
  addFormats.default(ajv);
  ajv.addSchema({ ...JSON.parse(text), $id: 'https://api.example.org/openapi.json' });
  const compiled = new Map<string, ValidateFunction>();
  return (place, value) => {
    const pointer = place.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    // What ajv compiles of a part of a schema it does not keep.
    const check = compiled.get(pointer) ?? ajv.getSchema(`https://api.example.org/openapi.json#/${pointer}`);
    if (!check) throw new Error(`The document has no schema at ${pointer}`);
    compiled.set(pointer, check);
    void check(value);
    return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}
