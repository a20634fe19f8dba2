import { useCallback, useState } from 'preact/hooks';
import { SignedOut } from '../signIn/session.ts';
import { useConsole } from './consoleView.ts';

export interface Action {
  readonly busy: boolean;
  /** Why the last try failed. */
  readonly error: unknown;
  /** Does something, once at a time; failures are shown, and end with the next try. */
  readonly run: (work: () => Promise<void>) => void;
  readonly forget: () => void;
}

/** Something that a person asks for, and that may fail. */
export function useAction(): Action {
  const { onSignedOut } = useConsole();
  const [{ busy, error }, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: undefined });
  const run = useCallback(
    (work: () => Promise<void>) => {
      setState({ busy: true, error: undefined });
      work().then(
        () => setState({ busy: false, error: undefined }),
        (failure: unknown) => {
          setState({ busy: false, error: failure });
          if (failure instanceof SignedOut) onSignedOut();
        },
      );
    },
    [onSignedOut],
  );
  const forget = useCallback(() => setState({ busy: false, error: undefined }), []);
  return { busy, error, run, forget };
}
