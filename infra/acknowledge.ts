import { Stack, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import * as z from 'zod';

/**
 * Says why a rule of cdk-nag does not bind here. The rules are held against the stack in the tests alone; the reason stands
 * where what it is about is made.
 */
export function acknowledge(construct: Construct, rules: Readonly<Record<string, string>>): void {
  Validations.of(construct).acknowledge(...Object.entries(rules).map(([id, reason]) => ({ id, reason })));
}

/** The same for a statement that reaches more than one resource. */
export function acknowledgeWildcard(grantee: Construct, arn: string, reason: string): void {
  const resource = flatten(Stack.of(grantee).resolve(arn));
  acknowledge(grantee, { [`AwsSolutions-IAM5[Resource::${resource}]`]: reason });
}

/** Of what follows a queue. */
export const queueDestination = {
  'Serverless-LambdaEventSourceMappingDestination':
    'A queue has none: its dead-letter queue takes what fails for good.',
};

const reference = z.object({ Ref: z.string() });
const attribute = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });
const join = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) });

/** Writes an ARN as cdk-nag does: what is known at deployment only by its name in `<>`. */
function flatten(value: unknown): string {
  if (typeof value === 'string') return value;
  const joined = join.safeParse(value);
  if (joined.success) return joined.data['Fn::Join'][1].map(flatten).join(joined.data['Fn::Join'][0]);
  const referred = reference.safeParse(value);
  if (referred.success) return `<${referred.data.Ref}>`;
  return `<${attribute.parse(value)['Fn::GetAtt'].join('.')}>`;
}
