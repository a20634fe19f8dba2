/** A resource of a template, as far as its life in an account goes. */
export interface TemplateResource {
  readonly Type: string;
  readonly DeletionPolicy?: string | undefined;
  readonly Properties?: Readonly<Record<string, unknown>> | undefined;
}

export type Resources = Readonly<Record<string, TemplateResource>>;

/** How a type's resources are named: by which property, within what it must be unique; AWS names what names none. */
interface Naming {
  readonly name?: string;
  readonly within?: string;
}

/** Every type that the stack may hold. A label (an API's `Name`) is no name: several may have the same. */
export const namings: Readonly<Record<string, Naming>> = {
  'AWS::ApiGatewayV2::Api': {},
  'AWS::ApiGatewayV2::ApiMapping': { name: 'ApiMappingKey', within: 'DomainName' },
  'AWS::ApiGatewayV2::Authorizer': { name: 'Name', within: 'ApiId' },
  'AWS::ApiGatewayV2::DomainName': { name: 'DomainName' },
  'AWS::ApiGatewayV2::Integration': {},
  'AWS::ApiGatewayV2::Route': { name: 'RouteKey', within: 'ApiId' },
  'AWS::ApiGatewayV2::Stage': { name: 'StageName', within: 'ApiId' },
  'AWS::CloudWatch::Alarm': { name: 'AlarmName' },
  'AWS::CloudWatch::Dashboard': { name: 'DashboardName' },
  'AWS::Cognito::ManagedLoginBranding': { name: 'ClientId', within: 'UserPoolId' },
  'AWS::Cognito::UserPool': {},
  'AWS::Cognito::UserPoolClient': {},
  // Its prefix is made of the stack's own id.
  'AWS::Cognito::UserPoolDomain': {},
  'AWS::Cognito::UserPoolGroup': { name: 'GroupName', within: 'UserPoolId' },
  'AWS::DynamoDB::Table': { name: 'TableName' },
  'AWS::Events::EventBus': { name: 'Name' },
  'AWS::Events::Rule': { name: 'Name' },
  'AWS::IAM::Policy': { name: 'PolicyName', within: 'Roles' },
  'AWS::IAM::Role': { name: 'RoleName' },
  'AWS::Lambda::EventInvokeConfig': { name: 'Qualifier', within: 'FunctionName' },
  'AWS::Lambda::EventSourceMapping': { name: 'EventSourceArn', within: 'FunctionName' },
  'AWS::Lambda::Function': { name: 'FunctionName' },
  'AWS::Lambda::Permission': {},
  'AWS::Logs::LogGroup': { name: 'LogGroupName' },
  'AWS::Logs::MetricFilter': { name: 'FilterName', within: 'LogGroupName' },
  'AWS::Scheduler::ScheduleGroup': { name: 'Name' },
  'AWS::SES::ConfigurationSet': { name: 'Name' },
  'AWS::SES::ConfigurationSetEventDestination': {},
  'AWS::SNS::Subscription': { name: 'Endpoint', within: 'TopicArn' },
  'AWS::SNS::Topic': { name: 'TopicName' },
  'AWS::SNS::TopicPolicy': { name: 'Topics' },
  'AWS::SQS::Queue': { name: 'QueueName' },
  'AWS::SQS::QueuePolicy': { name: 'Queues' },
};

/** What CloudFormation says of a stack in the end. */
export type Outcome = 'CREATE_COMPLETE' | 'ROLLBACK_COMPLETE' | 'ROLLBACK_FAILED' | 'DELETE_COMPLETE' | 'DELETE_FAILED';

/** One account and region: what is in it, whoever made it. */
export interface Account {
  /** @param failing the logical id at which the creation fails for a reason of its own */
  create(stackName: string, resources: Resources, failing?: string): { outcome: Outcome; reason?: string };
  destroy(stackName: string): Outcome;
  /** The types of what is there and belongs to no stack. */
  orphans(): string[];
}

interface Physical {
  readonly resource: TemplateResource;
  /** Undefined where the stack let go of it. */
  owner: string | undefined;
}

/**
 * An account as CloudFormation keeps it: a name that is taken fails a creation, which is then rolled back; what is to be
 * retained stays, under its name (CloudFormation user guide, "DeletionPolicy attribute"); what is protected from deletion
 * and not retained cannot be rolled back or deleted.
 */
export function openAccount(): Account {
  const present = new Map<string, Physical>();
  let made = 0;

  function remove(stackName: string, retains: (policy: string | undefined) => boolean): boolean {
    let isClean = true;
    for (const [id, physical] of present) {
      if (physical.owner !== stackName) continue;
      if (retains(physical.resource.DeletionPolicy)) physical.owner = undefined;
      else if (physical.resource.Properties?.DeletionProtectionEnabled === true) isClean = false;
      else present.delete(id);
    }
    return isClean;
  }

  const rollBack = (stackName: string): Outcome =>
    remove(stackName, (policy) => policy === 'Retain') ? 'ROLLBACK_COMPLETE' : 'ROLLBACK_FAILED';

  return {
    create: (stackName, resources, failing) => {
      const ids = new Map<string, string>();
      for (const [logicalId, resource] of Object.entries(resources)) {
        made += 1;
        const id = physicalIdOf(resource, ids, stackName) ?? `${resource.Type} ${stackName}-${logicalId}-${made}`;
        if (present.has(id)) return { outcome: rollBack(stackName), reason: `${id} already exists` };
        if (logicalId === failing) return { outcome: rollBack(stackName), reason: `${logicalId} failed` };
        present.set(id, { resource, owner: stackName });
        ids.set(logicalId, id);
      }
      return { outcome: 'CREATE_COMPLETE' };
    },
    destroy: (stackName) =>
      remove(stackName, (policy) => policy === 'Retain' || policy === 'RetainExceptOnCreate')
        ? 'DELETE_COMPLETE'
        : 'DELETE_FAILED',
    orphans: () =>
      [...present.values()].filter(({ owner }) => owner === undefined).map(({ resource }) => resource.Type),
  };
}

/** @returns undefined where AWS makes the name */
function physicalIdOf(
  { Type, Properties = {} }: TemplateResource,
  ids: ReadonlyMap<string, string>,
  stackName: string,
): string | undefined {
  const { name, within } = namings[Type] ?? {};
  if (name === undefined || Properties[name] === undefined) return undefined;
  const scope = within === undefined ? '' : `${JSON.stringify(Properties[within])} `;
  return resolved(`${Type} ${scope}${JSON.stringify(Properties[name])}`, ids, stackName);
}

/** Puts what was made in the place of what refers to it. */
function resolved(text: string, ids: ReadonlyMap<string, string>, stackName: string): string {
  return text
    .replaceAll('{"Ref":"AWS::StackName"}', JSON.stringify(stackName))
    .replace(/\{"Ref":"([A-Za-z0-9]+)"\}/g, (_, logicalId: string) => ids.get(logicalId) ?? `${stackName}-${logicalId}`)
    .replace(/\{"Fn::GetAtt":\["([A-Za-z0-9]+)","(\w+)"\]\}/g, (_, logicalId: string, attribute: string) => {
      return `${ids.get(logicalId) ?? `${stackName}-${logicalId}`}.${attribute}`;
    });
}
