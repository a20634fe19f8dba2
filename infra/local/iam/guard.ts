import { accountId, region } from '../assembly/place.ts';
import type { Stack } from '../assembly/stack.ts';
import type { AwsCall, AwsRefusal, Permission } from '../aws/awsCall.ts';
import { denialOf } from '../aws/faultReplies.ts';
import type { ConditionContext } from './conditions.ts';
import { covers, type Grant, grantsOf, textOf } from './grants.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { type InvokePermission, type Role, readInvokePermissions, readQueuePolicies, readRoles } from './policies.ts';
import { type Access, applies, type Statement } from './statement.ts';

const gateway = 'apigateway.amazonaws.com';
const scheduler = 'scheduler.amazonaws.com';

/** Holds every call against the template's policies. */
export interface Guard {
  readonly ledger: Ledger;
  /** @returns the refusal where the caller's role does not allow all of it */
  authorize(call: AwsCall, permissions: readonly Permission[]): AwsRefusal | undefined;
  /**
   * @param session who has taken the role, as AWS names them in a refusal
   * @returns why a role may not do that; undefined where it may
   */
  refusalOf(roleArn: string, permission: Permission, session: string): string | undefined;
  /** Says whether a service, as `scheduler.amazonaws.com`, may take the role. */
  mayAssume(roleArn: string, servicePrincipal: string, sourceArn: string): boolean;
  /** Says whether a function lets the gateway invoke it for a route of an API, given as an ARN. */
  mayInvoke(functionArn: string, sourceArn: string): boolean;
  /**
   * Takes a grant away from the running service, as if the template had it not.
   *
   * @returns what gives it back
   * @throws where the template has no such grant
   */
  withhold(grant: Grant): () => void;
}

export interface GuardOptions {
  readonly stack: Stack;
  readonly ledgerFile: string;
  readonly roleOf: (functionName: string) => string | undefined;
  /** Told each refusal. */
  readonly onDenied: (refusal: string) => void;
}

