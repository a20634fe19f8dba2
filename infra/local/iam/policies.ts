import * as z from 'zod';
import { readProperties } from '../assembly/properties.ts';
import type { Resource, Stack } from '../assembly/stack.ts';
import { readStatements, type Statement } from './statement.ts';
import { matchesWildcards } from './wildcards.ts';

const attached = z.object({ PolicyDocument: z.unknown(), Roles: z.array(z.string()).default([]) });
const role = z.object({
  AssumeRolePolicyDocument: z.unknown(),
  ManagedPolicyArns: z.array(z.string()).default([]),
  PermissionsBoundary: z.undefined().optional(),
  Policies: z.array(z.object({ PolicyDocument: z.unknown() })).default([]),
});
const invokePermission = z.object({
  Action: z.literal('lambda:InvokeFunction'),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
});
const queuePolicy = z.object({ PolicyDocument: z.unknown(), Queues: z.array(z.string()) });

/** The AWS-managed policies that are of no consequence here: they let a function write its log and its traces. */
const inertPolicies = ['AWSLambdaBasicExecutionRole', 'AWSXRayDaemonWriteAccess'];

/** What a role may do, and who may take it. */
export interface Role {
  readonly arn: string;
  readonly name: string;
  readonly statements: readonly Statement[];
  readonly trust: readonly Statement[];
}

/**
 * Reads every role of the template with its policies: attached, managed and inline.
 *
 * @throws where a role has a policy that is not in the template and not known to be of no consequence, or a permissions boundary
 */
export function readRoles(stack: Stack): Role[] {
  const policies = [...stack.ofType('AWS::IAM::Policy'), ...stack.ofType('AWS::IAM::ManagedPolicy')];
  return stack.ofType('AWS::IAM::Role').map((resource) => {
    const given = readProperties(role, resource);
    const managed = policies.filter((policy) => isAttached(policy, resource, given.ManagedPolicyArns));
    refuseUnknown(resource, given.ManagedPolicyArns, managed);
    return {
      arn: resource.attributes.Arn ?? '',
      name: resource.name,
      statements: [
        ...managed.flatMap(({ properties }) => readStatements(properties.PolicyDocument)),
        ...given.Policies.flatMap(({ PolicyDocument }) => readStatements(PolicyDocument)),
      ],
      trust: readStatements(given.AssumeRolePolicyDocument),
    };
  });
}

/** The policies of the queues themselves, by the queue's URL. */
export function readQueuePolicies(stack: Stack): Map<string, Statement[]> {
  const policies = new Map<string, Statement[]>();
  for (const resource of stack.ofType('AWS::SQS::QueuePolicy')) {
    const { PolicyDocument, Queues } = readProperties(queuePolicy, resource);
    for (const url of Queues) policies.set(url, [...(policies.get(url) ?? []), ...readStatements(PolicyDocument)]);
  }
  return policies;
}

/** What a function's own policy allows the gateway. */
export interface InvokePermission {
  readonly functionArn: string;
  /** @param sourceArn a route of an API */
  allows(functionArn: string, sourceArn: string): boolean;
}

/** Reads what the functions' own policies allow the gateway. */
export function readInvokePermissions(stack: Stack): InvokePermission[] {
  const functions = stack.ofType('AWS::Lambda::Function');
  return stack.ofType('AWS::Lambda::Permission').flatMap((resource) => {
    const { FunctionName, Principal, SourceArn } = readProperties(invokePermission, resource);
    if (Principal !== 'apigateway.amazonaws.com') return [];
    const named = functions.find(({ name, attributes }) => FunctionName === name || FunctionName === attributes.Arn);
    const functionArn = named?.attributes.Arn ?? FunctionName;
    const allows = (arn: string, sourceArn: string) =>
      arn === functionArn && (SourceArn === undefined || matchesWildcards(SourceArn, sourceArn));
    return [{ functionArn, allows }];
  });
}

function isAttached(policy: Resource, { ref }: Resource, managedPolicyArns: readonly string[]): boolean {
  return readProperties(attached, policy).Roles.includes(ref) || managedPolicyArns.includes(policy.ref);
}

function refuseUnknown({ logicalId }: Resource, arns: readonly string[], found: readonly Resource[]): void {
  const unknown = arns.filter(
    (arn) => !found.some(({ ref }) => ref === arn) && !inertPolicies.some((name) => arn.endsWith(`/${name}`)),
  );
  if (unknown.length > 0)
    throw new Error(`The local run does not know the policy ${unknown.join(', ')} of ${logicalId}`);
}
