import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedFiles } from './generated.ts';

/** `npm run openapi`: writes the OpenAPI document and the pages that are made of it. */
const projectDirectory = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

for (const [file, text] of Object.entries(generatedFiles())) {
  writeFileSync(join(projectDirectory, file), text);
  console.log(`${file}: ${text.length.toLocaleString('en')} characters`);
}
