/** What a person chose before, in this browser: their name, and the ids of their devices. */
export type Preference = 'name' | 'camera' | 'microphone';

/** Empty where nothing was chosen, or the browser keeps nothing for pages. */
export function preference(name: Preference): string {
  try {
    return localStorage.getItem(`meeting ${name}`) ?? '';
  } catch {
    return '';
  }
}

export function keepPreference(name: Preference, value: string): void {
  try {
    localStorage.setItem(`meeting ${name}`, value);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}
