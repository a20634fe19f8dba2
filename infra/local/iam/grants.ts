import { matchesActionPattern, type Statement } from './statement.ts';
import { matchesWildcards } from './wildcards.ts';

/** One action on one resource as a statement grants it: patterns as they are written. */
export interface Grant {
  /** The role's name, which says whose it is; of a resource's own policy, the service that it is for. */
  readonly role: string;
  readonly action: string;
  readonly resource: string;
}

/** What a statement allows, one by one. */
export function grantsOf(role: string, { effect, actions, resources }: Statement): Grant[] {
  if (effect === 'Deny') return [];
  return actions.flatMap((action) => resources.map((resource) => ({ role, action, resource })));
}

/** Of a statement that allowed a call, the one action and resource that did; the negated ones did as a whole. */
export function covers(grant: Grant, action: string, resource: string): boolean {
  const isAction = grant.action.startsWith('!') || matchesActionPattern(grant.action, action);
  return isAction && (grant.resource.startsWith('!') || matchesWildcards(grant.resource, resource));
}

/** As one text, by which grants are compared and shown. */
export function textOf({ role, action, resource }: Grant): string {
  return `${role} ${action} ${resource}`;
}
