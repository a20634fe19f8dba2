import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedFiles } from './generated.ts';

/** `npm run docs`: writes the OpenAPI document and the pages that follow from the schemas. */
const projectDirectory = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const settingsPage = readFileSync(join(projectDirectory, 'docs', 'settings.md'), 'utf8');

for (const [file, text] of Object.entries(generatedFiles(settingsPage))) {
  writeFileSync(join(projectDirectory, file), text);
  console.log(`${file}: ${text.length.toLocaleString('en')} characters`);
}
