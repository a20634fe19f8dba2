import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { VariableName } from '../functions/runtime/environment.ts';
import { acknowledge, acknowledgeWildcard } from './acknowledge.ts';
import type { Bundles } from './bundle.ts';

export type Environment = Partial<Record<VariableName, string>>;

/** What all functions of a deployment have in common. */
export interface FunctionDefaults {
  readonly bundles: Bundles;
  readonly environment: Environment;
  readonly logRetentionDays: RetentionDays;
  readonly isTraced?: boolean;
}

interface FunctionOptions {
  /** Its entry point, below `functions/handlers/` and without `.handler.ts`. */
  readonly handler: string;
  /** Its name in the template, where several share an entry point. Default: the handler's own. */
  readonly name?: string;
  readonly environment?: Environment;
  readonly timeout?: Duration;
  readonly memoryMegabytes?: number;
}

/** One Lambda function, with a role and a log group of its own. */
export function createFunction(scope: Construct, defaults: FunctionDefaults, options: FunctionOptions): LambdaFunction {
  const id = options.name ?? nameOf(options.handler);
  const logGroup = new LogGroup(scope, `${id}Log`, {
    retention: defaults.logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const made = new LambdaFunction(scope, id, {
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: Code.fromAsset(defaults.bundles(options.handler)),
    handler: 'index.handler',
    memorySize: options.memoryMegabytes ?? 512,
    timeout: options.timeout ?? Duration.seconds(15),
    environment: { ...defaults.environment, ...options.environment },
    loggingFormat: LoggingFormat.TEXT,
    logGroup,
    tracing: defaults.isTraced ? Tracing.ACTIVE : Tracing.DISABLED,
  });
  acknowledge(made, accepted);
  if (defaults.isTraced) acknowledgeWildcard(made, '*', 'X-Ray takes traces for no resource in particular.');
  return made;
}

const accepted = {
  'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]':
    'AWS’s own policy for just this: to write logs.',
  'Serverless-LambdaDLQ':
    'A gateway, a queue or a stream waits for the answer; what Scheduler starts has a destination for its failures.',
  'Serverless-LambdaTracing': 'By the setting tracing, since X-Ray costs by the trace.',
};

/** `http/meetings/createMeeting` is `CreateMeeting` in the template. */
export function nameOf(handler: string): string {
  const name = handler.slice(handler.lastIndexOf('/') + 1);
  return name.charAt(0).toUpperCase() + name.slice(1);
}
