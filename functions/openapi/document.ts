import { routes } from '../routes.ts';
import { problemType } from '../runtime/refusals/problems.ts';
import type { Route } from '../runtime/route.ts';
import { componentSchemas, type ReplyName } from './components.ts';
import { webhookDescriptions } from './events.ts';
import { type JsonSchema, referenceTo } from './jsonSchema.ts';
import { meetingOperations } from './meetingOperations.ts';
import { type HeaderName, type Operation, type Operations, type Reply, tags } from './operation.ts';
import { byStatus, type ProblemCode, problems, titleOf } from './problems.ts';
import { roomOperations } from './roomOperations.ts';
import { serviceOperations } from './serviceOperations.ts';
import { userOperations } from './userOperations.ts';
import { webhookOperations } from './webhookOperations.ts';

/** What is said of each route; `$default` alone has nothing to say. */
export const operations: Operations = {
  ...meetingOperations,
  ...userOperations,
  ...webhookOperations,
  ...roomOperations,
  ...serviceOperations,
};

/**
 * The API as an OpenAPI 3.1 document: every route, and the JSON Schemas of the very schemas that validate.
 *
 * @param linkPath what the paths of meeting links begin with
 * @throws Error for a route of which nothing is said
 */
export function openapiDocument(linkPath: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes.filter(({ path }) => path !== '$default')) {
    const path = route.path.replace('{linkPath}', linkPath);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationObject(route) };
  }
  return {
    openapi: '3.1.1',
    info,
    servers: [{ url: '/' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    webhooks: webhookDescriptions(),
    components: { securitySchemes, headers, responses: gatewayReplies, schemas: componentSchemas() },
  };
}

const info = {
  title: 'Meetings and public rooms',
  version: '0.1.0',
  description: [
    'Schedules meetings, invites people by mail and SMS, reminds them, and opens the room behind every link.',
    'Instants go in as RFC 3339 with an offset, or as epoch milliseconds, and come out as RFC 3339 UTC; times of meetings also go in as what the clocks of a zone show.',
    'Fields that are not known are refused; replies may come to say more than this document does.',
    'Whatever is refused is a problem (RFC 9457) with a stable `code`, but for what the gateway answers by itself.',
    'An address answers a method that it has not with 405 and `Allow`; HEAD is answered as GET where no token is needed.',
  ].join('\n'),
  license: { name: 'MIT', identifier: 'MIT' },
};

const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      "A token of the deployment's issuer, signed with RS256; of a Cognito user pool the ID token, since its access tokens hold no addresses. `docs/sign-in.md` tells how to get one.",
  },
};

const headers: Readonly<Record<HeaderName | 'Retry-After' | 'WWW-Authenticate', unknown>> = {
  ETag: {
    description: 'The entity tag of what is answered; of a meeting it stands for the revision.',
    required: true,
    schema: { type: 'string' },
    example: '"1"',
  },
  Location: { description: 'Where it is.', required: true, schema: { type: 'string' } },
  'Cache-Control': { description: 'How long it may be kept.', required: true, schema: { type: 'string' } },
  'Retry-After': { description: 'Seconds after which the same call may succeed.', schema: { type: 'integer' } },
  'WWW-Authenticate': { description: 'What is wrong with the token.', schema: { type: 'string' } },
};

const gatewayReplies = {
  Unauthorized: {
    description: 'There is no token, or none that counts.',
    headers: { 'WWW-Authenticate': { $ref: '#/components/headers/WWW-Authenticate' } },
    content: gatewayContent('Unauthorized'),
  },
  PayloadTooLarge: {
    description: 'The body is larger than 10 MB.',
    content: gatewayContent('Request Entity Too Large'),
  },
  TooManyRequests: { description: 'Too many calls at once.', content: gatewayContent('Too Many Requests') },
  InternalError: {
    description:
      '`internal-error`: The service failed to answer; the same call may be tried again. `unreadable-row`: another release of the service wrote what it needs.',
    content: { ...problemContent(['internal-error', 'unreadable-row']), ...gatewayContent('Internal Server Error') },
  },
  Unavailable: {
    description:
      'The service did not answer in time; the same call may be tried again. `unreadable-row`: another release of the service wrote what it needs.',
    content: gatewayContent('Service Unavailable'),
  },
};

