import * as z from 'zod';
import { readProperties } from '../assembly/properties.ts';
import type { Resource, Stack } from '../assembly/stack.ts';

const apiProperties = z.object({
  ProtocolType: z.string(),
  CorsConfiguration: z
    .object({
      AllowCredentials: z.boolean().default(false),
      AllowHeaders: z.array(z.string()).default([]),
      AllowMethods: z.array(z.string()).default([]),
      AllowOrigins: z.array(z.string()).default([]),
      ExposeHeaders: z.array(z.string()).default([]),
      MaxAge: z.coerce.number().optional(),
    })
    .optional(),
  RouteSelectionExpression: z.string().optional(),
});

const routeProperties = z.object({
  ApiId: z.string(),
  AuthorizationScopes: z.array(z.string()).default([]),
  AuthorizationType: z.enum(['NONE', 'JWT']).default('NONE'),
  AuthorizerId: z.string().optional(),
  RouteKey: z.string(),
  Target: z.string(),
});

const integrationProperties = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.string().optional(),
  TimeoutInMillis: z.coerce.number().default(30_000),
});

const authorizerProperties = z.object({
  AuthorizerType: z.literal('JWT'),
  IdentitySource: z.tuple([z.literal('$request.header.Authorization')]),
  JwtConfiguration: z.object({ Audience: z.array(z.string()), Issuer: z.string() }),
});

const throttling = z.object({
  ThrottlingBurstLimit: z.coerce.number().optional(),
  ThrottlingRateLimit: z.coerce.number().optional(),
});

const stageProperties = z.object({
  ApiId: z.string(),
  DefaultRouteSettings: throttling.default({}),
  RouteSettings: z.record(z.string(), throttling).default({}),
  StageName: z.string(),
  StageVariables: z.record(z.string(), z.string()).optional(),
});

export type CorsConfiguration = NonNullable<z.infer<typeof apiProperties>['CorsConfiguration']>;
export type JwtConfiguration = z.infer<typeof authorizerProperties>['JwtConfiguration'];
export type Throttling = z.infer<typeof throttling>;

/** A route with what is behind it. */
export interface GatewayRoute {
  /** As `GET /things/{id}` or `$default`. */
  readonly routeKey: string;
  readonly functionArn: string;
  readonly timeoutMs: number;
  /** Absent: open to all. */
  readonly jwt: (JwtConfiguration & { readonly scopes: readonly string[] }) | undefined;
  readonly throttling: Throttling;
}

/** An API with its one stage. */
export interface Api {
  readonly id: string;
  readonly logicalId: string;
  readonly stageName: string;
  readonly stageVariables: Readonly<Record<string, string>> | undefined;
  readonly cors: CorsConfiguration | undefined;
  readonly routeSelection: string | undefined;
  readonly routes: readonly GatewayRoute[];
}

/**
 * Reads the WebSocket API from the template.
 *
 * @returns undefined where the template has none
 * @throws where it has several, and for a kind of route or integration that the local run does not know
 */
export function readSocketApi(stack: Stack): Api | undefined {
  const [api, ...others] = readApis(stack, 'WEBSOCKET');
  if (others.length > 0)
    throw new Error(`The local run serves one WebSocket API, the template has ${others.length + 1}`);
  return api;
}

/**
 * Reads the APIs of that protocol from the template.
 *
 * @throws for a kind of route, integration or authorizer that the local run does not know
 */
export function readApis(stack: Stack, protocol: 'HTTP' | 'WEBSOCKET'): Api[] {
  const apis = stack.ofType('AWS::ApiGatewayV2::Api').filter(({ properties }) => properties.ProtocolType === protocol);
  return apis.map((api) => readApi(stack, api));
}

function readApi(stack: Stack, api: Resource): Api {
  const { CorsConfiguration, RouteSelectionExpression } = readProperties(apiProperties, api);
  const stages = stack.ofType('AWS::ApiGatewayV2::Stage').map((resource) => readProperties(stageProperties, resource));
  const stage = stages.find(({ ApiId }) => ApiId === api.ref);
  if (stage === undefined) throw new Error(`The API ${api.logicalId} has no stage`);
  const routes = stack
    .ofType('AWS::ApiGatewayV2::Route')
    .filter(({ properties }) => properties.ApiId === api.ref)
    .map((route) => readRoute(stack, route, stage));
  return {
    id: api.ref,
    logicalId: api.logicalId,
    stageName: stage.StageName,
    stageVariables: stage.StageVariables,
    cors: CorsConfiguration,
    routeSelection: RouteSelectionExpression,
    routes,
  };
}

function readRoute(stack: Stack, resource: Resource, stage: z.infer<typeof stageProperties>): GatewayRoute {
  const { RouteKey, Target, AuthorizationType, AuthorizerId, AuthorizationScopes } = readProperties(
    routeProperties,
    resource,
  );
  const integration = readProperties(integrationProperties, find(stack, Target.replace('integrations/', '')));
  const authorizer =
    AuthorizationType === 'JWT' && readProperties(authorizerProperties, find(stack, AuthorizerId ?? ''));
  return {
    routeKey: RouteKey,
    functionArn: functionOf(integration.IntegrationUri),
    timeoutMs: integration.TimeoutInMillis,
    jwt: authorizer ? { ...authorizer.JwtConfiguration, scopes: AuthorizationScopes } : undefined,
    throttling: { ...stage.DefaultRouteSettings, ...stage.RouteSettings[RouteKey] },
  };
}

/** An HTTP API names the function, a WebSocket API the path of its invocation. */
function functionOf(uri: string): string {
  return /\/functions\/(arn:[^/]+)\/invocations$/.exec(uri)?.[1] ?? uri;
}

function find(stack: Stack, ref: string): Resource {
  const found = stack.resources.find(
    (resource) => resource.ref === ref && resource.type.startsWith('AWS::ApiGatewayV2::'),
  );
  if (found === undefined) throw new Error(`The template has no ${ref}`);
  return found;
}
