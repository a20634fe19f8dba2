import { Button } from '../../shared/views/button.tsx';
import type { Copied } from '../state/state.ts';
import { useRoomView } from './roomView.ts';

/** Copies the link, and says for a moment that it did; where the browser does not let it, the link can be copied by hand. */
export function CopyButton({ copied }: { readonly copied: Copied }) {
  const { words, actions, canCopy, link } = useRoomView();
  if (!canCopy || copied === 'refused') {
    return (
      <label class="field by-hand">
        {words.copyByHand}
        <input type="text" dir="ltr" readOnly value={link} onFocus={({ currentTarget }) => currentTarget.select()} />
      </label>
    );
  }
  return (
    <Button look="quiet" icon={copied === 'yes' ? 'check' : 'link'} onClick={actions.copyLink}>
      {copied === 'yes' ? words.linkCopied : words.copyLink}
    </Button>
  );
}
