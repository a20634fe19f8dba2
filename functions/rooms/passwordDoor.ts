import type { Meeting } from '../meetings/meeting.ts';
import { isPassword } from '../meetings/password/passwordHash.ts';
import type { Limit } from '../runtime/limit.ts';
import type { LimitStore } from '../runtime/limitStore.ts';

const windowSeconds = 600;

/** An office of a whole room comes in at once, and mistypes. */
const mostFromOnePlace = 20;

/** Guesses from many places together: of a million passwords they try one in 1,600 within an hour. */
const mostInAll = 100;

/** The code of the refusal of one try too many. */
export const tooManyPasswords = 'too-many-passwords';

/** What a password is tried at. */
interface PasswordTry {
  readonly meeting: Pick<Meeting, 'id' | 'passwordHash'>;
  readonly given: string;
  /** Where it comes from: the fingerprint, in this room, of a network or of a telephone exchange. */
  readonly from: string;
}

/**
 * Whether what somebody gives is a meeting's password. Every try is counted before it is hashed, right ones too: hashing
 * is slow on purpose, and tries that come at once must not all pass as the first.
 *
 * @throws Refusal 'too-many-passwords'
 */
export async function passwordOpens(
  { meeting: { id, passwordHash }, given, from }: PasswordTry,
  limits: Pick<LimitStore, 'count'>,
  now: Date,
): Promise<boolean> {
  if (passwordHash === undefined) return true;
  // One place alone never uses up what all have.
  await limits.count(limitOf('password', from, mostFromOnePlace), now);
  await limits.count(limitOf('room-password', id, mostInAll), now);
  return isPassword(given, passwordHash);
}

function limitOf(what: string, who: string, most: number): Limit {
  return { what, who, windowSeconds, most, code: tooManyPasswords };
}
