import * as z from 'zod';
import { accountId, region } from '../assembly/place.ts';
import { readProperties } from '../assembly/properties.ts';
import type { Resource, Stack } from '../assembly/stack.ts';

const functionProperties = z.object({
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Role: z.string(),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()) }).default({ Variables: {} }),
  MemorySize: z.coerce.number().default(128),
  Runtime: z.string().regex(/^nodejs\d/, 'Only Node.js runs here'),
  Timeout: z.coerce.number().default(3),
  DeadLetterConfig: z.object({ TargetArn: z.string() }).optional(),
  ReservedConcurrentExecutions: z.coerce.number().optional(),
});

const invokeConfigProperties = z.object({
  FunctionName: z.string(),
  MaximumRetryAttempts: z.coerce.number().default(2),
  MaximumEventAgeInSeconds: z.coerce.number().default(21_600),
  DestinationConfig: z
    .object({
      OnFailure: z.object({ Destination: z.string() }).optional(),
      OnSuccess: z.object({ Destination: z.string() }).optional(),
    })
    .default({}),
});

/** A Lambda function as the template defines it. */
export interface FunctionDefinition {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  /** The folder of its bundle. */
  readonly directory: string;
  /** As `index.handler`. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  readonly reservedConcurrency: number | undefined;
  readonly asynchronous: AsynchronousDefinition;
}

/** What becomes of an event that nobody waits for. */
export interface AsynchronousDefinition {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  readonly onFailureArn: string | undefined;
  readonly onSuccessArn: string | undefined;
  readonly deadLetterArn: string | undefined;
}

export function readFunctions(stack: Stack): FunctionDefinition[] {
  const configs = stack.ofType('AWS::Lambda::EventInvokeConfig');
  const invokeConfigs = configs.map((config) => readProperties(invokeConfigProperties, config));
  return stack.ofType('AWS::Lambda::Function').map((resource) => {
    const config = invokeConfigs.find(({ FunctionName }) => FunctionName === resource.name);
    return readFunction(stack, resource, config ?? invokeConfigProperties.parse({ FunctionName: resource.name }));
  });
}

function readFunction(
  stack: Stack,
  resource: Resource,
  config: z.infer<typeof invokeConfigProperties>,
): FunctionDefinition {
  const { name, attributes } = resource;
  const definition = readProperties(functionProperties, resource);
  return {
    name,
    arn: attributes.Arn ?? '',
    roleArn: definition.Role,
    directory: stack.assetDirectory(definition.Code.S3Key.replace(/\.zip$/, '')),
    handler: definition.Handler,
    environment: { ...runtimeEnvironment(name, definition), ...definition.Environment.Variables },
    memoryMegabytes: definition.MemorySize,
    timeoutSeconds: definition.Timeout,
    reservedConcurrency: definition.ReservedConcurrentExecutions,
    asynchronous: {
      maximumRetryAttempts: config.MaximumRetryAttempts,
      maximumEventAgeSeconds: config.MaximumEventAgeInSeconds,
      onFailureArn: config.DestinationConfig.OnFailure?.Destination,
      onSuccessArn: config.DestinationConfig.OnSuccess?.Destination,
      deadLetterArn: definition.DeadLetterConfig?.TargetArn,
    },
  };
}

/** What Lambda itself puts into the environment. */
function runtimeEnvironment(name: string, { MemorySize, Handler, Runtime }: z.infer<typeof functionProperties>) {
  return {
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${Runtime}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `local/[$LATEST]${accountId}`,
    AWS_REGION: region,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    _HANDLER: Handler,
  };
}
