import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginJourney, type Journey } from '../journeys/journey.ts';

const client = join(import.meta.dirname, 'client');
const project = join(import.meta.dirname, '..', '..');
/** Below the project, so that its packages are found. */
const folder = join(project, 'build', 'typedClient');

let service: Journey;

beforeAll(async () => {
  service = await beginJourney();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of ['client.ts', 'tsconfig.json']) cpSync(join(client, file), join(folder, file));
  const document = await (await fetch(`${service.url}/openapi.json`)).text();
  writeFileSync(join(folder, 'openapi.json'), document);
  const made = await run('openapi-typescript', 'openapi.json', '-o', 'meetings.d.ts');
  expect(made.stderr).toBe('');
});

afterAll(() => service.end());

/** What a command prints, whether it ends well or not: the service, in this process, goes on meanwhile. */
function run(command: string, ...options: string[]): Promise<{ stdout: string; stderr: string }> {
  const path = [join(client, 'node_modules', '.bin'), join(project, 'node_modules', '.bin'), process.env.PATH].join(
    ':',
  );
  const env = { ...process.env, PATH: path };
  return new Promise((resolve) => {
    execFile(command, options, { cwd: folder, env, timeout: 60_000 }, (_, stdout, stderr) =>
      resolve({ stdout, stderr }),
    );
  });
}

test('a client that is typed by the served document compiles, and gets what its types say', async () => {
  expect(await run('tsc', '-p', '.')).toEqual({ stdout: '', stderr: '' });

  const { stdout, stderr } = await run('node', 'client.ts', service.url, await service.token('alice'));

  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/m\/[0-9a-z]{26}\.[0-9a-z]{16}$/),
    moved: '2028-03-01T09:30:00.000Z',
    read: ['ana@example.org'],
    refused: ['/name', '/validSince'],
    cancelled: 204,
  });
});

test.each([
  ["name: 'Typed planning',", '', "Property 'name' is missing"],
  ["email: 'ana@example.org'", 'email: 5', "Type 'number' is not assignable to type 'string'"],
  ["client.GET('/meetings/{id}'", "client.GET('/meeting/{id}'", '\'"/meeting/{id}"\' is not assignable'],
  ['({ email }) => email', '({ address }) => address', "Property 'address' does not exist"],
])('the compiler refuses a client with %s replaced by "%s"', async (right, wrong, complaint) => {
  const program = readFileSync(join(client, 'client.ts'), 'utf8');
  writeFileSync(join(folder, 'client.ts'), program.replace(right, wrong));

  const { stdout } = await run('tsc', '-p', '.');

  expect(stdout).toContain(complaint);
});
