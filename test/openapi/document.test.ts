import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { type ReplyName, replies } from '../../functions/openapi/components.ts';
import { openapiDocument, operations } from '../../functions/openapi/document.ts';
import type { JsonSchema } from '../../functions/openapi/jsonSchema.ts';
import { problems } from '../../functions/openapi/problems.ts';
import { jitsi } from '../../functions/rooms/conference/jitsi/jitsi.ts';
import { routes } from '../../functions/routes.ts';
import type { Route } from '../../functions/runtime/route.ts';
import { readConformance } from './conformance.ts';

const project = join(import.meta.dirname, '..', '..');
const document = openapiDocument('/m');
const text = JSON.stringify(document);
const conformance = readConformance(text);
const schemas = Object.entries(document.components.schemas);
const called = Object.entries(operations);
const nameOf = ({ method, path }: Route) => `${method} ${path}`;

/** A function that serves several has a module for each. */
const moduleOf = ({ handler, servedBy }: Route) => `handlers/${handler}${servedBy ? '' : '.handler'}.ts`;

describe('the document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();

    expect(await validator.validate(JSON.parse(text))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  test('has every route but $default, and no other', () => {
    const doors = routes.filter(({ path }) => path !== '$default').map(nameOf);

    expect(Object.keys(operations).sort()).toEqual(doors.sort());
    expect(conformance.operations).toHaveLength(doors.length);
  });

  test('names each operation once', () => {
    const ids = conformance.operations.map(({ operationId }) => operationId);

    expect(new Set(ids).size).toBe(ids.length);
  });

  test('holds the path of links that the deployment has', () => {
    expect(Object.keys(openapiDocument('/join/us').paths)).toContain('/join/us/{link}');
  });

  test.each(called)('%s has the path parameters of its path', (name, { parameters = [] }) => {
    const written = [...name.replace('{linkPath}', '').matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);

    expect(parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name)).toEqual(
      written,
    );
  });
});

describe('a schema', () => {
  test.each(schemas)('%s says what each of its fields means', (name, schema) => {
    expect(fieldsWithoutMeaning(schema, name)).toEqual([]);
  });

  test.each(schemas)('%s has examples that it takes', (name, schema) => {
    const wrong = examplesIn(schema, ['components', 'schemas', name]).flatMap(([place, example]) =>
      conformance.faults(place, example),
    );

    expect(wrong).toEqual([]);
  });
});

describe('an operation', () => {
  test.each(called)(
    '%s says what it needs exactly where it is refused without',
    (_, { capability, problems: codes }) => {
      const refused = codes.includes('capability-missing') ? ['meetings', 'dial-in'] : [undefined];
      const expected = codes.includes('admin-needed') && refused[0] === undefined ? ['admin'] : refused;

      expect(expected).toContain(capability);
    },
  );

  const withBody = called.flatMap(([name, { body }]) => (body ? [[name, body.example] as const] : []));
  const withReply = called.flatMap(([name, operation]) =>
    operation.replies.flatMap(({ json, example }) => (json ? [[name, json, example] as const] : [])),
  );

  test.each(withBody)('%s has an example of its body that it takes', (name, example) => {
    const route = routes.find((candidate) => nameOf(candidate) === name);
    const id = route?.handler.split('/').at(-1) ?? '';

    expect(conformance.bodyFaults(id, example)).toEqual([]);
  });

  test.each(withReply)('%s has an example of its %s', (_, json: ReplyName, example) => {
    expect(replies[json].schema.safeParse(example)).toMatchObject({ success: true });
    expect(conformance.faults(['components', 'schemas', json], example)).toEqual([]);
  });
});

describe('the problems', () => {
  const handlers = [...routes, ...(jitsi({ jitsiHost: 'https://jitsi.example.org' })?.routes ?? [])].map(moduleOf);
  const sources = [...closureOf(handlers)].map((file) => readFileSync(join(project, 'functions', file), 'utf8'));

  test('are all that a door can refuse with, by the status that the runtime gives them', () => {
    const refusals = sources.flatMap((source) => [...source.matchAll(/new Refusal\(\s*'(\w+)',\s*'([a-z-]+)'/g)]);
    const thrown = refusals.map(([, kind = '', code]) => [code, statuses[kind]]);

    expect(thrown.length).toBeGreaterThan(20);
    expect(thrown.filter(([code, status]) => statusOf(code) !== status && !ofSockets.includes(String(code)))).toEqual(
      [],
    );
  });

  test.each(Object.keys(problems))('%s is written somewhere behind a door', (code) => {
    expect(sources.some((source) => source.includes(`'${code}'`))).toBe(true);
  });

  test.each(called)('of %s can come from what its handler imports', (name, operation) => {
    const route = routes.find((candidate) => nameOf(candidate) === name);
    const behind = [...closureOf(route ? [moduleOf(route)] : [])].map((file) =>
      readFileSync(join(project, 'functions', file), 'utf8'),
    );

    expect(operation.problems.filter((code) => !behind.some((source) => source.includes(`'${code}'`)))).toEqual([]);
  });
});

const statuses: Readonly<Record<string, number>> = {
  invalid: 400,
  forbidden: 403,
  missing: 404,
  unallowed: 405,
  conflict: 409,
  gone: 410,
  stale: 412,
  unsupported: 415,
  unprocessable: 422,
  limited: 429,
};

/** Refusals of what is said over a socket, in files that doors import for something else. */
const ofSockets = ['no-such-person', 'no-seat', 'host-needed', 'already-joined', 'full'];

function statusOf(code: string | number | undefined): number | undefined {
  return Object.entries(problems).find(([name]) => name === code)?.[1].status;
}

/** It names every code, wherever it comes from. */
const titles = 'runtime/refusals/problems.ts';

/** These files and all that they import, below `functions/`. */
function closureOf(files: readonly string[], seen = new Set([titles])): Set<string> {
  for (const file of files.filter((name) => !seen.has(name))) {
    seen.add(file);
    const source = readFileSync(join(project, 'functions', file), 'utf8');
    const relative = [...source.matchAll(/from '(\.[^']+\.ts)'/g)].map(([, to = '']) => join(dirname(file), to));
    closureOf(relative, seen);
  }
  return seen;
}

test('every handler of a route is a file', () => {
  const files = readdirSync(join(project, 'functions'), { recursive: true, encoding: 'utf8' });

  expect(routes.filter((route) => !files.includes(moduleOf(route)))).toEqual([]);
});

function fieldsWithoutMeaning(schema: JsonSchema, place: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    ...(field.description ? [] : [`${place}.${name}`]),
    ...fieldsWithoutMeaning(field.items ?? field, `${place}.${name}`),
  ]);
}

function examplesIn(schema: JsonSchema, place: readonly string[]): [place: readonly string[], example: unknown][] {
  return [
    ...(schema.examples ?? []).map((example): [readonly string[], unknown] => [place, example]),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
      examplesIn(field, [...place, 'properties', name]),
    ),
    ...(schema.items ? examplesIn(schema.items, [...place, 'items']) : []),
  ];
}
