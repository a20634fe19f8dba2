/** What of the console is looked at; its address says it. */
export type Place =
  | { readonly at: 'next' | 'past' | 'schedule' | 'self' | 'directory' | 'webhooks' | 'nowhere' }
  | { readonly at: 'meeting' | 'change' | 'start' | 'user' | 'webhook'; readonly id: string };

const fixed: Readonly<Record<string, Place>> = {
  '/': { at: 'next' },
  '/past': { at: 'past' },
  '/schedule': { at: 'schedule' },
  '/you': { at: 'self' },
  '/directory': { at: 'directory' },
  '/webhooks': { at: 'webhooks' },
};

const ofOne: readonly (readonly [RegExp, 'meeting' | 'change' | 'start' | 'user' | 'webhook'])[] = [
  [/^\/meetings\/([^/]+)$/, 'meeting'],
  [/^\/meetings\/([^/]+)\/change$/, 'change'],
  // Where the organizer's own invitation leads: sign in, and be host.
  [/^\/meetings\/([^/]+)\/start$/, 'start'],
  [/^\/directory\/([^/]+)$/, 'user'],
  [/^\/webhooks\/([^/]+)$/, 'webhook'],
];

/** @param path percent-encoded */
export function placeAt(path: string): Place {
  const known = fixed[path];
  if (known !== undefined) return known;
  for (const [form, at] of ofOne) {
    const id = decoded(form.exec(path)?.[1]);
    if (id !== undefined) return { at, id };
  }
  return { at: 'nowhere' };
}

export const paths = {
  meeting: (id: string) => `/meetings/${encodeURIComponent(id)}`,
  change: (id: string) => `/meetings/${encodeURIComponent(id)}/change`,
  user: (id: string) => `/directory/${encodeURIComponent(id)}`,
  webhook: (id: string) => `/webhooks/${encodeURIComponent(id)}`,
};

function decoded(segment: string | undefined): string | undefined {
  try {
    return segment === undefined ? undefined : decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
