/** Moves to the first field with which something is wrong. */
export function focusFirstFault(): void {
  document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus();
}
