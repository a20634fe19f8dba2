import { Icon, type IconName } from './icon.tsx';

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
