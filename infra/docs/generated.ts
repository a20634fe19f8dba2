import { openapiDocument } from '../../functions/openapi/document.ts';
import { eventsPage } from '../openapi/eventsPage.ts';
import { problemPage } from '../openapi/problemPage.ts';
import { apiPage } from '../openapi/reference.ts';
import { links } from '../settings/links.ts';
import { withTables } from '../settings/page.ts';

/**
 * The files that follow from the schemas, by their path in the project: as a deployment with the usual `linkPath` has
 * them. Of the page of settings the tables alone are made; what stands around them is kept.
 */
export function generatedFiles(settingsPage: string): Readonly<Record<string, string>> {
  return {
    'openapi.json': `${JSON.stringify(openapiDocument(links.linkPath.parse(undefined)), null, 2)}\n`,
    'docs/api.md': apiPage(),
    'docs/events.md': eventsPage(),
    'docs/problems.md': problemPage(),
    'docs/settings.md': withTables(settingsPage),
  };
}
