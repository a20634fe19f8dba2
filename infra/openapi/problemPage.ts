import { operations } from '../../functions/openapi/document.ts';
import { problems } from '../../functions/openapi/problems.ts';
import { table } from './fieldTable.ts';

const introduction = `# Problems

<!-- Written by \`npm run openapi\`. -->

Every refusal of the service is \`application/problem+json\` (RFC 9457). \`code\` says for programs what has happened, and is
stable; \`title\` says it for people, and may change. Where the same call may succeed later, \`Retry-After\` says when.
`;

/** The page of every `code`, which `docs/problems.md` holds. */
export function problemPage(): string {
  const rows = Object.entries(problems).map(([code, { status, meaning }]) => [
    `<a id="${code}"></a>\`${code}\``,
    String(status),
    meaning,
    callsWith(code),
  ]);
  return `${introduction}\n${table(['Code', 'Status', 'Meaning', 'Calls'], rows)}`;
}

const everywhere: Readonly<Record<string, string>> = {
  'user-deleted': 'all that need a token',
  'internal-error': 'all',
  'no-such-route': '(any other)',
};

function callsWith(code: string): string {
  const calls = Object.entries(operations).filter(([, operation]) => operation.problems.some((own) => own === code));
  const names = calls.map(([name]) => `\`${name.replace('{linkPath}', '/m')}\``);
  return everywhere[code] ?? names.join('<br>');
}
