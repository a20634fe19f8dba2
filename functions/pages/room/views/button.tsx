import type { Copied } from '../state/state.ts';
import { Icon, type IconName } from './icon.tsx';
import { useRoomView } from './roomView.ts';

interface ButtonProps {
  readonly look: 'primary' | 'secondary' | 'danger' | 'quiet';
  readonly icon?: IconName;
  /** Says more to those who do not see what is around it. */
  readonly label?: string;
  readonly submit?: boolean;
  readonly disabled?: boolean;
  readonly onClick?: (() => void) | undefined;
  readonly children: string;
}

/** A button with words in it. */
export function Button({ look, icon, label, submit = false, disabled = false, onClick, children }: ButtonProps) {
  return (
    <button
      class={`button ${look}`}
      type={submit ? 'submit' : 'button'}
      disabled={disabled}
      aria-label={label}
      onClick={onClick}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

interface IconButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
}

/** A button that is only a picture to those who see it. */
export function IconButton({ icon, label, onClick }: IconButtonProps) {
  return (
    <button class="icon-button plain" type="button" aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

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
