import type { Person, ServerMessage } from '../../../rooms/signalling/protocol.ts';
import type { Conference } from '../state/state.ts';

type Pong = Extract<ServerMessage, { type: 'pong' }>;

/** What a pong says of the room; of a service that is older than the page, nothing. */
export type Told = NonNullable<Pong['view']>;

/**
 * Whether the page knows what the service says that it should. Where it does not, a message was lost on its
 * way, or another is about to arrive.
 */
export function isAgreed({ you, people, knocks, locked, endsAt }: Conference, told: Told): boolean {
  const known = people.filter(({ lost }) => !lost);
  return (
    isSame(known.map(shown), told.people.map(shown)) &&
    isSame(you.host ? knocks.map(({ id }) => id) : [], told.knocks) &&
    locked === told.locked &&
    endsAt === told.endsAt
  );
}

/** The view in a pong, where it holds what the page compares: the service may be older than the page, or newer. */
export function viewIn({ view }: Pong): Told | undefined {
  const { people, knocks, locked } = view ?? {};
  return Array.isArray(people) && Array.isArray(knocks) && typeof locked === 'boolean' ? view : undefined;
}

function shown({ id, name, host, camera, microphone, screen }: Person): string {
  return JSON.stringify([id, name, host, camera, microphone, screen]);
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one));
}
