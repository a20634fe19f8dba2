import type { Person, RoomView } from '../protocol.ts';
import { isObject } from './serverMessage.ts';
import type { Conference } from './state.ts';

/** What a pong says of the room; of a service that is older than the page, nothing. */
export type Told = RoomView & { readonly knocks: readonly string[] };

/**
 * Whether the page knows what the service says that it should. Where it does not, a message was lost on its
 * way, or another is about to arrive.
 */
export function agrees({ you, people, knocks, locked, endsAt }: Conference, told: Told): boolean {
  const known = people.filter(({ lost }) => !lost);
  return (
    isSame(known.map(shown), told.people.map(shown)) &&
    isSame(you.host ? knocks.map(({ id }) => id) : [], told.knocks) &&
    locked === told.locked &&
    endsAt === told.endsAt
  );
}

/** The view in a pong, where it holds what the page compares. */
export function viewIn(pong: object): Told | undefined {
  const view = 'view' in pong ? pong.view : undefined;
  return isObject(view) && Array.isArray(view.people) && Array.isArray(view.knocks)
    ? (view as unknown as Told)
    : undefined;
}

function shown({ id, name, host, camera, microphone, screen }: Person): string {
  return JSON.stringify([id, name, host, camera, microphone, screen]);
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one));
}
