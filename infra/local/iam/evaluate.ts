import type { Role } from './policies.ts';
import { isNamed, isOfNamedAccount, type Principal } from './principals.ts';
import type { ResourcePolicies } from './resourcePolicies.ts';
import { type Access, applies, type Statement } from './statement.ts';

/** All policies that a request of this account may meet. */
export interface Policies {
  readonly roles: ReadonlyMap<string, Role>;
  readonly resources: ResourcePolicies;
}

/** What the policies say of a request. */
export interface Verdict {
  readonly isAllowed: boolean;
  /** Set where a statement denies it, whatever others allow. */
  readonly deniedBy: 'identity-based' | 'resource-based' | undefined;
  /** Those of the role's own statements that allow it. */
  readonly ofIdentity: readonly Statement[];
  /** Those of the resource's own statements that allow it. */
  readonly ofResource: readonly Statement[];
}

/**
 * Joins the policies of who asks with those of what is asked for, as AWS does within one account: a denial anywhere wins,
 * otherwise one permission on either side is enough. A service that acts for itself has no policies of its own, so that the
 * resource alone decides; and only a role's own trust policy says who takes the role (IAM user guide, "Policy evaluation
 * for requests within a single account").
 */
export function evaluate({ roles, resources }: Policies, who: Principal, access: Access): Verdict {
  const own = who.kind === 'role' ? (roles.get(who.arn)?.statements ?? []) : [];
  const ofIdentity = own.filter((statement) => applies(statement, access));
  const ofResource = (resources.get(access.resource) ?? []).filter((statement) => applies(statement, access));
  const denials = ofResource.filter(
    ({ effect, principal }) => effect === 'Deny' && (isNamed(principal, who) || isOfNamedAccount(principal, who)),
  );
  const deniedBy = ofIdentity.some(isDenial) ? 'identity-based' : denials.length > 0 ? 'resource-based' : undefined;
  const permits = {
    ofIdentity: ofIdentity.filter((statement) => !isDenial(statement)),
    ofResource: ofResource.filter((statement) => !isDenial(statement) && isNamed(statement.principal, who)),
  };
  const isAllowed = deniedBy === undefined && permits.ofIdentity.length + permits.ofResource.length > 0;
  return { isAllowed, deniedBy, ...permits };
}

function isDenial({ effect }: Statement): boolean {
  return effect === 'Deny';
}
