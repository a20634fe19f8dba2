import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { testBundles } from '../bundles.ts';

let all: { name: string; text: string }[];

beforeAll(async () => {
  const folder = dirname((await testBundles())('health'));
  all = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name, 'index.js'), 'utf8') }));
});

const holding = (mark: string) => all.filter(({ text }) => text.includes(mark)).map(({ name }) => name);

describe('the functions’ bundles', () => {
  test('hold the SDK, and of its ways to credentials the one that Lambda has', () => {
    expect(holding('Unable to find environment variable credentials').length).toBeGreaterThan(30);
    expect(holding('AssumeRoleWithWebIdentity')).toEqual([]);
    expect(holding('GetRoleCredentials')).toEqual([]);
  });

  test('hold Bitly’s client where links are shortened, without its table of files’ types', () => {
    expect(holding('api-ssl.bitly.com')).toEqual(['stream-onMeetingChanged']);
    expect(holding('application/vnd.')).toEqual([]);
  });

  test('hold the assets of each page where they are asked for, and nowhere else', () => {
    expect(holding('text/css; charset=utf-8')).toEqual(['http-console-readConsoleAsset', 'http-rooms-readAsset']);
  });

  test('hold templates, and nothing that compiles any', () => {
    expect(holding('formatDate')).toContain('queue-deliver');
    expect(holding('You must pass a string or Handlebars AST')).toEqual([]);
  });
});
