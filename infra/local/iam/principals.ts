import { accountId } from '../assembly/place.ts';

/** Who acts: a role that somebody has taken, or a service of AWS for itself, as `scheduler.amazonaws.com`. */
export type Principal =
  | { readonly kind: 'role'; readonly arn: string }
  | { readonly kind: 'service'; readonly name: string };

/** Tells whether a statement's `Principal` names them, or everybody. */
export function isNamed(principal: unknown, who: Principal): boolean {
  const named = valuesOf(principal, 'AWS');
  if (named.includes('*')) return true;
  return who.kind === 'role' ? named.includes(who.arn) : valuesOf(principal, 'Service').includes(who.name);
}

/**
 * Tells whether a statement's `Principal` names the account that a role is of. That hands the decision on to the role's
 * own policies: it denies, and by itself allows nothing (IAM user guide, "AWS JSON policy elements: Principal").
 */
export function isOfNamedAccount(principal: unknown, { kind }: Principal): boolean {
  const named = valuesOf(principal, 'AWS');
  return kind === 'role' && (named.includes(accountId) || named.includes(`arn:aws:iam::${accountId}:root`));
}

function valuesOf(principal: unknown, kind: string): unknown[] {
  if (principal === '*') return ['*'];
  const value = typeof principal === 'object' && principal !== null ? Reflect.get(principal, kind) : undefined;
  return Array.isArray(value) ? value : [value];
}
