import type * as z from 'zod';

/** What is asked of an issuer: the network, or what stands in for it. */
export type Fetch = (address: string, options: RequestInit) => Promise<Response>;

/** Either what was read, or in one sentence why not. */
export type Reading<Value> = { readonly value: Value } | { readonly fault: string };

const timeLimitMs = 10_000;

/** Reads JSON of a schema. Redirects are not followed: that the gateway does is nowhere said. */
export async function readJson<Value>(
  fetch: Fetch,
  address: string,
  schema: z.ZodType<Value>,
): Promise<Reading<Value>> {
  try {
    const response = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(timeLimitMs) });
    if (response.status !== 200) return { fault: `${address} answers ${response.status}${leadOf(response)}.` };
    const parsed = schema.safeParse(JSON.parse(await response.text()));
    return parsed.success ? { value: parsed.data } : { fault: `${address} is not what OpenID Connect asks for.` };
  } catch (error) {
    if (error instanceof SyntaxError) return { fault: `${address} is no JSON.` };
    return { fault: `${address} cannot be reached: ${reasonOf(error)}.` };
  }
}

function leadOf({ headers }: Response): string {
  const location = headers.get('location');
  return location === null ? '' : `, to ${location}`;
}

/** `fetch` says "fetch failed", and why in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || reasonOf(error.cause) : error.message;
}
