import type { Actions } from './scene.ts';

/** Escape closes a panel from anywhere in it; the browser's own questions come first. */
export function closeOnEscape({ openPanel }: Actions): (event: Event) => void {
  return (event) => {
    if (event instanceof KeyboardEvent && event.key === 'Escape' && !event.isComposing) openPanel('none');
  };
}