/** A route as the document shows it. */
function operationObject(route: Route): object {
  const operation = operations[`${route.method} ${route.path}`];
  if (!operation) throw new Error(`Nothing is said of ${route.method} ${route.path}`);
  const { tag, summary, description, parameters, body, capability } = operation;
  return {
    operationId: operationIdOf(route),
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(parameters ? { parameters } : {}),
    ...(body ? { requestBody: bodyOf(body) } : {}),
    responses: responsesOf(operation, route.access === 'user'),
    // Of other schemes than OAuth2 these are the roles that the call needs (OpenAPI 3.1, "Security Requirement Object").
    security: route.access === 'user' ? [{ bearer: capability ? [capability] : [] }] : [],
  };
}

/** An operation is called as its handler is. */
export function operationIdOf({ handler }: Route): string {
  return handler.slice(handler.lastIndexOf('/') + 1);
}

function bodyOf({ schema, mergePatch = false, required, example }: NonNullable<Operation['body']>) {
  const content = { schema, example };
  return {
    required,
    content: {
      ...(mergePatch ? { 'application/merge-patch+json': content } : {}),
      'application/json': content,
    },
  };
}

function responsesOf({ replies, problems: own, body }: Operation, closed: boolean): Record<string, unknown> {
  const shared = (name: keyof typeof gatewayReplies) => ({ $ref: `#/components/responses/${name}` });
  const refusals = [...byStatus(closed ? [...own, 'user-deleted', 'invalid-subject', 'id-token-needed'] : own)];
  return {
    ...Object.fromEntries(replies.map((reply) => [reply.status, successOf(reply)])),
    ...(closed ? { 401: shared('Unauthorized') } : {}),
    ...(body ? { 413: shared('PayloadTooLarge') } : {}),
    429: shared('TooManyRequests'),
    500: shared('InternalError'),
    503: shared('Unavailable'),
    ...Object.fromEntries(refusals.map(([status, codes]) => [status, refusalOf(status, codes)])),
  };
}

function successOf({ description, headers: names = [], json, other = {}, example }: Reply) {
  const own = json ? { 'application/json': { ...contentOf(json), example } } : {};
  const media = Object.fromEntries(Object.entries(other).map(([type, schema]) => [type, { schema }]));
  return {
    description,
    ...(names.length > 0 ? { headers: Object.fromEntries(names.map((name) => [name, headerReference(name)])) } : {}),
    ...(json || Object.keys(other).length > 0 ? { content: { ...own, ...media } } : {}),
  };
}

function headerReference(name: string) {
  return { $ref: `#/components/headers/${name}` };
}

function contentOf(name: ReplyName): { schema: JsonSchema } {
  return { schema: { $ref: referenceTo(name) } };
}

function refusalOf(status: number, codes: readonly ProblemCode[]) {
  const mayPass = status === 429 || codes.includes('meeting-busy');
  return {
    description: codes.map((code) => `\`${code}\`: ${problems[code].meaning}`).join('\n\n'),
    ...(mayPass ? { headers: { 'Retry-After': headerReference('Retry-After') } } : {}),
    content: { ...problemContent(codes), ...(status === 429 ? gatewayContent('Too Many Requests') : {}) },
  };
}

function problemContent(codes: readonly ProblemCode[]) {
  const [first] = codes;
  return {
    'application/problem+json': {
      schema: {
        allOf: [
          { $ref: referenceTo('Problem') },
          { type: 'object', properties: { code: { type: 'string', enum: [...codes].sort() } } },
        ],
      },
      ...(first ? { example: exampleOf(first) } : {}),
    },
  };
}

function exampleOf(code: ProblemCode) {
  const errors = [{ path: '/name', message: 'is required' }];
  return {
    type: problemType(code),
    title: titleOf(code),
    status: problems[code].status,
    code,
    detail: code === 'invalid-input' ? '/name is required.' : problems[code].meaning,
    instance: 'urn:request:JKJaXmPLvHcESHA=',
    ...(code === 'invalid-input' ? { errors } : {}),
  };
}

function gatewayContent(message: string) {
  return { 'application/json': { ...contentOf('GatewayMessage'), example: { message } } };
}
