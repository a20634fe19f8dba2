import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { createTable } from '../../infra/table.ts';
import { createUserChanges } from '../../infra/users.ts';
import { bareStack } from './bareStack.ts';

export const application = 'arn:aws:sns:eu-west-1:000000000000:app/GCM/test';

/** The table and what follows users' rows, alone. */
export function userChangesTemplate(pushApplications: { readonly fcm?: string } = { fcm: application }): Template {
  const empty = mkdtempSync(join(tmpdir(), 'bundle-'));
  const stack = bareStack('UserChanges');
  const defaults = { bundles: () => empty, environment: {}, logRetentionDays: RetentionDays.ONE_DAY };
  createUserChanges(stack, defaults, { pushApplications }, createTable(stack));
  return Template.fromStack(stack);
}

/** The filter criteria by which the function gets its records. */
export function filterCriteriaOf(template: Template): unknown {
  const [mapping] = Object.values(template.findResources('AWS::Lambda::EventSourceMapping'));
  return mapping?.Properties.FilterCriteria;
}
