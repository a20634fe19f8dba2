import { useInboxView } from '../inboxView.ts';
import { InboxIcon } from './icon.tsx';

interface CopyButtonProps {
  readonly text: string;
  readonly label: string;
}

/** Puts a text onto the clipboard, and says so for a moment. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const { state, actions } = useInboxView();
  const isCopied = state.copied === text;
  return (
    <button class="button" type="button" aria-label={label} onClick={() => actions.copy(text)}>
      <InboxIcon name={isCopied ? 'check' : 'copy'} />
      <span role="status">{isCopied ? 'Copied' : 'Copy'}</span>
    </button>
  );
}
