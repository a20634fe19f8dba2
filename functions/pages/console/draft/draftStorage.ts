import type { Draft } from './draft.ts';

/** Keeps what is typed in the tab, so that it outlives a reload, signing in and a network that is gone; never a password. */
export function draftStorage(storage: Storage, name: string, fresh: () => Draft) {
  const place = placeOf(name);
  return {
    read: (): Draft => {
      const base = fresh();
      const kept = parsed(storage.getItem(place));
      const known = Object.entries(kept).filter(([key, value]) => isLike(Reflect.get(base, key), value, key));
      return { ...base, ...Object.fromEntries(known) };
    },
    keep: ({ password: _, minutes, ...draft }: Draft) =>
      storage.setItem(place, JSON.stringify({ ...draft, minutes: minutes ?? null })),
    forget: () => storage.removeItem(place),
  };
}

/** Whether something was typed and not sent. */
export function isDraftKept(storage: Storage, name: string): boolean {
  return storage.getItem(placeOf(name)) !== null;
}

function placeOf(name: string): string {
  return `draft:${name}`;
}

export type DraftStorage = ReturnType<typeof draftStorage>;

/** Whether a value that was kept is of the kind that a draft has there; of another release it may not be. */
function isLike(model: unknown, value: unknown, key: string): boolean {
  if (key === 'minutes') return typeof value === 'number' || value === undefined;
  return typeof model === typeof value && Array.isArray(model) === Array.isArray(value);
}

function parsed(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    const entries = Object.entries(typeof value === 'object' && value !== null ? value : {});
    return Object.fromEntries(entries.map(([key, one]) => [key, key === 'minutes' && one === null ? undefined : one]));
  } catch {
    return {};
  }
}
