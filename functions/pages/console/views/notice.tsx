import { Button } from '../../shared/views/button.tsx';
import { Icon } from '../../shared/views/icon.tsx';
import { Spinner } from '../../shared/views/spinner.tsx';
import { useConsole } from '../app/consoleView.ts';
import { problemText } from '../app/problemText.ts';

/** Says what went wrong, where something did. */
export function Trouble({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { words } = useConsole();
  if (error === undefined) return null;
  return (
    <div class="trouble" role="alert">
      <Icon name="notice" />
      <span>{problemText(error, words)}</span>
      {onRetry && (
        <Button look="quiet" onClick={onRetry}>
          {words.tryAgain}
        </Button>
      )}
    </div>
  );
}

export function Loading() {
  const { words } = useConsole();
  return (
    <p class="loading soft" role="status">
      <Spinner /> {words.loading}
    </p>
  );
}
