import * as z from 'zod';
import { AwsRefusal, type AwsService } from '../aws/awsCall.ts';
import { defineOperation, defineService } from '../aws/operations.ts';
import { queryProtocol } from '../aws/queryProtocol.ts';
import { arnOf } from './place.ts';
import type { Stack } from './stack.ts';

/** CloudFormation as far as it tells the outputs and the resources of the one stack. */
export function stacksService(stack: Stack): AwsService {
  const StackId = arnOf('cloudformation', `stack/${stack.name}/local`);
  const refuseOthers = (StackName: string) => {
    if (StackName === stack.name || StackName === StackId) return;
    throw new AwsRefusal('ValidationError', `Stack with id ${StackName} does not exist`);
  };
  return defineService(queryProtocol('http://cloudformation.amazonaws.com/doc/2010-05-15/'), {
    DescribeStacks: defineOperation({
      input: z.strictObject({ StackName: z.string() }),
      permissions: () => [{ action: 'cloudformation:DescribeStacks', resource: StackId }],
      run: ({ StackName }) => {
        refuseOthers(StackName);
        const outputs = Object.entries(stack.outputs());
        const Outputs = outputs.map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
        const shown = { StackId, StackName: stack.name, CreationTime: new Date().toISOString() };
        return { Stacks: [{ ...shown, StackStatus: 'CREATE_COMPLETE', Outputs }] };
      },
    }),
    ListStackResources: defineOperation({
      input: z.strictObject({ StackName: z.string() }),
      permissions: () => [{ action: 'cloudformation:ListStackResources', resource: StackId }],
      run: ({ StackName }) => {
        refuseOthers(StackName);
        const StackResourceSummaries = stack.resources.map(({ logicalId, type, ref }) => ({
          LogicalResourceId: logicalId,
          PhysicalResourceId: ref,
          ResourceType: type,
          LastUpdatedTimestamp: new Date().toISOString(),
          ResourceStatus: 'CREATE_COMPLETE',
        }));
        return { StackResourceSummaries };
      },
    }),
  });
}
