import type { InputFault } from '../../runtime/refusal.ts';
import { beginningInput, lineInput } from '../../runtime/text/text.ts';

/** Characters. */
const longestPassword = 64;

const shortestPassword = 4;

/** What whoever comes to the room of a meeting must know beside its link; blanks at its ends are no part of it. */
export const passwordInput = lineInput(longestPassword, { least: shortestPassword });

/** A password as somebody tries it, whatever it is: blanks copied along, and letters in pieces (NFD), make it longer. */
export const passwordTry = beginningInput(4 * longestPassword);

/** What a deployment has that passwords must suit. */
export interface PasswordPlace {
  /** A number to dial. */
  readonly pstnExtension?: string | undefined;
  /** The Jitsi server that holds the conferences. */
  readonly jitsiHost?: string | undefined;
}

/** What callers say of a meeting's password. */
interface PasswordFields {
  /** Null takes it off. */
  readonly password?: string | null | undefined;
  /** As replies say it. */
  readonly isPasswordProtected?: boolean | undefined;
}

/** What is wrong with them. @param isProtected whether the meeting has a password before this */
export function passwordFaults(
  { password, isPasswordProtected }: PasswordFields,
  { isProtected }: { readonly isProtected: boolean },
  place: PasswordPlace = {},
): InputFault[] {
  const willBe = password === undefined ? isProtected : password !== null;
  const isSaidWrongly = isPasswordProtected !== undefined && isPasswordProtected !== willBe;
  return [
    ...(typeof password === 'string' ? unsuited(password, place) : []),
    ...(isSaidWrongly ? [{ path: '/isPasswordProtected', message: agreement }] : []),
  ];
}

const agreement = 'must be true where the meeting has a password, and false where it has none';

function unsuited(password: string, { jitsiHost, pstnExtension }: PasswordPlace): InputFault[] {
  if (jitsiHost !== undefined)
    return [{ path: '/password', message: 'must be absent: a Jitsi server holds the rooms' }];
  if (pstnExtension === undefined || /^[0-9]+$/.test(password)) return [];
  return [{ path: '/password', message: 'must be digits alone: people who dial in type it on a telephone' }];
}
