import * as z from 'zod';
import type { CloudAssembly, CloudFormationTemplate, TemplateResource } from './cloudAssembly.ts';
import { type IntrinsicScope, noValue, resolveIntrinsics } from './intrinsics.ts';
import { accountId, partition, region, urlSuffix } from './place.ts';
import { identifyBy, type LocalAddresses, nameProperties, type ResourceIdentity } from './resourceTypes.ts';

/** A resource as it stands after deployment. */
export interface Resource extends ResourceIdentity {
  readonly logicalId: string;
  readonly type: string;
  /** Its physical name: the template's, else the logical id without CDK's hash where that is still unique. */
  readonly name: string;
  /** Its properties, with every intrinsic function carried out. */
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Stack {
  readonly name: string;
  readonly resources: readonly Resource[];
  ofType(type: string): Resource[];
  assetDirectory(hash: string): string;
  /** The outputs, by name. @throws for an intrinsic function, name or attribute that the local run does not know */
  outputs(): Record<string, string>;
}

const pseudoParameters: Readonly<Record<string, unknown>> = {
  'AWS::AccountId': accountId,
  'AWS::NoValue': noValue,
  'AWS::NotificationARNs': [],
  'AWS::Partition': partition,
  'AWS::Region': region,
  'AWS::StackId': `arn:${partition}:cloudformation:${region}:${accountId}:stack/local/00000000-0000-4000-8000-000000000000`,
  'AWS::URLSuffix': urlSuffix,
};

/**
 * Deploys the assembly in thought: names every resource and resolves every property.
 *
 * @throws with every resource type that the local run does not know, and for an intrinsic function, name or attribute unknown to it
 */
export function openStack(assembly: CloudAssembly, addresses: LocalAddresses): Stack {
  const { template, stackName } = assembly;
  const names = namesOf(template);
  const identities = new Map<string, ResourceIdentity>();
  const scope: IntrinsicScope = {
    ref: (name) => {
      if (name === 'AWS::StackName') return stackName;
      if (name in pseudoParameters) return pseudoParameters[name];
      const parameter = template.Parameters[name];
      return parameter === undefined ? identityOf(name).ref : parameter.Default;
    },
    attribute: (logicalId, attribute) => {
      const value = identityOf(logicalId).attributes[attribute];
      if (value !== undefined) return value;
      throw new Error(
        `The local run does not know ${attribute} of ${logicalId} (${template.Resources[logicalId]?.Type})`,
      );
    },
    condition: (name) => resolveIntrinsics(template.Conditions[name], scope) === true,
    mapping: (map, first, second) => {
      const value = template.Mappings[map]?.[first]?.[second];
      if (value === undefined) throw new Error(`The template maps nothing at ${map}.${first}.${second}`);
      return value;
    },
  };
  const present = Object.entries(template.Resources).filter(
    ([, { Condition }]) => Condition === undefined || scope.condition(Condition),
  );
  refuseUnknownTypes(present);

  function identityOf(logicalId: string): ResourceIdentity {
    const known = identities.get(logicalId);
    if (known !== undefined) return known;
    const resource = template.Resources[logicalId];
    const identify = resource && identifyBy(resource.Type);
    if (resource === undefined || identify === undefined) throw new Error(`The template has no resource ${logicalId}`);
    const own = localOf(resolveIntrinsics(ownFacts(resource), scope), addresses);
    const http = addresses.furtherHttp?.[logicalId] ?? addresses.http;
    const name = physicalName(resource.Type, own, names.get(logicalId) ?? logicalId);
    const identity = identify(name, own, { ...addresses, http });
    identities.set(logicalId, identity);
    return identity;
  }

  const resources = present.map(([logicalId, resource]) => {
    const properties = localOf(resolveIntrinsics(resource.Properties, scope), addresses);
    const name = physicalName(resource.Type, properties, names.get(logicalId) ?? logicalId);
    return { logicalId, type: resource.Type, name, properties, ...identityOf(logicalId) };
  });
  return {
    name: stackName,
    resources,
    ofType: (type) => resources.filter((resource) => resource.type === type),
    assetDirectory: assembly.assetDirectory,
    outputs: () => {
      const present = Object.entries(template.Outputs).filter(
        ([, { Condition }]) => Condition === undefined || scope.condition(Condition),
      );
      const values = present.map(([name, { Value }]) => [name, resolveIntrinsics(Value, scope)]);
      return z.record(z.string(), z.string()).parse(localOf(Object.fromEntries(values), addresses));
    },
  };

  function localOf(
    properties: unknown,
    { aws, http, furtherHttp, socket, signIn }: LocalAddresses,
  ): Record<string, unknown> {
    const apis = Object.entries(template.Resources).filter(([, { Type }]) => Type === 'AWS::ApiGatewayV2::Api');
    let text = JSON.stringify(properties);
    for (const [logicalId] of apis) {
      const host = `${names.get(logicalId)}.execute-api.${region}.${urlSuffix}`;
      const isSocket = template.Resources[logicalId]?.Properties.ProtocolType === 'WEBSOCKET';
      text = text
        .replaceAll(`wss://${host}`, socket)
        .replaceAll(`https://${host}`, isSocket ? aws : (furtherHttp?.[logicalId] ?? http));
    }
    if (signIn !== undefined) text = text.replaceAll(signInPages, signIn);
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  }
}

/** The address of a user pool's sign-in pages, under a prefix of its own. */
const signInPages = new RegExp(`https://[a-z0-9-]+\\.auth\\.${region}\\.amazoncognito\\.com`, 'g');

/** The few properties that an identity is made of: resolving all would run in circles where two resources name each other. */
function ownFacts({ Type, Properties }: TemplateResource): Record<string, unknown> {
  const keys = new Set([nameProperties[Type] ?? 'Name', 'DomainName', 'ProtocolType', 'StageName', 'Value']);
  return Object.fromEntries(Object.entries(Properties).filter(([key]) => keys.has(key)));
}

function physicalName(type: string, properties: Readonly<Record<string, unknown>>, otherwise: string): string {
  const name = properties[nameProperties[type] ?? 'Name'];
  return typeof name === 'string' ? name : otherwise;
}

/** `DeliverABCD1234` is called `Deliver`, unless two resources of its type would then share the name. */
function namesOf(template: CloudFormationTemplate): Map<string, string> {
  const shortOf = (logicalId: string) => logicalId.replace(/(?<=.)[0-9A-F]{8}$/, '');
  const entries = Object.entries(template.Resources);
  return new Map(
    entries.map(([logicalId, { Type }]) => {
      const short = shortOf(logicalId);
      const shared = entries.filter(([other, resource]) => resource.Type === Type && shortOf(other) === short);
      return [logicalId, shared.length === 1 ? short : logicalId];
    }),
  );
}

function refuseUnknownTypes(resources: readonly (readonly [string, TemplateResource])[]): void {
  const unknown = resources.filter(([, { Type }]) => identifyBy(Type) === undefined);
  if (unknown.length === 0) return;
  const list = unknown.map(([logicalId, { Type }]) => `${logicalId} (${Type})`).join(', ');
  throw new Error(`The local run does not know what to do with ${list}`);
}
