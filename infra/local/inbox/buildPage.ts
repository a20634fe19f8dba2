import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { InboxPage } from './policies.ts';

const directory = join(import.meta.dirname, 'page');

/** Builds the page of the inbox: one file, which asks for nothing but what the inbox holds. */
export async function buildPage(): Promise<InboxPage> {
  const [script, style] = await Promise.all([bundled('main.tsx'), bundled('page.css')]);
  const html = readFileSync(join(directory, 'index.html'), 'utf8')
    .replace('<style></style>', () => `<style>${style}</style>`)
    .replace('<script></script>', () => `<script>${script}</script>`);
  return { html, script: hashSource(script), style: hashSource(style) };
}

async function bundled(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(directory, file)],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2023',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent', // who asks for the page is told what fails
    write: false,
  });
  const text = outputFiles[0]?.text.trim();
  if (text === undefined) throw new Error(`esbuild made nothing of ${file}`);
  return text;
}

/** What Content Security Policy calls a hash-source: it allows exactly this text and nothing that is injected. */
function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
