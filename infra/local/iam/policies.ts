import * as z from 'zod';
import { readProperties } from '../assembly/properties.ts';
import type { Resource, Stack } from '../assembly/stack.ts';
import { readStatements, type Statement } from './statement.ts';

const attached = z.object({ PolicyDocument: z.unknown(), Roles: z.array(z.string()).default([]) });
const role = z.object({
  ManagedPolicyArns: z.array(z.string()).default([]),
  PermissionsBoundary: z.undefined().optional(),
  Policies: z.array(z.object({ PolicyDocument: z.unknown() })).default([]),
});

/** The AWS-managed policies that are of no consequence here: they let a function write its log and its traces. */
const inertPolicies = ['AWSLambdaBasicExecutionRole', 'AWSXRayDaemonWriteAccess'];

/** What a role may do. */
export interface Role {
  readonly arn: string;
  readonly name: string;
  readonly statements: readonly Statement[];
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
    };
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
