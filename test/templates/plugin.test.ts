import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { esbuildTemplates, viteTemplates } from '../../infra/templates/plugin.ts';
import { shippedTemplates } from './temporaryFolder.ts';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'templates-'));
  mkdirSync(join(directory, 'email/en'), { recursive: true });
  writeFileSync(join(directory, 'email/en/html.hbs'), '{{#> frame}}{{meeting.name}}{{/frame}}');
  writeFileSync(join(directory, 'email/en/text.hbs'), '{{meeting.name}} {{formatTime meeting.validSince}}');
  writeFileSync(join(directory, 'email/frame.hbs'), '<p title="{{title}}">{{> @partial-block}}</p>');
});
afterAll(() => rmSync(directory, { recursive: true }));

const data = { title: '"', meeting: { name: 'Tom & Jerry', validSince: 0 } };
const program = `
  import Handlebars from 'handlebars/runtime';
  import { templates, partials, languages } from 'virtual:templates';
  Handlebars.registerHelper('formatTime', () => '1 o’clock');
  Handlebars.registerPartial('frame', Handlebars.template(partials.frame));
  const { html, text } = templates.email.en;
  export const run = (data) => [Handlebars.template(html)(data), Handlebars.template(text)(data), languages];
`;

it('bundles compiled templates without the compiler, escaping only html', async () => {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: import.meta.dirname },
    plugins: [esbuildTemplates({ directory, languages: ['en'] })],
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    write: false,
  });
  const bundle = outputFiles[0]?.text ?? '';
  const module = { exports: {} as { run: (data: unknown) => unknown } };
  new Function('module', 'exports', 'require', bundle)(module, module.exports, () => undefined);
  expect(module.exports.run(data)).toEqual(['<p title="&quot;">Tom &amp; Jerry</p>', 'Tom & Jerry 1 o’clock', ['en']]);
  expect(bundle.length).toBeLessThan(40_000);
});

it('fails the build with the file, the line and the cause where a template is broken', async () => {
  writeFileSync(join(directory, 'email/en/subject.hbs'), 'Hi\n{{#if party}}');
  const broken = build({
    stdin: { contents: program, resolveDir: import.meta.dirname },
    plugins: [esbuildTemplates({ directory, languages: ['en'] })],
    bundle: true,
    write: false,
    logLevel: 'silent',
  });
  await expect(broken).rejects.toThrow(/email\/en\/subject\.hbs: Parse error on line 2/);
  rmSync(join(directory, 'email/en/subject.hbs'));
});

it('gives vitest the same module', async () => {
  const { resolveId, load } = viteTemplates({ directory, languages: ['en'] });
  const watched: string[] = [];
  const context = { addWatchFile: (file: string) => watched.push(file) };
  const id = (resolveId as (id: string) => string).call(context, 'virtual:templates');
  const source = await (load as (id: string) => Promise<string>).call(context, id);
  expect(source).toContain('export const templates = {"email": {"en": {"html":');
  expect(watched.map((file) => file.replace(directory, ''))).toEqual([
    '/email/en/html.hbs',
    '/email/en/text.hbs',
    join(shippedTemplates, 'push/en/text.hbs'),
    '/email/frame.hbs',
    ...['from', 'subject', 'html', 'text'].map((part) => join(shippedTemplates, `organizer/email/en/${part}.hbs`)),
    join(shippedTemplates, 'email/layout.hbs'),
    join(shippedTemplates, 'organizer/email/invited.hbs'),
  ]);
});
