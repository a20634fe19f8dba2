import { accountId, arnOf, partition, region, urlSuffix } from './place.ts';

/** What a resource is called, with what others may say of it. */
export interface ResourceIdentity {
  /** What `Ref` gives. */
  readonly ref: string;
  /** What `Fn::GetAtt` gives, by attribute. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Where the servers of the local run listen; each without a trailing slash. */
export interface LocalAddresses {
  /** The AWS address, as `http://127.0.0.1:4566`. */
  readonly aws: string;
  /** The HTTP API's door; of several the first one's. */
  readonly http: string;
  /** Those of the other HTTP APIs, by logical id. */
  readonly furtherHttp?: Readonly<Record<string, string>>;
  /** Where the sign-in pages of user pools are. */
  readonly signIn?: string;
  /** The WebSocket API's door, with `ws:`. */
  readonly socket: string;
}

type Identify = (
  name: string,
  properties: Readonly<Record<string, unknown>>,
  addresses: LocalAddresses,
) => ResourceIdentity;

/** The property that names a resource of the type, where it is not called `Name`; one that no template may set leaves the name to us. */
export const nameProperties: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::Api': 'ApiId',
  'AWS::ApiGatewayV2::Authorizer': 'AuthorizerId',
  'AWS::Cognito::UserPoolDomain': 'Domain',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': 'PolicyName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::SES::EmailIdentity': 'EmailIdentity',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
};

/** The resources that the local run runs. */
const running: Readonly<Record<string, Identify>> = {
  'AWS::ApiGatewayV2::Api': (name, { ProtocolType }, { http, socket }) => ({
    ref: name,
    attributes: { ApiId: name, ApiEndpoint: ProtocolType === 'WEBSOCKET' ? socket : http },
  }),
  'AWS::ApiGatewayV2::Authorizer': byName('AuthorizerId'),
  'AWS::ApiGatewayV2::Integration': byName('IntegrationId'),
  'AWS::ApiGatewayV2::Route': byName('RouteId'),
  'AWS::ApiGatewayV2::Stage': (_, { StageName }) => ({ ref: String(StageName), attributes: {} }),
  'AWS::Cognito::UserPool': (name) => {
    const poolId = `${region}_${name}`;
    const provider = `cognito-idp.${region}.${urlSuffix}/${poolId}`;
    return {
      ref: poolId,
      attributes: {
        Arn: arnOf('cognito-idp', `userpool/${poolId}`),
        ProviderName: provider,
        ProviderURL: `https://${provider}`,
        UserPoolId: poolId,
      },
    };
  },
  'AWS::Cognito::UserPoolClient': byName('ClientId'),
  'AWS::Cognito::UserPoolDomain': byName('Domain'),
  'AWS::Cognito::UserPoolGroup': byName('GroupName'),
  'AWS::DynamoDB::Table': (name) => {
    const arn = arnOf('dynamodb', `table/${name}`);
    return { ref: name, attributes: { Arn: arn, StreamArn: `${arn}/stream/2026-01-01T00:00:00.000` } };
  },
  'AWS::Events::EventBus': (name) => ({
    ref: name,
    attributes: { Arn: arnOf('events', `event-bus/${name}`), Name: name },
  }),
  'AWS::Events::Rule': (name, { EventBusName = 'default' }) => {
    const bus = String(EventBusName).split('/').at(-1);
    return {
      ref: name,
      attributes: { Arn: arnOf('events', bus === 'default' ? `rule/${name}` : `rule/${bus}/${name}`) },
    };
  },
  'AWS::IAM::ManagedPolicy': (name) => {
    const arn = globalArn('iam', `policy/${name}`);
    return { ref: arn, attributes: { PolicyArn: arn } };
  },
  'AWS::IAM::Policy': byName('Id'),
  'AWS::IAM::Role': (name) => ({
    ref: name,
    attributes: { Arn: globalArn('iam', `role/${name}`), RoleId: `AROA${name.toUpperCase()}` },
  }),
  'AWS::Lambda::EventInvokeConfig': byName('Id'),
  'AWS::Lambda::EventSourceMapping': byName('Id'),
  'AWS::Lambda::Function': (name) => ({ ref: name, attributes: { Arn: arnOf('lambda', `function:${name}`) } }),
  'AWS::Lambda::Permission': byName('Id'),
  'AWS::SES::ConfigurationSet': byName('Name'),
  'AWS::SES::ConfigurationSetEventDestination': byName('Id'),
  'AWS::SQS::Queue': (name, _, { aws }) => {
    const url = `${aws}/${accountId}/${name}`;
    return { ref: url, attributes: { Arn: arnOf('sqs', name), QueueName: name, QueueUrl: url } };
  },
  'AWS::SQS::QueuePolicy': byName('Id'),
  'AWS::Scheduler::ScheduleGroup': (name) => ({
    ref: name,
    attributes: { Arn: arnOf('scheduler', `schedule-group/${name}`) },
  }),
  'AWS::SecretsManager::Secret': (name) => {
    const arn = arnOf('secretsmanager', `secret:${name}-local0`);
    return { ref: arn, attributes: { Id: arn } };
  },
  'AWS::SSM::Parameter': (name, { Value }) => ({ ref: name, attributes: { Value: String(Value) } }),
};

/** The resources that do nothing which a caller of the service could see. */
const inert: Readonly<Record<string, Identify>> = {
  'AWS::ApiGatewayV2::ApiMapping': byName('ApiMappingId'),
  'AWS::ApiGatewayV2::DomainName': (_, { DomainName }, { http }) => ({
    ref: String(DomainName),
    attributes: { RegionalDomainName: new URL(http).host, RegionalHostedZoneId: 'Z0LOCAL' },
  }),
  'AWS::CDK::Metadata': byName('Id'),
  'AWS::CloudWatch::Alarm': (name) => ({ ref: name, attributes: { Arn: arnOf('cloudwatch', `alarm:${name}`) } }),
  'AWS::CloudWatch::CompositeAlarm': (name) => ({
    ref: name,
    attributes: { Arn: arnOf('cloudwatch', `alarm:${name}`) },
  }),
  'AWS::CloudWatch::Dashboard': byName('Id'),
  'AWS::Cognito::ManagedLoginBranding': byName('ManagedLoginBrandingId'),
  'AWS::Cognito::UserPoolResourceServer': byName('Identifier'),
  'AWS::Logs::LogGroup': (name) => ({ ref: name, attributes: { Arn: `${arnOf('logs', `log-group:${name}`)}:*` } }),
  'AWS::Logs::MetricFilter': byName('Id'),
  'AWS::Logs::QueryDefinition': byName('QueryDefinitionId'),
  'AWS::Logs::ResourcePolicy': byName('Id'),
  'AWS::SES::EmailIdentity': byName('Id'),
  'AWS::SNS::PlatformApplication': byName('Id'),
  'AWS::SNS::Subscription': byName('Arn'),
  'AWS::SNS::Topic': (name) => {
    const arn = arnOf('sns', name);
    return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
  },
  'AWS::SNS::TopicPolicy': byName('Id'),
};

/** @returns how to identify resources of the type; undefined where the local run does not know the type */
export function identifyBy(type: string): Identify | undefined {
  return running[type] ?? inert[type];
}

function byName(attribute: string): Identify {
  return (name) => ({ ref: name, attributes: { [attribute]: name } });
}

function globalArn(service: string, resource: string): string {
  return `arn:${partition}:${service}::${accountId}:${resource}`;
}
