import { type Finding, unknown } from './finding.ts';

/** The names by which AWS's services say that IAM does not allow a call (each service's API reference, "Common Errors"). */
const denials: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'AuthorizationErrorException',
  'UnauthorizedOperation',
]);

/** The finding where a question was not answered. @param check what it was for @param action as IAM names it */
export function judgeRefusal(check: string, action: string, error: unknown): Finding {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (denials.has(name))
    return unknown(check, {
      found: 'not allowed to ask',
      needed: action,
      says: message,
      mend: [`allow ${action}; npm run doctor -- --policy prints all that is asked`],
    });
  return unknown(check, {
    found: 'no answer',
    needed: action,
    says: `${name}: ${message}`,
    mend: ['call it again; where it stays so, AWS may not have the service in this region'],
  });
}

/** What was asked for; undefined where AWS answers with an error of that name, which says that there is none. */
export async function unlessNamed<Reply>(name: string, asked: Promise<Reply>): Promise<Reply | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && error.name === name) return undefined;
    throw error;
  }
}
