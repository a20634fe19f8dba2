import type { Entry } from './entries.tsx';
import { neighbourEntry } from './selection.ts';

interface Keyboard {
  readonly entries: () => readonly Entry[];
  readonly chosen: () => string | undefined;
  readonly choose: (entry: Entry) => void;
  /** Escape was pressed. */
  readonly leave: () => void;
}

/** Up and down go through the list, Enter into what is chosen, `/` to the search, Escape back. */
export function listenToKeys(keyboard: Keyboard): void {
  document.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const isTyping = event.target instanceof HTMLInputElement;
    const act = isTyping ? whileTyping[event.key] : anywhere[event.key];
    if (act?.(keyboard, event) === true) event.preventDefault();
  });
}

/** @returns whether the key has done what it does here */
type Act = (keyboard: Keyboard, event: KeyboardEvent) => boolean;

const leave: Act = ({ leave }) => {
  if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
  leave();
  return true;
};

const whileTyping: Readonly<Record<string, Act>> = { ArrowDown: move(1), Escape: leave, Enter: move(0) };

const anywhere: Readonly<Record<string, Act>> = {
  ArrowDown: move(1),
  ArrowUp: move(-1),
  Escape: leave,
  Enter: (_, { target }) => {
    const isInList = target instanceof HTMLElement && target.dataset.id !== undefined;
    if (!isInList && target !== document.body) return false;
    requestAnimationFrame(() => document.getElementById('detail-title')?.focus());
    return false; // the link that has the focus is followed
  },
  '/': () => {
    document.getElementById('search')?.focus();
    return true;
  },
};

/** Moves the focus along the list, and the choice with it. */
function move(step: number): Act {
  return ({ entries, chosen, choose }, { target }) => {
    if (target instanceof HTMLElement && target.closest('pre, .detail') !== null) return false; // it scrolls
    const here = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.id : undefined;
    const next = neighbourEntry(entries(), here ?? chosen(), here === undefined && chosen() === undefined ? 0 : step);
    if (next === undefined) return false;
    choose(next);
    document.querySelector<HTMLElement>(`[data-id="${CSS.escape(next.id)}"]`)?.focus();
    return true;
  };
}
