import type { Meeting } from '../../api/replies.ts';

/** The meeting as it was when somebody began to change it, with its entity tag. */
export interface Base {
  readonly meeting: Meeting;
  readonly etag: string | undefined;
}

/** Keeps it beside the draft: what others changed since must not be undone by a reload. */
export function baseStorage(storage: Storage, id: string) {
  const place = `base:${id}`;
  return {
    read: (): Base | undefined => {
      try {
        const text = storage.getItem(place);
        return text === null ? undefined : JSON.parse(text);
      } catch {
        return undefined;
      }
    },
    keep: (base: Base) => storage.setItem(place, JSON.stringify(base)),
    forget: () => storage.removeItem(place),
  };
}
