import { openapiDocument } from '../../functions/openapi/document.ts';
import { links } from '../settings/links.ts';
import { problemPage } from './problemPage.ts';
import { apiPage } from './reference.ts';

/** The files that follow from the schemas, by their path in the project: as a deployment with the usual `linkPath` has them. */
export function generatedFiles(): Readonly<Record<string, string>> {
  return {
    'openapi.json': `${JSON.stringify(openapiDocument(links.linkPath.parse(undefined)), null, 2)}\n`,
    'docs/api.md': apiPage(),
    'docs/problems.md': problemPage(),
  };
}
