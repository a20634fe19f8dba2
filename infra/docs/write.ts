import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles, projectDirectory } from './generated.ts';

/** `npm run docs`: writes the OpenAPI document and the pages that follow from the schemas. */
for (const [file, text] of Object.entries(generatedFiles())) {
  writeFileSync(join(projectDirectory, file), text);
  console.log(`${file}: ${text.length.toLocaleString('en')} characters`);
}
