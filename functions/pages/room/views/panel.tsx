import type { ComponentChildren } from 'preact';
import { IconButton } from '../../shared/views/button.tsx';
import { useRoomView } from './roomView.ts';

interface PanelProps {
  readonly title: string;
  readonly children: ComponentChildren;
}

/** What opens beside the pictures. Escape closes it from anywhere in it; the browser's own questions come first. */
export function Panel({ title, children }: PanelProps) {
  const { words, actions } = useRoomView();
  const close = () => actions.openPanel('none');
  const closeOnEscape = ({ key, isComposing }: KeyboardEvent) => {
    if (key === 'Escape' && !isComposing) close();
  };
  return (
    <aside class="panel" id="panel" aria-label={title} onKeyDown={closeOnEscape}>
      <header>
        <h2 id="panel-title">{title}</h2>
        <IconButton icon="close" label={words.close} onClick={close} />
      </header>
      {children}
    </aside>
  );
}
