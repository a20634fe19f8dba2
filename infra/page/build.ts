import { readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { build, type Metafile, type Plugin } from 'esbuild';
import { type Brand, brandDocument, brandStyle } from './brand.ts';

/** A file that the page's document, or another asset, asks for by its name. */
export interface PageAsset {
  /** The hash of what it holds, and its kind: `QX3K2ZAB.js`. */
  readonly name: string;
  readonly contentType: string;
  readonly text: string;
}

/** A page: a document, and what it asks for at `/assets/`. */
export interface Page {
  readonly document: string;
  readonly assets: readonly PageAsset[];
  /** Every file that it was built from. */
  readonly sources: readonly string[];
}

const contentTypes = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };

/** Browsers of 2022 and later: what WebRTC's perfect negotiation needs came at the same time. */
const target = ['chrome100', 'edge100', 'firefox100', 'safari15.4'];

/** Builds the page of a folder that holds `index.html`, `boot.ts`, `main.ts` and `page.css`. */
export async function buildPage(directory: string, brand: Brand = {}): Promise<Page> {
  const template = join(directory, 'index.html');
  const { assets, outputs, sources } = await bundlePages(directory, ['boot.ts', 'main.ts', 'page.css'], brand);
  const address = (source: string) => `/assets/${nameOf(outputs, join(directory, source))}`;
  // What several scripts share is asked for at once, not when the first of them has come.
  const preloaded = [address('main.ts'), ...sharedBy(outputs).map((name) => `/assets/${name}`)];
  const document = brandDocument(readFileSync(template, 'utf8'), brand)
    .replace(/\n\s*/g, '\n')
    .replace('"page.css"', () => `"${address('page.css')}"`)
    .replace('"boot.ts"', () => `"${address('boot.ts')}"`)
    .replace(/<link rel="modulepreload"[^>]*>/, () =>
      preloaded.map((href) => `<link rel="modulepreload" href="${href}">`).join('\n'),
    );
  return { document, assets, sources: [template, ...sources] };
}

/** As a Lambda function's reply holds it. */
export function brotliOf(text: string): string {
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text) };
  return brotliCompressSync(text, { params }).toString('base64');
}

async function bundlePages(directory: string, entryPoints: readonly string[], brand: Brand) {
  const { outputFiles, metafile } = await build({
    entryPoints: entryPoints.map((file) => join(directory, file)),
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    charset: 'utf8',
    plugins: [brandPlugin(join(directory, 'page.css'), brandStyle(brand))],
    legalComments: 'none',
    logLevel: 'silent', // whoever waits for the page says what fails
    metafile: true,
    write: false,
    outdir: join(directory, 'assets'),
    entryNames: '[hash]',
    chunkNames: '[hash]',
    absWorkingDir: process.cwd(),
  });
  const assets = outputFiles.map(({ path, text }): PageAsset => {
    return { name: basename(path), contentType: contentTypes[path.endsWith('.css') ? 'css' : 'js'], text };
  });
  const sources = Object.keys(metafile.inputs).map((input) => join(process.cwd(), input));
  return { assets, outputs: metafile.outputs, sources };
}

/** Adds rules behind those of a style sheet: its name is the hash of all of them. */
function brandPlugin(sheet: string, rules: string): Plugin {
  return {
    name: 'brand',
    setup({ onLoad }) {
      onLoad({ filter: /\.css$/ }, ({ path }) =>
        path === sheet && rules !== '' ? { contents: readFileSync(path, 'utf8') + rules, loader: 'css' } : undefined,
      );
    },
  };
}

/** @param source the path of an entry point */
function nameOf(outputs: Metafile['outputs'], source: string): string {
  const entryPoint = relative(process.cwd(), source);
  const output = Object.entries(outputs).find(([, made]) => made.entryPoint === entryPoint);
  if (output === undefined) throw new Error(`esbuild made nothing of ${source}`);
  return basename(output[0]);
}

function sharedBy(outputs: Metafile['outputs']): string[] {
  return Object.entries(outputs)
    .filter(([, { entryPoint }]) => entryPoint === undefined)
    .map(([path]) => basename(path))
    .sort();
}
