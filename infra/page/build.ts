import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { sha256 } from '../../functions/runtime/digest.ts';

/** The page of a room: one file that asks for nothing else. */
export interface RoomPage {
  readonly html: string;
  readonly brotli: Buffer;
  readonly gzip: Buffer;
  /** Sources for a Content-Security-Policy, in quotes as it wants them. */
  readonly script: string;
  readonly style: string;
  /** Every file that it was built from. */
  readonly sources: readonly string[];
}

/** Browsers of 2022 and later: what WebRTC's perfect negotiation needs came at the same time. */
const target = ['chrome100', 'edge100', 'firefox100', 'safari15.4'];

/** Builds the page of a folder that holds `index.html`, `main.ts` and `page.css`. */
export async function buildRoomPage(directory: string): Promise<RoomPage> {
  const document = join(directory, 'index.html');
  const script = await bundled(join(directory, 'main.ts'));
  const style = await bundled(join(directory, 'page.css'));
  const html = readFileSync(document, 'utf8')
    .replace(/\n\s*/g, '\n')
    .replace('<style></style>', () => `<style>${style.text}</style>`)
    .replace('<script></script>', () => `<script>${script.text}</script>`);
  return {
    html,
    brotli: brotliCompressSync(html, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(html) } }),
    gzip: gzipSync(html, { level: 9 }),
    script: hashSource(script.text),
    style: hashSource(style.text),
    sources: [document, ...script.sources, ...style.sources],
  };
}

async function bundled(entryPoint: string): Promise<{ text: string; sources: string[] }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [entryPoint],
    bundle: true,
    minify: true,
    format: 'iife',
    target,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    write: false,
    absWorkingDir: process.cwd(),
  });
  const text = outputFiles[0]?.text.trim();
  if (text === undefined) throw new Error(`esbuild made nothing of ${entryPoint}`);
  return { text, sources: Object.keys(metafile.inputs).map((input) => join(process.cwd(), input)) };
}

/** What Content Security Policy calls a hash-source: it allows exactly this text and nothing that is injected. */
function hashSource(text: string): string {
  return `'sha256-${sha256(text, 'base64')}'`;
}
