import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { problems } from '../../functions/openapi/problems.ts';
import { routes } from '../../functions/routes.ts';
import { settingsOfTheManual } from '../../infra/settings/schema.ts';
import { projectDirectory } from '../../infra/synthesize.ts';

const page = readFileSync(join(projectDirectory, 'docs/coming-from-quobis.md'), 'utf8');

/** What stands in backquotes in a section. */
function namesIn(heading: string): string[] {
  const section = page.split('\n## ').find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}

describe('who comes from Quobis', () => {
  test('finds each setting of the manual', () => {
    const named = namesIn('Settings').map((name) => name.replace('[]', ''));
    expect(settingsOfTheManual.length).toBe(8);
    expect(settingsOfTheManual.filter((name) => !named.includes(name))).toEqual([]);
  });

  test('is sent to calls that there are', () => {
    const known = routes.map(({ method, path }) => `${method} ${path}`);
    const named = ['Calls', 'Fields', 'Settings'].flatMap(namesIn).filter((name) => /^[A-Z]+ /.test(name));
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((name) => !known.some((call) => call === name))).toEqual([]);
  });

  test('is told problems that there are', () => {
    expect(['too-early', 'wrong-password'].filter((code) => !Object.hasOwn(problems, code))).toEqual([]);
  });
});
