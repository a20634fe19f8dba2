import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { timesIn } from '../../shared/words/times.ts';
import { ApiRefusal, createApiClient } from '../api/apiClient.ts';
import type { Me } from '../api/replies.ts';
import { SignInScreen } from '../screens/signInScreen.tsx';
import { type Session, SignedOut } from '../signIn/session.ts';
import { Frame } from '../views/frame.tsx';
import type { Words } from '../words/en.ts';
import { type ConsoleView, ConsoleViewProvider } from './consoleView.ts';
import { placeAt } from './place.ts';
import { problemText } from './problemText.ts';
import { Screen } from './screen.tsx';
import type { DeploymentSettings } from './settings.ts';
import { usePath } from './usePath.ts';

export interface AppProps {
  readonly words: Words;
  readonly tag: string;
  readonly settings: DeploymentSettings;
  readonly session: Session;
  readonly storage: Storage;
  /** Whether coming back from the issuer failed. */
  readonly failed: boolean;
  readonly say: (text: string) => void;
}

/** Who is here: nobody yet, somebody whose entry is on its way, or somebody. */
type Visitor =
  | { readonly is: 'away'; readonly ended: boolean }
  | { readonly is: 'coming'; readonly error?: unknown }
  | { readonly is: 'here'; readonly me: Me };

/** The console: signing in, and then the screen that the address names. */
export function App({ words, tag, settings, session, storage, failed, say }: AppProps) {
  const { path, go } = usePath();
  const [visitor, setVisitor] = useState<Visitor>(session.isSignedIn ? { is: 'coming' } : { is: 'away', ended: false });
  const api = useMemo(() => createApiClient(settings.api, session), [settings, session]);
  const onSignedOut = useCallback(() => setVisitor({ is: 'away', ended: true }), []);
  const arrive = useCallback(() => {
    setVisitor({ is: 'coming' });
    api.call<Me>('GET', '/users/me').then(
      ({ body }) => setVisitor({ is: 'here', me: body }),
      (error: unknown) =>
        setVisitor(error instanceof SignedOut ? { is: 'away', ended: true } : { is: 'coming', error }),
    );
  }, [api]);
  useEffect(() => {
    if (session.isSignedIn) arrive();
  }, [session, arrive]);

  if (visitor.is !== 'here') {
    const error = visitor.is === 'coming' ? visitor.error : undefined;
    const refused = error instanceof ApiRefusal && error.status === 403;
    return (
      <SignInScreen
        words={words}
        busy={visitor.is === 'coming' && error === undefined}
        message={messageOf(visitor, failed, words)}
        onSignIn={() => session.begin(path)}
        onRetry={error === undefined || refused ? undefined : arrive}
        onSignOut={refused ? () => session.end() : undefined}
      />
    );
  }
  const view: ConsoleView = {
    words,
    tag,
    times: timesIn(tag),
    ownZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    settings,
    api,
    me: visitor.me,
    storage,
    go,
    say,
    signOut: () => {
      // It takes the tokens that are to be revoked first.
      session.end().catch(() => location.assign('/'));
      storage.clear();
    },
    onSignedOut,
  };
  const place = placeAt(path);
  return (
    <ConsoleViewProvider value={view}>
      <Frame place={place}>
        <Screen place={place} onProfile={(me) => setVisitor({ is: 'here', me })} />
      </Frame>
    </ConsoleViewProvider>
  );
}

function messageOf(visitor: Visitor, failed: boolean, words: Words): string | undefined {
  if (visitor.is === 'coming') return visitor.error === undefined ? undefined : problemText(visitor.error, words);
  if (failed) return words.signIn.failed;
  return visitor.is === 'away' && visitor.ended ? words.signIn.ended : undefined;
}
