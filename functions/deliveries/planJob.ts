import * as z from 'zod/mini';
import type { InvitationJob } from './job.ts';

/** What is left to plan of a meeting, as the planning queue holds it. */
export const planJobSchema = z.strictObject({
  kind: z.enum(['invitations', 'reminders']),
  meetingId: z.string(),
  /** The meeting as it was; once it is another, its own change plans all that is owed. */
  revision: z.int(),
  /** Of invitations: the id of the person up to whom all is planned. */
  after: z.optional(z.string()),
});

export type PlanJob = Readonly<z.output<typeof planJobSchema>>;

/** Some people's jobs, and after whom it is to go on; undefined where nobody is left. */
export interface Part {
  readonly jobs: readonly InvitationJob[];
  readonly next: string | undefined;
}

/**
 * The jobs of the first `most` people behind `after` for whom there are any.
 *
 * @param jobs all that is owed
 * @param people everybody for whom there may be jobs, in their order; it must be the same in every part
 */
export function partOf(
  jobs: readonly InvitationJob[],
  people: readonly { readonly id: string }[],
  after: string | undefined,
  most: number,
): Part {
  const byPerson = Map.groupBy(jobs, ({ participantId }) => participantId);
  const from = people.findIndex(({ id }) => id === after) + 1;
  const waiting = people.slice(from).filter(({ id }) => byPerson.has(id));
  const some = waiting.slice(0, most);
  return {
    jobs: some.flatMap(({ id }) => byPerson.get(id) ?? []),
    next: waiting.length > most ? some.at(-1)?.id : undefined,
  };
}
