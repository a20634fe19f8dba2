import { h, type Markup } from '../../../../../functions/pages/shared/markup.ts';
import type { Scene } from '../state.ts';
import { icon } from './icon.ts';

/** Puts a text onto the clipboard, and says so for a moment. */
export function copyButton(text: string, label: string, { state, actions }: Pick<Scene, 'state' | 'actions'>): Markup {
  const isCopied = state.copied === text;
  return h(
    'button',
    { class: 'button', type: 'button', 'aria-label': label, on: { click: () => actions.copy(text) } },
    icon(isCopied ? 'check' : 'copy'),
    h('span', { role: 'status' }, isCopied ? 'Copied' : 'Copy'),
  );
}
