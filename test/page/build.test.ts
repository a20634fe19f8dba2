import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { buildPage, type Page, type PageAsset } from '../../infra/page/build.ts';
import { esbuildPages, pagesIn } from '../../infra/page/plugin.ts';

const project = join(import.meta.dirname, '../..');
let page: Page;

beforeAll(async () => {
  page = await buildPage(join(pagesIn(project).directory, 'room'));
});

const named = (name: string): PageAsset | undefined => page.assets.find((asset) => asset.name === name);
const scripts = () => page.assets.filter(({ name }) => name.endsWith('.js'));

test('its document names assets by the hash of what they hold, and nothing else outside itself', () => {
  const addresses = [...page.document.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, address = '']) => address);
  const own = addresses.filter((address) => !address.startsWith('data:image/svg+xml,'));

  expect(own.length).toBeGreaterThan(2);
  for (const address of own) {
    expect(address).toMatch(/^\/assets\/[A-Z0-9]{8}\.(js|css)$/);
    expect(named(address.slice('/assets/'.length))).toBeDefined();
  }
});

test('its document holds no script and no style of its own, which the policy would refuse', () => {
  const namesIn = (expression: RegExp) => new Set([...page.document.matchAll(expression)].map(([, name]) => name));

  expect([...namesIn(/<([a-z]+)/g)].sort()).toEqual(
    ['body', 'div', 'head', 'html', 'link', 'main', 'meta', 'noscript', 'p', 'script', 'title'].sort(),
  );
  // The icon is a picture in an address, with attributes of its own in single quotes.
  expect([...namesIn(/ ([a-z-]+)="/g)].sort()).toEqual(
    ['charset', 'class', 'content', 'href', 'id', 'lang', 'media', 'name', 'rel', 'role', 'src', 'type'].sort(),
  );
  expect(page.document.match(/<script.*/g)).toEqual([
    expect.stringMatching(/^<script type="module" src="\/assets\/[A-Z0-9]{8}\.js"><\/script>$/),
  ]);
  expect(page.document).not.toMatch(/<script(?![^>]* src=)|<style| on[a-z]+="| style="/);
});

test('its assets ask for each other alone', () => {
  const addressesIn = page.assets.flatMap(({ text }) =>
    [...text.matchAll(/url\(("?[^"(),;]*)/g)].map(([, start]) => start),
  );
  expect(addressesIn).toEqual(['"data:image/svg+xml']);
  for (const { text } of page.assets) {
    expect(text).not.toMatch(/@import|url\((?!"?data:)/);
    const others = [...text.matchAll(/(?:from|import\(?)\s*"([^"]+)"/g)].map(([, path = '']) => path);
    expect(others.filter((path) => named(path.replace(/^\.\//, '')) === undefined)).toEqual([]);
  }
  const addresses = page.assets.flatMap(({ text }) => text.match(/https?:\/\/[a-z0-9.-]+/gi) ?? []);
  // The names of XML's vocabularies, which nobody asks for.
  expect([...new Set(addresses)]).toEqual(['http://www.w3.org']);
});

test('each language is an asset of its own, which the document does not name', () => {
  const sentences = ['Your camera is off', 'Tu cámara está apagada', 'La teva càmera és apagada'];
  const holders = sentences.map((sentence) => scripts().filter(({ text }) => text.includes(sentence)));

  expect(holders.map((found) => found.length)).toEqual([1, 1, 1]);
  expect(new Set(holders.flat().map(({ name }) => name)).size).toBe(3);
  for (const { name } of holders.flat()) expect(page.document).not.toContain(name);
});

test('uses nothing that came to browsers after those that it is built for', () => {
  const all = scripts()
    .map(({ text }) => text)
    .join('');
  for (const used of ['RTCPeerConnection', 'AudioContext', 'WebSocket', 'AbortController']) expect(all).toContain(used);
  for (const { text } of scripts()) {
    expect(text).not.toMatch(/canParse|AbortSignal\.timeout|withResolvers|toSorted|\.with\(|groupBy|structuredClone/);
  }
});

test('is the same whenever it is built', async () => {
  expect(await buildPage(join(pagesIn(project).directory, 'room'))).toEqual(page);
});

test('is given to functions compressed: the document to some, its assets to another', async () => {
  const { outputFiles } = await build({
    stdin: { contents: "export { document } from 'virtual:roomPage';\nexport { assets } from 'virtual:pageAssets';" },
    plugins: [esbuildPages(pagesIn(project))],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    write: false,
  });
  const module = {
    exports: {} as { document: string; assets: Record<string, { contentType: string; brotli: string }> },
  };
  new Function('module', 'exports', outputFiles[0]?.text ?? '')(module, module.exports);
  const unpacked = (brotli = '') => brotliDecompressSync(Buffer.from(brotli, 'base64')).toString();

  expect(unpacked(module.exports.document)).toBe(page.document);
  expect(Object.keys(module.exports.assets)).toEqual(page.assets.map(({ name }) => name));
  for (const { name, contentType, text } of page.assets) {
    expect(module.exports.assets[name]?.contentType).toBe(contentType);
    expect(unpacked(module.exports.assets[name]?.brotli)).toBe(text);
  }
});

test('with a name and a colour of its operator, the document says the name and the styles have the colours', async () => {
  const directory = join(pagesIn(project).directory, 'room');
  const branded = await buildPage(directory, { brandName: 'Vidal & "Ros"', brandColor: '#0b5d3b' });
  const styleOf = ({ assets }: Page) => assets.find(({ name }) => name.endsWith('.css'));

  expect(branded.document).toContain('<meta name="application-name" content="Vidal &amp; &quot;Ros&quot;">');
  expect(branded.document).toContain("fill='%230b5d3b'");
  expect(styleOf(branded)?.text).toMatch(
    /:root\{--accent: ?#0b5d3b;.*prefers-color-scheme: ?dark\)\{:root\{--accent: ?#689b85/s,
  );
  expect(styleOf(branded)?.name).not.toBe(styleOf(page)?.name);
  expect(page.document).not.toContain('application-name');
  expect(branded.document).toContain(`/assets/${styleOf(branded)?.name}`);
});
