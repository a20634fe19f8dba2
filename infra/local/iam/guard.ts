import { accountId, region } from '../assembly/place.ts';
import type { Stack } from '../assembly/stack.ts';
import type { AwsCall, AwsRefusal, Permission } from '../aws/awsCall.ts';
import { denialOf } from '../aws/faultReplies.ts';
import type { ConditionContext } from './conditions.ts';
import { evaluate, type Policies } from './evaluate.ts';
import { covers, type Grant, grantsOf, textOf } from './grants.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { readRoles } from './policies.ts';
import { isNamed } from './principals.ts';
import { readResourcePolicies } from './resourcePolicies.ts';
import type { Access } from './statement.ts';

const gateway = 'apigateway.amazonaws.com';
const scheduler = 'scheduler.amazonaws.com';
const events = 'events.amazonaws.com';

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
  /** Says whether a function or a queue lets EventBridge hand it what a rule, given as an ARN, finds. */
  mayTarget(targetArn: string, ruleArn: string): boolean;
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
  const policies: Policies = { roles, resources: readResourcePolicies(stack) };
  const granted = [...grantsOfRoles(policies), ...grantsOfServices(policies)];
  const ledger = openLedger(granted, ledgerFile);
  const withheld = new Set<string>();

  function refusalOf(
    roleArn: string,
    { action, resource, context = {} }: Permission,
    session: string,
  ): string | undefined {
    const role = roles.get(roleArn);
    const alternatives = typeof resource === 'string' ? [resource] : resource;
    const verdicts = alternatives.map((one) => judge(roleArn, { action, resource: one, context }, session));
    if (verdicts.some((verdict) => verdict === undefined)) return undefined;
    ledger.deny({ role: role?.name ?? roleArn, action, resource: alternatives[0] ?? '' });
    onDenied(verdicts[0] ?? '');
    return verdicts[0];
  }

  /** @returns why not */
  function judge(roleArn: string, { action, resource, context }: Access, session: string): string | undefined {
    const role = roles.get(roleArn);
    const access = { action, resource, context: { ...contextOfRole(roleArn), ...context } };
    const { deniedBy, ofIdentity, ofResource } = evaluate(policies, { kind: 'role', arn: roleArn }, access);
    const who = `User: arn:aws:sts::${accountId}:assumed-role/${role?.name ?? 'none'}/${session} is not authorized to perform: ${action}`;
    if (deniedBy !== undefined) return `${who} on resource: ${resource} with an explicit deny in a ${deniedBy} policy`;
    const grants = ofIdentity.flatMap((statement) => grantsOf(role?.name ?? '', statement));
    const isGranted = useSome(grants.filter((grant) => covers(grant, action, resource)));
    if (isGranted || ofResource.length > 0) return undefined;
    return `${who} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  }

  /** Enters in the ledger those of the grants that are not withheld. @returns whether there are any */
  function useSome(grants: readonly Grant[]): boolean {
    const left = grants.filter((grant) => !withheld.has(textOf(grant)));
    for (const grant of left) ledger.use(grant);
    return left.length > 0;
  }

  /** The same, of what a resource's own policy allows a service that acts for another resource. */
  function serviceMay(name: string, action: string, resource: string, sourceArn: string): boolean {
    const access = { action, resource, context: contextOfService(sourceArn) };
    const { isAllowed } = evaluate(policies, { kind: 'service', name }, access);
    if (isAllowed && useSome([{ role: name, action, resource }])) return true;
    ledger.deny({ role: name, action, resource });
    onDenied(
      `User: ${name} is not authorized to perform: ${action} on resource: ${resource} because no resource-based policy allows the ${action} action`,
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
    mayAssume: (roleArn, servicePrincipal, sourceArn) =>
      serviceMay(servicePrincipal, 'sts:AssumeRole', roleArn, sourceArn),
    mayInvoke: (functionArn, sourceArn) => serviceMay(gateway, 'lambda:InvokeFunction', functionArn, sourceArn),
    mayTarget: (targetArn, ruleArn) =>
      serviceMay(
        events,
        targetArn.includes(':lambda:') ? 'lambda:InvokeFunction' : 'sqs:SendMessage',
        targetArn,
        ruleArn,
      ),
    withhold: (grant) => {
      const key = textOf(grant);
      if (!granted.some((one) => textOf(one) === key)) throw new Error(`The template does not grant ${key}`);
      withheld.add(key);
      return () => withheld.delete(key);
    },
  };
}

function grantsOfRoles({ roles }: Policies): Grant[] {
  return [...roles.values()].flatMap(({ name, statements }) =>
    statements.flatMap((statement) => grantsOf(name, statement)),
  );
}

/** What those services may do that act here; that Lambda may take functions' roles is seen where they are deployed. */
function grantsOfServices({ resources }: Policies): Grant[] {
  const services = [
    { role: scheduler, action: 'sts:AssumeRole' },
    { role: gateway, action: 'lambda:InvokeFunction' },
    { role: events, action: 'lambda:InvokeFunction' },
    { role: events, action: 'sqs:SendMessage' },
  ];
  return services.flatMap(({ role, action }) =>
    [...resources]
      .filter(([, statements]) =>
        statements.some(
          ({ effect, principal, matchesAction }) =>
            effect === 'Allow' && matchesAction(action) && isNamed(principal, { kind: 'service', name: role }),
        ),
      )
      .map(([resource]) => ({ role, action, resource })),
  );
}

function contextOfRole(arn: string): ConditionContext {
  return {
    'aws:PrincipalAccount': [accountId],
    'aws:PrincipalArn': [arn],
    'aws:RequestedRegion': [region],
    'aws:SecureTransport': ['true'], // the loopback stands for TLS
  };
}

/** What a service says of whom it acts for (IAM user guide, "The confused deputy problem"). */
function contextOfService(sourceArn: string): ConditionContext {
  return { 'aws:SecureTransport': ['true'], 'aws:SourceAccount': [accountId], 'aws:SourceArn': [sourceArn] };
}
