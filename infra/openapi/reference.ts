import { callers, type Verdict, verdictsOf } from '../../functions/openapi/access.ts';
import { componentSchemas, replies } from '../../functions/openapi/components.ts';
import { operationIdOf, operations } from '../../functions/openapi/document.ts';
import type { JsonSchema } from '../../functions/openapi/jsonSchema.ts';
import { type Operation, type Parameter, type Reply, tags } from '../../functions/openapi/operation.ts';
import { byStatus } from '../../functions/openapi/problems.ts';
import { routes } from '../../functions/routes.ts';
import type { Route } from '../../functions/runtime/route.ts';
import { fieldTable, markdownTable, meaningOf, typeText } from './fieldTable.ts';

const schemas = componentSchemas();

/** The page of every call, which `docs/api.md` holds. */
export function apiPage(): string {
  return [introduction, ...admissionSection(), ...Object.entries(tags).flatMap(sectionOf), ...repliesSection()].join(
    '\n',
  );
}

const introduction = `# The API

<!-- Written by \`npm run docs\` from the schemas that validate. -->

JSON over HTTPS. The same as a document for machines: [\`openapi.json\`](../openapi.json), which each deployment serves
at \`/openapi.json\` with its own path of links (here \`/m\`).

- **Who calls.** \`Authorization: Bearer\` with a token of the deployment's issuer; of a Cognito user pool the ID token.
  Calls marked *open* need none.
- **Instants** go in as RFC 3339 with an offset (\`2027-03-01T09:30:00+01:00\`) or as epoch milliseconds, and come out as
  RFC 3339 UTC. The times of meetings may also be what the clocks of a zone show,
  \`{ "dateTime": "2027-03-28T02:30", "timeZone": "Europe/Madrid" }\`: of what they show twice the first, of what they
  skip as long after the gap (RFC 5545, section 3.3.5), so this is 03:30. A new meeting has the zone of its start.
- **Fields** that are not known are refused. Replies may come to hold more fields than are written here.
- **Refusals** are problem documents (RFC 9457) with a stable \`code\`; [all of them](problems.md). Of faulty input
  every fault is named at once:

  \`\`\`json
  {
    "type": "/docs/problems.md#invalid-input",
    "title": "The input is not as it must be",
    "status": 400,
    "code": "invalid-input",
    "detail": "/participants/2/email must be a mail address such as ana@example.org, of at most 254 characters.",
    "instance": "urn:request:JKJaXmPLvHcESHA=",
    "errors": [
      { "path": "/participants/2/email", "message": "must be a mail address such as ana@example.org, of at most 254 characters" }
    ]
  }
  \`\`\`

- **Methods.** An address answers a method that it has not with 405 and \`Allow\`. HEAD is answered as GET at *open*
  addresses. An address that ends in a slash is another one: 404.
- **Beside the problems of each call** there are \`user-deleted\`, \`invalid-subject\` and \`id-token-needed\` (403) wherever
  a token is needed, \`internal-error\` and \`unreadable-row\` (500), and what the gateway
  answers by itself, as \`{"message": "…"}\`: 401 without a token that counts, 413 for a body of more than 10 MB, 429
  for too many calls at once, and 503.

## A typed client

In TypeScript, calls and answers are typed by the document ([openapi-typescript](https://openapi-ts.dev)); a test compiles
and runs [such a client](../test/openapi/client/client.ts):

\`\`\`sh
npm install openapi-fetch && npm install --save-dev openapi-typescript typescript@5
npx openapi-typescript https://meetings.example.org/openapi.json --output meetings.d.ts
\`\`\`

\`\`\`ts
const client = createClient<paths>({ baseUrl: 'https://meetings.example.org', headers: { authorization: \`Bearer \${token}\` } });
const { data, error } = await client.GET('/meetings/{id}', { params: { path: { id } } });
\`\`\`

\`error\` is a problem, which has a \`code\`, or what the gateway says, which has none: \`'code' in error\` tells them apart.
`;

type Call = readonly [Route, Operation];

const calls = routes.flatMap((route): Call[] => {
  const operation = operations[nameOf(route)];
  return operation ? [[route, operation]] : [];
});

function nameOf({ method, path }: Route): string {
  return `${method} ${path}`;
}

