import { useCallback, useState } from 'preact/hooks';
import type { Draft } from '../../draft/draft.ts';
import type { DraftStorage } from '../../draft/draftStorage.ts';

export interface DraftState {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  /** Begins again with what there is without it. */
  readonly discard: () => void;
  /** It was sent. */
  readonly forget: () => void;
}

/** What is typed, kept at each key. */
export function useDraft(storage: DraftStorage): DraftState {
  const [draft, setDraft] = useState(storage.read);
  const change = useCallback((part: Partial<Draft>) => {
    setDraft((before) => {
      const next = { ...before, ...part };
      storage.keep(next);
      return next;
    });
  }, []);
  const discard = useCallback(() => {
    storage.forget();
    setDraft(storage.read());
  }, []);
  return { draft, change, discard, forget: storage.forget };
}
