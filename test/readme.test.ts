import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { openapiDocument } from '../functions/openapi/document.ts';
import { readConformance } from './openapi/conformance.ts';

const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
const apiPart = readme.slice(readme.indexOf('## The API'), readme.indexOf('## What people receive'));
const { paths } = openapiDocument('{linkPath}');
const conformance = readConformance(JSON.stringify(openapiDocument('/m')));

const described = z.object({
  operationId: z.string(),
  security: z.array(z.object({ bearer: z.array(z.string()) })),
  requestBody: z.object({ content: z.record(z.string(), z.unknown()) }).optional(),
});

/** As the document has it: by method and path what it needs, as the README writes that. */
const operations = new Map(
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const { security, ...rest } = described.parse(operation);
      const [role] = security;
      const needs = role ? (role.bearer[0] ?? '') : 'no token';
      return [`${method.toUpperCase()} ${path.replace(/^\/(?=\{linkPath\})/, '')}`, { ...rest, needs }] as const;
    }),
  ),
);

/** The table's calls: a method that stands alone has the path of the next one. */
const tabled = apiPart
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .flatMap((line) => {
    const [, calls = '', needs = ''] = line.split('|').map((cell) => cell.trim());
    const named = [...calls.matchAll(/`([A-Z]+)(?: ([^`]+))?`/g)].map(([, method = '', path]) => ({ method, path }));
    return named.map(({ method, path }, index) => {
      const its = path ?? named.slice(index).find((other) => other.path !== undefined)?.path;
      return [`${method} ${its}`, needs.replaceAll('`', '')] as const;
    });
  });

describe('the README’s table of calls', () => {
  test('has each operation of the document once, and no other', () => {
    expect(tabled.map(([name]) => name).sort()).toEqual([...operations.keys()].sort());
  });

  test.each(tabled)('says what %s needs', (name, needs) => {
    expect(needs).toBe(operations.get(name)?.needs);
  });
});

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string | undefined;
}

/** Has a shell read the README's examples; what they would have sent is written down in the place of curl. */
function examplesSent(): Sent[] {
  const [script = ''] = /(?<=```sh\n)TOKEN=[\s\S]*?(?=```)/.exec(apiPart) ?? [];
  const directory = mkdtempSync(join(tmpdir(), 'readme-'));
  const prelude = [
    'npm() { echo a-token; }',
    `curl() { printf '%s\\0' "$@" $'\\n' >> "${directory}/calls"; echo '{"id":"k3v9x0q2m7c1t8r5w4z6b0n2p1"}'; }`,
  ];
  try {
    execFileSync('bash', ['-euc', [...prelude, script.replaceAll('/tmp/', `${directory}/`)].join('\n')]);
    const calls = readFileSync(join(directory, 'calls'), 'utf8').split('\0\n\0');
    return calls.filter((call) => call !== '').map((call) => sentBy(call.split('\0')));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function sentBy(words: readonly string[]): Sent {
  const after = (option: string) => words.flatMap((word, index) => (word === option ? (words[index + 1] ?? []) : []));
  const [body] = after('-d');
  const [method = body === undefined ? 'GET' : 'POST'] = after('-X');
  const path = words.find((word) => word.startsWith('http://'))?.replace(/^http:\/\/127\.0\.0\.1:\d+/, '') ?? '';
  const headers = after('-H').map((header): [string, string] => {
    const [name = '', value = ''] = header.split(/: (.*)/);
    return [name.toLowerCase(), value];
  });
  return { method, path, headers: new Map(headers), body };
}

describe('the README’s examples', () => {
  const sent = examplesSent();

  test('schedule, change, look and cancel', () => {
    expect(sent.map(operationOf)).toEqual(['createMeeting', 'patchMeeting', 'readInvitations', 'cancelMeeting']);
  });

  test('schedule another meeting each time that they are pasted', () => {
    const keys = [sent, examplesSent()].map(([create]) => create?.headers.get('idempotency-key'));

    expect(new Set(keys).size).toBe(2);
    expect(keys).toEqual([expect.stringMatching(/^\d{19}$/), expect.stringMatching(/^\d{19}$/)]);
  });

  test.each(sent)('$method $path is a call as the document has it', (call) => {
    const { headers, body } = call;
    const id = operationOf(call);
    expect(headers.get('authorization')).toBe('Bearer a-token');
    const { requestBody } = described.parse(conformance.find(id));
    if (body === undefined) expect(headers.get('content-type')).toBeUndefined();
    else {
      expect(Object.keys(requestBody?.content ?? {})).toContain(headers.get('content-type'));
      expect(conformance.bodyFaults(id, JSON.parse(body))).toEqual([]);
    }
  });
});

function operationOf({ method, path }: Sent): string {
  for (const [name, { operationId }] of operations) {
    const [, template = ''] = name.split(' ');
    const isIt = new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
    if (name.startsWith(`${method} `) && isIt) return operationId;
  }
  throw new Error(`There is no ${method} ${path}`);
}
