import { useState } from 'preact/hooks';
import { Button } from '../../../shared/views/button.tsx';
import { useConsole } from '../../app/consoleView.ts';

/** Copies the link of a meeting; where the browser does not let it, the link can be copied by hand. */
export function CopyLink({ link }: { readonly link: string }) {
  const { words, say } = useConsole();
  const { copyLink, linkCopied, copyByHand } = words.meeting;
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
  if (copied === 'refused' || navigator.clipboard === undefined) {
    return (
      <label class="field by-hand">
        {copyByHand}
        <input type="text" dir="ltr" readOnly value={link} onFocus={({ currentTarget }) => currentTarget.select()} />
      </label>
    );
  }
  const copy = () => {
    navigator.clipboard.writeText(link).then(
      () => {
        setCopied('yes');
        say(linkCopied);
      },
      () => setCopied('refused'),
    );
  };
  return (
    <Button look="secondary" icon={copied === 'yes' ? 'check' : 'link'} onClick={copy}>
      {copied === 'yes' ? linkCopied : copyLink}
    </Button>
  );
}
