import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generatedFiles } from '../../infra/docs/generated.ts';

const project = join(import.meta.dirname, '..', '..');
const files = generatedFiles(readFileSync(join(project, 'docs', 'settings.md'), 'utf8'));
const page = files['docs/api.md'] ?? '';

test.each(Object.entries(files))('%s is what `npm run docs` writes', (file, text) => {
  expect(readFileSync(join(project, file), 'utf8'), `${file} is stale: run \`npm run docs\``).toBe(text);
});

describe('the page of calls', () => {
  const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
  );

  test('has a heading for each of its links', () => {
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);

    expect(links.length).toBeGreaterThan(30);
    expect(links.filter((anchor) => !headings.includes(anchor ?? ''))).toEqual([]);
  });

  test('has no two headings of one name', () => {
    expect(new Set(headings).size).toBe(headings.length);
  });

  test('leads to problems that their page has', () => {
    const codes = [...page.matchAll(/\]\(problems\.md#([^)]+)\)/g)].map(([, code]) => code);

    expect(codes.filter((code) => !files['docs/problems.md']?.includes(`<a id="${code}">`))).toEqual([]);
  });
});
