/** What this browser calls itself in a room, which tells nothing else; whoever was removed from it is known by that. */
export function browserName(address: string): string {
  const key = `browser ${address}`;
  const made = crypto.randomUUID();
  try {
    const kept = localStorage.getItem(key);
    if (kept === null) localStorage.setItem(key, made);
    return kept ?? made;
  } catch {
    // A browser that keeps nothing has another name each time.
    return made;
  }
}
