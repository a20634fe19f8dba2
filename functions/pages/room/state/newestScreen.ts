import type { Guest } from './state.ts';

/** Whose screen all see: of several, until the earlier ones have heard of it, that of who began last. */
export function newestScreen(people: readonly Guest[]): Guest | undefined {
  const since = ({ screenSince = '' }: Guest) => screenSince;
  return people
    .filter(({ screen }) => screen)
    .reduce<Guest | undefined>(
      (newest, guest) => (newest === undefined || since(guest) >= since(newest) ? guest : newest),
      undefined,
    );
}