/** @throws where a policy holds what the local run does not know */
export function openGuard({ stack, ledgerFile, roleOf, onDenied }: GuardOptions): Guard {
  const roles = new Map(readRoles(stack).map((role) => [role.arn, role]));
  const invokePermissions = readInvokePermissions(stack);
  const granted = [...grantsOfRoles([...roles.values()]), ...invokePermissions.map(grantOfPermission)];
  const ledger = openLedger(granted, ledgerFile);
  const withheld = new Set<string>();
  const queuePolicies = new Map(
    [...readQueuePolicies(stack)].map(([url, statements]) => [
      stack.resources.find(({ ref }) => ref === url)?.attributes.Arn ?? url,
      statements,
    ]),
  );

  function refusalOf(
    roleArn: string,
    { action, resource, context = {} }: Permission,
    session: string,
  ): string | undefined {
    const role = roles.get(roleArn);
    const alternatives = typeof resource === 'string' ? [resource] : resource;
    const verdicts = alternatives.map((one) => judge(role, { action, resource: one, context }, session));
    if (verdicts.some((verdict) => verdict === undefined)) return undefined;
    ledger.deny({ role: role?.name ?? roleArn, action, resource: alternatives[0] ?? '' });
    onDenied(verdicts[0] ?? '');
    return verdicts[0];
  }

  /** @returns why not */
  function judge(role: Role | undefined, own: Access, session: string): string | undefined {
    const { action, resource } = own;
    const access = { action, resource, context: { ...contextOf(role), ...own.context } };
    const ofRole = role?.statements.filter((statement) => applies(statement, access)) ?? [];
    const ofResource = queuePolicies.get(resource) ?? [];
    const ofQueue = ofResource.filter((statement) => isForRole(statement, role) && applies(statement, access));
    const who = `User: arn:aws:sts::${accountId}:assumed-role/${role?.name ?? 'none'}/${session} is not authorized to perform: ${action}`;
    const denies = ({ effect }: Statement) => effect === 'Deny';
    if (ofRole.some(denies)) return `${who} on resource: ${resource} with an explicit deny in an identity-based policy`;
    if (ofQueue.some(denies)) return `${who} on resource: ${resource} with an explicit deny in a resource-based policy`;
    const grants = ofRole.flatMap((statement) => grantsOf(role?.name ?? '', statement));
    const isGranted = useSome(grants.filter((grant) => covers(grant, action, resource)));
    if (isGranted || ofQueue.length > 0) return undefined;
    return `${who} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  }

  /** Enters in the ledger those of the grants that are not withheld. @returns whether there are any */
  function useSome(grants: readonly Grant[]): boolean {
    const left = grants.filter((grant) => !withheld.has(textOf(grant)));
    for (const grant of left) ledger.use(grant);
    return left.length > 0;
  }

  /** The same, of what a resource's own policy allows a service. */
  function serviceMay(servicePrincipal: string, action: string, resource: string, grants: readonly Grant[]): boolean {
    if (useSome(grants)) return true;
    ledger.deny({ role: servicePrincipal, action, resource });
    onDenied(
      `User: ${servicePrincipal} is not authorized to perform: ${action} on resource: ${resource} because no resource-based policy allows the ${action} action`,
    );
    return false;
  }

  return {
    ledger,
    authorize: ({ caller, service }, permissions) => {
      const roleArn = roleOf(caller.functionName) ?? '';
      for (const permission of permissions) {
        const refusal = refusalOf(roleArn, permission, caller.functionName);
        if (refusal !== undefined) return denialOf(service, refusal);
      }
      return undefined;
    },
    refusalOf,
    mayAssume: (roleArn, servicePrincipal, sourceArn) => {
      const context = { 'aws:SourceAccount': [accountId], 'aws:SourceArn': [sourceArn] };
      const access = { action: 'sts:AssumeRole', resource: roleArn, context };
      const found =
        roles.get(roleArn)?.trust.filter((s) => isForService(s, servicePrincipal) && applies(s, access)) ?? [];
      const isAllowed = found.length > 0 && found.every(({ effect }) => effect === 'Allow');
      const grants = isAllowed ? [trustIn(servicePrincipal, roleArn)] : [];
      return serviceMay(servicePrincipal, access.action, roleArn, grants);
    },
    mayInvoke: (functionArn, sourceArn) => {
      const found = invokePermissions.filter((permission) => permission.allows(functionArn, sourceArn));
      return serviceMay(gateway, 'lambda:InvokeFunction', functionArn, found.map(grantOfPermission));
    },
    withhold: (grant) => {
      const key = textOf(grant);
      if (!granted.some((one) => textOf(one) === key)) throw new Error(`The template does not grant ${key}`);
      withheld.add(key);
      return () => withheld.delete(key);
    },
  };
}

/** What roles may do, and which of them Scheduler may take; that Lambda may take the others is seen where they are deployed. */
function grantsOfRoles(roles: readonly Role[]): Grant[] {
  return roles.flatMap(({ arn, name, statements, trust }) => [
    ...statements.flatMap((statement) => grantsOf(name, statement)),
    ...(trust.some((statement) => isForService(statement, scheduler)) ? [trustIn(scheduler, arn)] : []),
  ]);
}

function trustIn(servicePrincipal: string, roleArn: string): Grant {
  return { role: servicePrincipal, action: 'sts:AssumeRole', resource: roleArn };
}

function grantOfPermission({ functionArn }: InvokePermission): Grant {
  return { role: gateway, action: 'lambda:InvokeFunction', resource: functionArn };
}

function contextOf(role: Role | undefined): ConditionContext {
  return {
    'aws:PrincipalAccount': [accountId],
    'aws:RequestedRegion': [region],
    'aws:SecureTransport': ['true'], // the loopback stands for TLS
    ...(role && { 'aws:PrincipalArn': [role.arn] }),
  };
}

function isForRole({ principal }: Statement, role: Role | undefined): boolean {
  const named = valuesOf(principal, 'AWS');
  return named.includes('*') || (role !== undefined && named.includes(role.arn));
}

function isForService({ principal }: Statement, servicePrincipal: string): boolean {
  return valuesOf(principal, 'Service').includes(servicePrincipal);
}

function valuesOf(principal: unknown, kind: string): unknown[] {
  if (principal === '*') return ['*'];
  const value = typeof principal === 'object' && principal !== null ? Reflect.get(principal, kind) : undefined;
  return Array.isArray(value) ? value : [value];
}
