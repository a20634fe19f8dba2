import { useState } from 'preact/hooks';
import { Button } from '../../shared/views/button.tsx';
import { Icon } from '../../shared/views/icon.tsx';
import { Spinner } from '../../shared/views/spinner.tsx';
import type { Words } from '../words/en.ts';

interface SignInScreenProps {
  readonly words: Words;
  /** Whether somebody is on their way in. */
  readonly busy: boolean;
  readonly message: string | undefined;
  readonly onSignIn: () => Promise<void>;
  /** Where only the service did not answer. */
  readonly onRetry: (() => void) | undefined;
  /** Where somebody is signed in whom the service refuses. */
  readonly onSignOut: (() => void) | undefined;
}

/** What is there before one is signed in. */
export function SignInScreen({ words, busy, message, onSignIn, onRetry, onSignOut }: SignInScreenProps) {
  const [state, setState] = useState<'here' | 'leaving' | 'failed'>('here');
  const leave = () => {
    setState('leaving');
    onSignIn().catch(() => setState('failed'));
  };
  const text = state === 'failed' ? words.problems.unreachable : message;
  return (
    <main class="sheet sign-in">
      <span class="mark">
        <Icon name="calendar" />
      </span>
      <h1>{words.signIn.title}</h1>
      <p class="soft">{words.signIn.lead}</p>
      {text !== undefined && (
        <p class="trouble" role="alert">
          <Icon name="notice" />
          <span>{text}</span>
        </p>
      )}
      {busy || state === 'leaving' ? (
        <p class="soft" role="status">
          <Spinner /> {words.signIn.leaving}
        </p>
      ) : (
        <Button look="primary" onClick={onRetry ?? onSignOut ?? leave}>
          {onRetry ? words.tryAgain : onSignOut ? words.signIn.out : words.signIn.button}
        </Button>
      )}
    </main>
  );
}
