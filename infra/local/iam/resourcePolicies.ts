import * as z from 'zod';
import { readProperties } from '../assembly/properties.ts';
import type { Stack } from '../assembly/stack.ts';
import { readStatements, type Statement } from './statement.ts';

const queuePolicy = z.object({ PolicyDocument: z.unknown(), Queues: z.array(z.string()) });
const topicPolicy = z.object({ PolicyDocument: z.unknown(), Topics: z.array(z.string()) });
const trust = z.object({ AssumeRolePolicyDocument: z.unknown() });
const invokePermission = z.strictObject({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceAccount: z.string().optional(),
  SourceArn: z.string().optional(),
});

/** The policies of resources themselves, by the resource's ARN. */
export type ResourcePolicies = ReadonlyMap<string, readonly Statement[]>;

/**
 * Reads them: of queues, topics and functions, and who may take each role.
 *
 * @throws where a policy holds what the local run does not know
 */
export function readResourcePolicies(stack: Stack): ResourcePolicies {
  const policies = new Map<string, Statement[]>();
  const add = (arn: string, statements: readonly Statement[]) =>
    policies.set(arn, [...(policies.get(arn) ?? []), ...statements]);
  const arnOfQueue = new Map(stack.ofType('AWS::SQS::Queue').map(({ ref, attributes }) => [ref, attributes.Arn]));
  for (const resource of stack.ofType('AWS::SQS::QueuePolicy')) {
    const { PolicyDocument, Queues } = readProperties(queuePolicy, resource);
    for (const url of Queues) add(arnOfQueue.get(url) ?? url, readStatements(PolicyDocument));
  }
  for (const resource of stack.ofType('AWS::SNS::TopicPolicy')) {
    const { PolicyDocument, Topics } = readProperties(topicPolicy, resource);
    for (const arn of Topics) add(arn, readStatements(PolicyDocument));
  }
  for (const resource of stack.ofType('AWS::IAM::Role')) {
    add(resource.attributes.Arn ?? '', readStatements(readProperties(trust, resource).AssumeRolePolicyDocument));
  }
  for (const { functionArn, document } of invokePermissionsOf(stack)) add(functionArn, readStatements(document));
  return policies;
}

/**
 * What Lambda makes of a permission is a statement of the function's own policy (AWS Lambda developer guide, "Viewing
 * resource-based IAM policies in Lambda").
 */
function invokePermissionsOf(stack: Stack): { readonly functionArn: string; readonly document: object }[] {
  const functions = stack.ofType('AWS::Lambda::Function');
  return stack.ofType('AWS::Lambda::Permission').map((resource) => {
    const { Action, FunctionName, Principal, SourceAccount, SourceArn } = readProperties(invokePermission, resource);
    const named = functions.find(({ name, attributes }) => FunctionName === name || FunctionName === attributes.Arn);
    const functionArn = named?.attributes.Arn ?? FunctionName;
    const statement = {
      Effect: 'Allow',
      Principal: Principal.endsWith('.amazonaws.com') ? { Service: Principal } : { AWS: Principal },
      Action,
      Resource: functionArn,
      Condition: {
        ...(SourceArn !== undefined && { ArnLike: { 'aws:SourceArn': SourceArn } }),
        ...(SourceAccount !== undefined && { StringEquals: { 'aws:SourceAccount': SourceAccount } }),
      },
    };
    return { functionArn, document: { Statement: statement } };
  });
}
