import * as z from 'zod';
import { AwsRefusal, type AwsService } from '../aws/awsCall.ts';
import { defineOperation, defineService } from '../aws/operations.ts';
import { queryProtocol } from '../aws/queryProtocol.ts';
import { arnOf } from './place.ts';
import type { Stack } from './stack.ts';

/** CloudFormation as far as it tells the outputs of the one stack. */
export function stacksService(stack: Stack): AwsService {
  const StackId = arnOf('cloudformation', `stack/${stack.name}/local`);
  return defineService(queryProtocol('http://cloudformation.amazonaws.com/doc/2010-05-15/'), {
    DescribeStacks: defineOperation({
      input: z.strictObject({ StackName: z.string() }),
      permissions: () => [{ action: 'cloudformation:DescribeStacks', resource: StackId }],
      run: ({ StackName }) => {
        if (StackName !== stack.name && StackName !== StackId) {
          throw new AwsRefusal('ValidationError', `Stack with id ${StackName} does not exist`);
        }
        const outputs = Object.entries(stack.outputs());
        const Outputs = outputs.map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
        const shown = { StackId, StackName: stack.name, CreationTime: new Date().toISOString() };
        return { Stacks: [{ ...shown, StackStatus: 'CREATE_COMPLETE', Outputs }] };
      },
    }),
  });
}
