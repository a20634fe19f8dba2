import * as z from 'zod/mini';
import { lineInput } from '../runtime/text/text.ts';
import { eventTypes } from './event.ts';
import { isPublicLiteral } from './publicAddress.ts';

const longestUrl = 2_000;

const urlRule =
  'must be an https URL of at most 2000 characters, on port 443, with the name of a host or a public address, and without user, password and fragment';

/** Where another system is told: what its name leads to is looked at with each connection (`receiverClient.ts`). */
const urlInput = z.pipe(
  z.string({ error: urlRule }).check(z.maxLength(longestUrl, urlRule), z.refine(isReceiverUrl, urlRule)),
  z.transform((text) => new URL(text).href),
);

const eventsRule = `must be an array of types of events, each once: ${eventTypes.join(', ')}`;

const eventsInput = z.array(z.enum(eventTypes, { error: eventsRule }), { error: eventsRule }).check(
  z.minLength(1, eventsRule),
  z.maxLength(eventTypes.length, eventsRule),
  z.refine((types) => new Set(types).size === types.length, eventsRule),
);

const longestDescription = 200;

const enabledRule = 'must be true or false';

const objectRule = (issue: { code?: string }) =>
  issue.code === 'unrecognized_keys' ? undefined : 'must be a JSON object';

/** The body of `POST /webhooks`. */
export const webhookInput = z.strictObject(
  {
    url: urlInput,
    /** Default: all. */
    events: z.optional(eventsInput),
    description: z.optional(lineInput(longestDescription)),
  },
  { error: objectRule },
);

/** The body of `PATCH /webhooks/{id}`, a JSON merge patch (RFC 7396). */
export const webhookPatch = z.strictObject(
  {
    url: z.optional(urlInput),
    /** `null` is all again. */
    events: z.optional(z.nullable(eventsInput)),
    description: z.optional(z.nullable(lineInput(longestDescription))),
    enabled: z.optional(z.boolean({ error: enabledRule })),
  },
  { error: objectRule },
);

export type WebhookPatch = z.output<typeof webhookPatch>;

function isReceiverUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') return false;
  // `new URL` gives no hash for a bare `#`.
  if (text.includes('#') || url.href.length > longestUrl) return false;
  const { hostname } = url;
  return isPublicLiteral(hostname) ?? /^(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+$/.test(hostname);
}
