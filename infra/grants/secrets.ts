import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { SecretReference } from '../../functions/runtime/settings.ts';

/** Lets a function read the one secret that a setting names. A key of one's own has to let it decrypt, too. */
export function grantSecret(reader: LambdaFunction, { store, id }: SecretReference): void {
  const stack = Stack.of(reader);
  const [action, resource] =
    store === 'ssm'
      ? ['ssm:GetParameter', stack.formatArn({ service: 'ssm', resource: `parameter${id}` })]
      : ['secretsmanager:GetSecretValue', secretArn(stack, id)];
  reader.addToRolePolicy(new PolicyStatement({ actions: [action], resources: [resource] }));
}

/** Secrets Manager puts six characters of its own behind a secret's name. */
function secretArn(stack: Stack, id: string): string {
  if (id.startsWith('arn:')) return id;
  const arnFormat = ArnFormat.COLON_RESOURCE_NAME;
  return stack.formatArn({ service: 'secretsmanager', resource: 'secret', resourceName: `${id}-??????`, arnFormat });
}
