import { isPasswordProtected } from '../../meetings/meeting.ts';
import { Refusal } from '../../runtime/refusal.ts';
import { passwordOpens, tooManyPasswords } from '../passwordDoor.ts';
import type { RoomAccess } from '../roomAccess.ts';
import type { JoinRefusal } from '../signalling/protocol.ts';
import type { RoomServices } from './roomServices.ts';
import { seatingOf } from './seating.ts';
import { type Applicant, newcomerOf, type takeSeat } from './takeSeat.ts';

interface PasswordQuestion {
  readonly access: RoomAccess;
  readonly applicant: Applicant;
  readonly rules: Parameters<typeof takeSeat>[3];
  readonly given: string | undefined;
}

/**
 * Why somebody is not let in who has to know the password. Whoever has a seat, or had one a moment ago, has known one. A
 * room that is full says so and looks at no password: pages try again by themselves, and that is no guessing.
 */
export async function passwordRefusal(
  { rooms, limits }: Pick<RoomServices, 'rooms' | 'limits'>,
  { access: { meeting }, applicant, rules, given }: PasswordQuestion,
  now: Date,
): Promise<JoinRefusal | undefined> {
  if (!meeting || !isPasswordProtected(meeting) || applicant.host) return undefined;
  const seating = seatingOf(await rooms.read(meeting.id), newcomerOf(applicant), rules, now);
  if (seating.answer === 'sit' && seating.returns) return undefined;
  // A lock may be about to open: `takeSeat` knows.
  if (seating.answer === 'refuse' && seating.reason !== 'locked') return seating.reason;
  if (given === undefined) return 'password-needed';
  const from = applicant.network ?? applicant.connectionId;
  try {
    return (await passwordOpens({ meeting, given, from }, limits, now)) ? undefined : 'password';
  } catch (error) {
    if (error instanceof Refusal && error.code === tooManyPasswords) return 'password-limit';
    throw error;
  }
}
