import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';

/**
 * What a deployed stack's queues and functions are called, by their names in the template: a queue's URL, a function's name.
 *
 * @throws Error where there is no such stack
 */
export async function readStackNames(StackName: string): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for await (const page of paginateListStackResources({ client: new CloudFormationClient() }, { StackName })) {
    for (const { LogicalResourceId = '', PhysicalResourceId, ResourceType = '' } of page.StackResourceSummaries ?? []) {
      if (PhysicalResourceId === undefined || !named.has(ResourceType)) continue;
      names.set(LogicalResourceId.replace(hash, ''), PhysicalResourceId);
    }
  }
  return names;
}

const named = new Set(['AWS::SQS::Queue', 'AWS::Lambda::Function']);

/** What the CDK ends a name with. */
const hash = /[0-9A-F]{8}$/;
