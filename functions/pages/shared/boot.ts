/**
 * Begins the page. Its document may name assets that the service has no more: a release can come between the two,
 * and functions are not all replaced in one moment. Then the document says so, and is asked for again. This script
 * changes seldom, so that documents of before find it too: it asks the document for the script to begin.
 */
export {};

/** Milliseconds until the document is asked for again: at first, and where that did not help. */
const pauses = { first: 1_000, later: 15_000 };

const main = document.querySelector<HTMLLinkElement>('link[rel=modulepreload]')?.href ?? '';
const [navigation] = performance.getEntriesByType('navigation');
const isAgain = navigation instanceof PerformanceNavigationTiming && navigation.type === 'reload';

try {
  await import(main);
  // Without its style the page works: one more try is all that is due.
  if (!isStyled() && !isAgain) tryAgain();
} catch (error) {
  document.getElementById('unready')?.setAttribute('data-failed', '');
  tryAgain();
  throw error;
}

/** Browsers differ in whether a style that did not come is one of the document's. */
function isStyled(): boolean {
  return getComputedStyle(document.documentElement).getPropertyValue('--ground') !== '';
}

/** Of many who wait for the same release not all come in one moment. */
function tryAgain(): void {
  setTimeout(() => location.reload(), (isAgain ? pauses.later : pauses.first) * (1 + Math.random()));
}
