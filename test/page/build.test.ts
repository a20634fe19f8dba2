import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { buildRoomPage, type RoomPage } from '../../infra/page/build.ts';
import { esbuildRoomPage, roomPageIn } from '../../infra/page/plugin.ts';

const project = join(import.meta.dirname, '../..');
let page: RoomPage;

beforeAll(async () => {
  page = await buildRoomPage(roomPageIn(project).directory);
});

test('is one file of at most 60 KB, compressed both ways', () => {
  expect(page.brotli.length).toBeLessThan(60_000);
  expect(page.gzip.length).toBeLessThan(60_000);
  expect(brotliDecompressSync(page.brotli).toString()).toBe(page.html);
  expect(gunzipSync(page.gzip).toString()).toBe(page.html);
});

test('refers to nothing outside itself', () => {
  expect(page.html).not.toMatch(/<(?:script|img|iframe|video|audio|source)[^>]+src=/);
  expect(page.html.match(/<link [^>]*>/g)).toEqual([expect.stringContaining('href="data:image/svg+xml,')]);
  expect(page.html).not.toMatch(/@import|url\((?!"?data:)/);
  const addresses = new Set(page.html.match(/https?:\/\/[a-z0-9.-]+/gi));
  expect([...addresses]).toEqual(['http://www.w3.org']);
});

test('has exactly one script and one style, those that the policy names', () => {
  const hash = (text = '') => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const scripts = [...page.html.matchAll(/<script>([\s\S]*?)<\/script>/g)];
  const styles = [...page.html.matchAll(/<style>([\s\S]*?)<\/style>/g)];
  expect(scripts.map(([, text]) => hash(text))).toEqual([page.script]);
  expect(styles.map(([, text]) => hash(text))).toEqual([page.style]);
  expect(page.html).not.toMatch(/ on[a-z]+="| style="/);
});

test('uses nothing that came to browsers after those that it is built for', () => {
  expect(page.html).not.toMatch(
    /canParse|AbortSignal\.timeout|withResolvers|toSorted|\.with\(|groupBy|structuredClone/,
  );
});

test('is the same whenever it is built', async () => {
  expect((await buildRoomPage(roomPageIn(project).directory)).html).toBe(page.html);
});

test('is given to a function compressed, with a policy for its sockets', async () => {
  const { outputFiles } = await build({
    stdin: { contents: "export * from 'virtual:roomPage'" },
    plugins: [esbuildRoomPage(roomPageIn(project))],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    write: false,
  });
  const module = { exports: {} as { brotli: string; contentSecurityPolicy: (socketUrl: string) => string } };
  new Function('module', 'exports', outputFiles[0]?.text ?? '')(module, module.exports);
  expect(module.exports.brotli).toBe(page.brotli.toString('base64'));
  const policy = module.exports.contentSecurityPolicy('wss://abc.execute-api.eu-west-1.amazonaws.com/live');
  const directives = new Map(policy.split('; ').map((directive) => [directive.split(' ')[0], directive]));
  expect(directives.get('default-src')).toBe("default-src 'none'");
  expect(directives.get('script-src')).toBe(`script-src ${page.script}`);
  expect(directives.get('connect-src')).toBe("connect-src 'self' wss://abc.execute-api.eu-west-1.amazonaws.com");
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
});
