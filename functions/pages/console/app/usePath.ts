import { useCallback, useEffect, useState } from 'preact/hooks';

/** The path of the address; links within the console change it without loading the page anew. */
export function usePath(): { readonly path: string; readonly go: (path: string) => void } {
  const [path, setPath] = useState(location.pathname);
  const go = useCallback((next: string) => {
    if (next !== location.pathname) history.pushState(null, '', next);
    setPath(next);
    scrollTo(0, 0);
    // Whoever hears the page is told where they are now.
    queueMicrotask(() => document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true }));
  }, []);
  useEffect(() => {
    const onPop = () => setPath(location.pathname);
    const onClick = (event: MouseEvent) => {
      const target = ownLinkOf(event);
      if (target === undefined) return;
      event.preventDefault();
      go(target);
    };
    addEventListener('popstate', onPop);
    document.addEventListener('click', onClick);
    return () => {
      removeEventListener('popstate', onPop);
      document.removeEventListener('click', onClick);
    };
  }, [go]);
  return { path, go };
}

/** The path of a link within the console that was clicked to be followed here. */
function ownLinkOf(event: MouseEvent): string | undefined {
  const { target, button, defaultPrevented, metaKey, ctrlKey, shiftKey, altKey } = event;
  if (defaultPrevented || button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return undefined;
  const link = target instanceof Element ? target.closest('a[href]') : null;
  const href = link?.getAttribute('href') ?? '';
  return href.startsWith('/') && !link?.hasAttribute('download') ? href : undefined;
}
