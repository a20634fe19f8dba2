/** Milliseconds; the service answers within a second unless something is wrong. */
const patience = 15_000;

/** What the service answers now, its body parsed as JSON. @throws where no answer comes */
export async function fetchPatiently(address: string, request: RequestInit) {
  const patient = new AbortController();
  const timer = setTimeout(() => patient.abort(), patience);
  try {
    const reply = await fetch(address, {
      ...request,
      cache: 'no-store',
      credentials: 'omit',
      signal: patient.signal,
    });
    const body: unknown = await reply.json().catch(() => undefined);
    return { status: reply.status, headers: reply.headers, body };
  } finally {
    clearTimeout(timer);
  }
}
