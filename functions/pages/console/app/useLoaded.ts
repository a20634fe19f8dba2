import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { SignedOut } from '../signIn/session.ts';
import { useConsole } from './consoleView.ts';

export interface Loaded<Value> {
  /** Undefined until it came for the first time. */
  readonly value: Value | undefined;
  /** Why the last try failed; what came before it is still shown. */
  readonly error: unknown;
  /** Asks anew; settles when the answer is there. */
  readonly reload: () => Promise<void>;
}

/**
 * What the API says, kept up to date by asking while the page can be seen.
 *
 * @param key changes where something else is asked for
 * @param everyMs how often; absent, only when it is asked anew
 */
export function useLoaded<Value>(key: string, load: () => Promise<Value>, everyMs?: number): Loaded<Value> {
  const { onSignedOut } = useConsole();
  const [state, setState] = useState<{ key: string; value?: Value; error?: unknown }>({ key });
  const latest = useRef(load);
  latest.current = load;
  const current = useRef(key);
  current.current = key;

  const reload = useCallback(async () => {
    const asked = current.current;
    try {
      const value = await latest.current();
      if (current.current === asked) setState({ key: asked, value });
    } catch (error) {
      if (error instanceof SignedOut) onSignedOut();
      else if (current.current === asked) {
        setState((before) => (before.key === asked ? { ...before, error } : { key: asked, error }));
      }
    }
  }, [onSignedOut]);

  useEffect(() => {
    void reload();
    if (everyMs === undefined) return;
    const askIfSeen = () => {
      if (document.visibilityState === 'visible') void reload();
    };
    const timer = setInterval(askIfSeen, everyMs);
    document.addEventListener('visibilitychange', askIfSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', askIfSeen);
    };
  }, [key, everyMs, reload]);

  const mine = state.key === key ? state : { key };
  return { value: mine.value, error: mine.error, reload };
}
