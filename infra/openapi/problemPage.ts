import { operations } from '../../functions/openapi/document.ts';
import { type ProblemCode, problems, titleOf } from '../../functions/openapi/problems.ts';
import { markdownTable } from './fieldTable.ts';

const introduction = `# Problems

<!-- Written by \`npm run docs\`. -->

Every refusal of the service is \`application/problem+json\` (RFC 9457):

| Member | What it says |
| --- | --- |
| \`code\` | what has happened, for programs; stable |
| \`type\` | the same as a URI reference: \`/docs/problems.md#\` and the code, after this page of the project. It is a name to compare; a deployment serves nothing there |
| \`title\` | what the code means, for people; the same at each occurrence |
| \`detail\` | what has happened this time, for people; it may change |
| \`status\` | the status of the reply |
| \`instance\` | which request it was: \`urn:request:\` and the gateway's id of it, which the reply has in \`apigw-requestid\` too |
| \`errors\` | of \`invalid-input\` alone: each fault, a hundred at most, as \`{ "path", "message" }\` |

The \`path\` of a fault is a JSON Pointer (RFC 6901): into the body (\`/participants/0/phone\`; empty for the body itself), or to a parameter
of the path, the query or the headers by its name (\`/id\`, \`/limit\`, \`/If-Match\`). No parameter of a call has the name of a field of its
body. \`message\` is the rule that is broken, and goes on from the path: "/limit must be a whole number from 1 to 100"; what is absent
"is required". Where the same call may succeed later, \`Retry-After\` says when.
`;

const codes = Object.keys(problems).filter((code): code is ProblemCode => code in problems);

/** The page of every `code`, which `docs/problems.md` holds. */
export function problemPage(): string {
  const rows = codes.map((code) => [
    `<a id="${code}"></a>\`${code}\``,
    String(problems[code].status),
    titleOf(code),
    problems[code].meaning,
    callsWith(code),
  ]);
  return `${introduction}\n${markdownTable(['Code', 'Status', 'Title', 'Meaning', 'Calls'], rows)}`;
}

const everywhere: Readonly<Record<string, string>> = {
  'user-deleted': 'all that need a token',
  'invalid-subject': 'all that need a token',
  'id-token-needed': 'all that need a token',
  'method-not-allowed': '(any other)',
  'conference-refused': '`POST /reservation/conference`',
  'conference-exists': '`POST /reservation/conference`',
  'no-such-conference': '`GET /reservation/conference/{id}`',
  'internal-error': 'all',
  'unreadable-row': 'all',
  'no-such-route': '(any other)',
};

function callsWith(code: string): string {
  const calls = Object.entries(operations).filter(([, operation]) => operation.problems.some((own) => own === code));
  const names = calls.map(([name]) => `\`${name.replace('{linkPath}', '/m')}\``);
  return everywhere[code] ?? names.join('<br>');
}
