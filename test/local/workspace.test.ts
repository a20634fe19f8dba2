import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';

const project = join(import.meta.dirname, '..', '..');
const workspace = join(project, 'infra', 'local');
const dependencies = z.record(z.string(), z.string());
const packageFile = z.object({ dependencies, optionalDependencies: dependencies });
const refusal = 'The local AWS runs any cloud assembly: it imports nothing from outside infra/local.';

/** Its own files, as paths below it. */
const files = readdirSync(workspace, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('node_modules/'))
  .sort();

/** What each file imports, types too. */
const imports = files.flatMap((file) =>
  [...readFileSync(join(workspace, file), 'utf8').matchAll(/(?:from\s+|import\(|^import\s+)'([^']+)'/gm)].map(
    ([, specifier = '']) => ({ file, specifier }),
  ),
);

describe('infra/local', () => {
  test('imports its own files alone', () => {
    const outside = imports.filter(
      ({ file, specifier }) =>
        specifier.startsWith('.') && !join(workspace, dirname(file), specifier).startsWith(workspace),
    );

    expect(imports.length).toBeGreaterThan(200);
    expect(outside).toEqual([]);
  });

  test('declares each package that it imports, and no other', () => {
    const declared = packageFile.parse(JSON.parse(readFileSync(join(workspace, 'package.json'), 'utf8')));
    const imported = imports.map(({ specifier }) => specifier).filter((name) => !/^(\.|node:)/.test(name));
    const packages = imported.map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);

    expect(Object.keys(declared.dependencies).sort()).toEqual([...new Set(packages)].sort());
    // The database is no import: its program is resolved and run.
    expect(Object.keys(declared.optionalDependencies)).toEqual(['@dynoxide/linux-x64']);
  });

  test('says nothing of meetings outside its inbox', () => {
    const elsewhere = files.filter((file) => !file.startsWith('inbox/'));
    const naming = elsewhere.filter((file) => /meeting/i.test(readFileSync(join(workspace, file), 'utf8')));

    expect(naming).toEqual([]);
  });
});

describe('Biome', () => {
  test.each([
    ['planted.ts', '../synthesize.ts', [refusal]],
    ['planted.ts', '../../functions/meetings/meeting.ts', [refusal]],
    ['planted.ts', './assembly/stack.ts', []],
    ['aws/planted.ts', '../../table.ts', [refusal]],
    ['aws/planted.ts', '../../../functions/runtime/settings.ts', [refusal]],
    ['aws/planted.ts', '../assembly/stack.ts', []],
    ['inbox/page/planted.tsx', '../../../../functions/pages/room/state.ts', [refusal]],
    ['inbox/page/views/planted.tsx', '../../../../../functions/pages/room/state.ts', [refusal]],
    ['inbox/page/views/planted.tsx', '../../inbox.ts', []],
  ])('in infra/local/%s judges an import of %s', (file, specifier, said) => {
    expect(lintPlanted(file, `import { x } from '${specifier}';\nexport const y = x;\n`)).toEqual(said);
    expect(lintPlanted(file, `import type { X } from '${specifier}';\nexport type Y = X;\n`)).toEqual(said);
  });
});

/** What Biome says, under the project's configuration, of a file with this code in `infra/local`. */
function lintPlanted(file: string, code: string): string[] {
  const root = mkdtempSync(join(tmpdir(), 'workspace-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  cpSync(join(project, 'biome.json'), join(root, 'biome.json'));
  cpSync(join(project, '.biome'), join(root, '.biome'), { recursive: true });
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  const path = join(root, 'infra', 'local', file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, code);
  const biome = join(project, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  try {
    execFileSync('node', [biome, 'lint', '.', '--reporter=json'], { cwd: root, encoding: 'utf8', stdio: 'pipe' });
    return [];
  } catch (error) {
    return report.parse(JSON.parse(z.object({ stdout: z.string() }).parse(error).stdout)).diagnostics.map(messageOf);
  }
}

const report = z.object({
  diagnostics: z.array(z.object({ description: z.string().optional(), message: z.string().optional() })),
});

function messageOf({
  description,
  message,
}: {
  description?: string | undefined;
  message?: string | undefined;
}): string {
  return description ?? message ?? '';
}