/** Who may do what; the same table is tried on the running service. */
function admissionSection(): string[] {
  const marks: Readonly<Record<Verdict, string>> = { in: 'yes', 401: '401', 403: '403', 404: '404' };
  const rows = calls.map(([route]) => [
    `\`${shownName(route)}\``,
    ...verdictsOf(route).map((verdict) => marks[verdict]),
  ]);
  return [
    '## Who may do what\n',
    'Who organizes a meeting, and a co-host of one with `cohostsManage`, need the capability `meetings` to manage it; an exchange',
    'that dials in needs `dial-in`. Of a call about a meeting the columns say who one is to that meeting.\n',
    markdownTable(['Call', ...callers.map((caller) => capitalized(caller))], rows),
  ];
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function sectionOf([tag, meaning]: [string, string]): string[] {
  const own = calls.filter(([, operation]) => operation.tag === tag);
  const rows = own.map(([route, { summary }]) => [`[\`${shownName(route)}\`](#${anchorOf(route)})`, summary]);
  return [`## ${tag}\n`, `${meaning}\n`, markdownTable(['Call', ''], rows), ...own.flatMap(callOf)];
}

/** With the usual path of links. */
function shownName(route: Route): string {
  return nameOf(route).replace('{linkPath}', '/m');
}

/** As GitHub makes it of a heading. */
function anchorOf(route: Route): string {
  return shownName(route)
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}

function callOf([route, operation]: Call): string[] {
  const { summary, description, parameters = [], body, capability } = operation;
  return [
    `### ${shownName(route)}\n`,
    `**${summary}.**${description === undefined ? '' : ` ${description}`}${route.access === 'open' ? ' *Open.*' : ''}${capability ? ` *Needs \`${capability}\`.*` : ''} Operation \`${operationIdOf(route)}\`.\n`,
    ...(parameters.length > 0 ? [parameterTable(parameters)] : []),
    ...(body ? [bodyText(body)] : []),
    ...(body || parameters.length > 0 ? [exampleCall(route, operation)] : []),
    ...operation.replies.map(replyText),
    ...problemText(operation),
  ];
}

function parameterTable(parameters: readonly Parameter[]): string {
  const rows = parameters.map((parameter) => [
    `\`${parameter.name}\`${parameter.required ? '' : ' (optional)'}`,
    parameter.in,
    typeText(parameter.schema, schemas),
    meaningOf({ ...parameter.schema, description: parameter.description }, schemas),
  ]);
  return markdownTable(['Parameter', 'In', 'Type', 'Meaning'], rows);
}

function bodyText({ schema, mergePatch, required }: NonNullable<Operation['body']>): string {
  const named = schemaOf(schema);
  const heading = `Body${required ? '' : ' (optional)'}${mergePatch ? ', `application/merge-patch+json`' : ''}`;
  if (!named.properties) return `${heading}: an empty object.\n`;
  return `${heading}: ${named.description ?? ''}\n\n${fieldTable(named, schemas)}`;
}

function schemaOf(schema: JsonSchema): JsonSchema {
  return (schema.$ref && schemas[schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)]) || schema;
}

function exampleCall(route: Route, { parameters = [], body }: Operation): string {
  const given = parameters.filter(({ example }) => example !== undefined);
  const path = given
    .filter((parameter) => parameter.in === 'path')
    .reduce((text, { name, example }) => text.replace(`{${name}}`, String(example)), shownName(route));
  const lines = [
    path,
    ...given.filter((parameter) => parameter.in === 'header').map(({ name, example }) => `${name}: ${example}`),
    ...(body ? [`Content-Type: ${body.mergePatch ? 'application/merge-patch+json' : 'application/json'}`, ''] : []),
    ...(body ? [JSON.stringify(body.example, null, 2)] : []),
  ];
  return `\`\`\`http\n${lines.join('\n')}\n\`\`\`\n`;
}

function replyText(reply: Reply): string {
  const { status, description, headers = [], json, other = {}, example } = reply;
  const kinds = [json && `[${json}](#${json.toLowerCase()})`, ...Object.keys(other).map((type) => `\`${type}\``)];
  const kind = kinds.filter(Boolean).join(' or ');
  const named = headers.length > 0 ? ` Headers: ${headers.map((name) => `\`${name}\``).join(', ')}.` : '';
  const shown = isFirst(reply) ? `\n\`\`\`json\n${JSON.stringify(example, null, 2)}\n\`\`\`\n` : '';
  return `**${status}** ${description}${kind === '' ? '' : ` ${kind}.`}${named}\n${shown}`;
}

/** Whether nothing of its kind has been shown before: a meeting looks the same wherever it is answered. */
function isFirst(reply: Reply): boolean {
  const all = calls.flatMap(([, operation]) => operation.replies);
  return reply.example !== undefined && all.find(({ json }) => json === reply.json) === reply;
}

function problemText({ problems }: Operation): string[] {
  const groups = [...byStatus(problems)];
  if (groups.length === 0) return [];
  const linked = groups.map(
    ([status, codes]) => `${status} ${codes.map((code) => `[\`${code}\`](problems.md#${code})`).join(', ')}`,
  );
  return [`Refused with ${linked.join(' · ')}\n`];
}

function repliesSection(): string[] {
  const shown = Object.keys(replies).filter((name) => name !== 'Problem' && name !== 'GatewayMessage');
  return [
    '## What is answered\n',
    ...shown.flatMap((name) => {
      const schema = schemas[name] ?? {};
      return [`### ${name}\n`, `${schema.description ?? ''}\n`, fieldTable(schema, schemas)];
    }),
  ];
}
