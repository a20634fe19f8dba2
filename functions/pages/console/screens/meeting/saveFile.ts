/** Milliseconds until the browser has surely taken a file. */
const takenAfter = 60_000;

/** Has the browser save what was fetched with a token, which a link by itself would not send. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), takenAfter);
}
