import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const projectDirectory = join(import.meta.dirname, '..', '..', '..');

/**
 * The shell's blocks under a heading of one of the project's pages, as they stand there.
 *
 * @throws where there is no such heading
 */
export function fencedBlocks(file: string, heading: string): string[] {
  const text = readFileSync(join(projectDirectory, file), 'utf8');
  const start = text.indexOf(`\n## ${heading}\n`);
  if (start < 0) throw new Error(`${file} has no heading ${heading}`);
  const end = text.indexOf('\n## ', start + 4);
  const part = text.slice(start, end < 0 ? undefined : end);
  return [...part.matchAll(/(?<=\n```sh\n)[\s\S]*?(?=```)/g)].map(([block]) => block);
}
