import { type Content, h, type Markup } from '../../shared/markup.ts';
import type { State } from '../state.ts';
import { type IconName, icon } from './icon.ts';
import type { Scene } from './scene.ts';

interface ButtonOptions {
  readonly look: 'primary' | 'secondary' | 'danger' | 'quiet';
  readonly icon?: IconName;
  readonly label?: string | undefined;
  readonly submit?: boolean;
  readonly disabled?: boolean;
}

/** A button with words in it; `label` says more to those who do not see what is around it. */
export function button(text: string, onClick: (() => void) | undefined, options: ButtonOptions): Markup {
  return h(
    'button',
    {
      class: `button ${options.look}`,
      type: options.submit ? 'submit' : 'button',
      disabled: options.disabled === true,
      'aria-label': options.label,
      ...(onClick ? { on: { click: onClick } } : {}),
    },
    options.icon && icon(options.icon),
    h('span', {}, text),
  );
}

/** A button that is only a picture to those who see it. */
export function iconButton(name: IconName, label: string, onClick: () => void, look = 'plain'): Markup {
  return h(
    'button',
    { class: `icon-button ${look}`, type: 'button', 'aria-label': label, title: label, on: { click: onClick } },
    icon(name),
  );
}

/** Copies the link, and says for a moment that it did; not every browser lets a page write to its clipboard. */
export function copyButton({ copied }: State, { words, actions, canCopy }: Scene): Content {
  return (
    canCopy &&
    button(copied ? words.linkCopied : words.copyLink, actions.copyLink, {
      look: 'quiet',
      icon: copied ? 'check' : 'link',
    })
  );
}
