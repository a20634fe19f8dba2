import { setTimeout as sleep } from 'node:timers/promises';
import { readSecret } from '../../runtime/secretsClient.ts';
import type { SecretReference } from '../../runtime/settings.ts';
import { refusalIn, shortLinkIn } from './bitlyReply.ts';

/** Milliseconds; the package has no limit of its own. */
const patience = 2_000;

/** There is no short link; of what went wrong it says no more than is known to hold no token. */
export class NoShortLink extends Error {
  override readonly name = 'NoShortLink';
}

/** Milliseconds for which Bitly is left alone after it failed: meetings do not wait for it one after another. */
const pause = 30_000;

let pausedUntil = 0;

/** Bitly, whose token is read when a link is made. */
export function bitlyClient(token: SecretReference) {
  return {
    /**
     * Has Bitly make a short link.
     *
     * @returns undefined within 30 seconds of a failure
     * @throws NoShortLink, where Bitly refuses, is silent for 2 seconds, or answers with anything but a link of bit.ly;
     *   and what reading the token throws
     */
    async shorten(longUrl: string, now: Date): Promise<string | undefined> {
      if (now.getTime() < pausedUntil) return undefined;
      try {
        return await makeShortLink(longUrl, token, now);
      } catch (error) {
        pausedUntil = now.getTime() + pause;
        throw error;
      }
    },
  };
}

export type LinkShortener = ReturnType<typeof bitlyClient>;

async function makeShortLink(longUrl: string, reference: SecretReference, now: Date): Promise<string> {
  const token = await readSecret(reference, now);
  const answer = await Promise.race([askBitly(longUrl, token), sleep(patience, 'silent' as const, { ref: false })]);
  if (answer === 'silent') throw new NoShortLink('Bitly did not answer in time');
  const link = shortLinkIn(answer);
  if (link === undefined) throw new NoShortLink(`Bitly gave no short link: ${refusalIn(answer) ?? 'no reason'}`);
  return link;
}

/** Bitly's answer, be it a link or a refusal; undefined where there was none. */
async function askBitly(longUrl: string, token: string): Promise<unknown> {
  const { BitlyClient } = await import('bitly');
  try {
    // The package sends what it is given as the whole of `Authorization`.
    return await new BitlyClient(`Bearer ${token}`).shorten(longUrl);
  } catch (thrown) {
    // It throws the body of a refusal, which is no Error; an error of the network holds the request and its token.
    return thrown instanceof Error ? undefined : thrown;
  }
}
