import * as z from 'zod/mini';
import type { InvitationJob } from './job.ts';

/** What is left to plan of a meeting, as the planning queue holds it. */
export const planJobSchema = z.strictObject({
  kind: z.enum(['invitations', 'reminders']),
  meetingId: z.string(),
  /** The meeting as it was; once it is another, its own change plans all that is owed. */
  revision: z.int(),
  /** The id of the person up to whom all is planned. */
  after: z.optional(z.string()),
});

export type PlanJob = Readonly<z.output<typeof planJobSchema>>;

/** Of a larger meeting the planning queue plans for the others: nobody waits until all of it is planned. */
export const peopleAtFirst = 100;

/** Which people to plan for: those behind a person, and how many of them at most. */
export interface PeopleToPlan {
  readonly after?: string | undefined;
  readonly most: number;
}

/** The people of one part, and after whom it is to go on; undefined where nobody is left. */
export function peopleOfPart(
  ids: readonly string[],
  { after, most }: PeopleToPlan,
): { readonly part: ReadonlySet<string>; readonly next: string | undefined } {
  const from = after === undefined ? 0 : ids.indexOf(after) + 1;
  const some = ids.slice(from, from + most);
  return { part: new Set(some), next: from + most < ids.length ? some.at(-1) : undefined };
}

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
  { after, most }: PeopleToPlan,
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
