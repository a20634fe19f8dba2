import { lookup } from 'node:dns';
import { Agent, type RequestOptions, request } from 'node:https';
import type { LookupFunction } from 'node:net';
import { callMilliseconds, type Reply, type Silence } from './attempt.ts';
import { isPublicAddress, isPublicLiteral } from './publicAddress.ts';

/** Bytes of an answer that are read; its status alone counts. */
const mostBytes = 65_536;

/** Tells receivers, each time by a connection of its own. */
export interface ReceiverClient {
  post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Reply>;
}

/**
 * Calls receivers at public addresses alone. What a name leads to is judged in the look-up of the very connection: another
 * look-up before could be answered otherwise. A redirect is an answer like any other, and is not followed.
 */
export function receiverClient(resolve: LookupFunction = lookup): ReceiverClient {
  const agent = new Agent({ keepAlive: false });
  return {
    async post(url, headers, body) {
      const { hostname } = new URL(url);
      // No name is looked up for an address.
      if (isPublicLiteral(hostname) === false) return { silence: 'address-not-public' };
      const options: RequestOptions = {
        method: 'POST',
        agent,
        lookup: publicOnly(resolve),
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Meetings-Webhooks/1',
          ...headers,
          'content-length': String(Buffer.byteLength(body)),
        },
      };
      try {
        return await exchange(url, options, body);
      } catch (error) {
        return { silence: silenceIn(error) };
      }
    },
  };
}

class AddressNotPublic extends Error {
  override readonly name = 'AddressNotPublic';
}

class TimeOut extends Error {
  override readonly name = 'TimeOut';
}

/** Every address that a name has must be public: which of them is connected to is not ours to say. */
function publicOnly(resolve: LookupFunction): LookupFunction {
  return (hostname, options, done) =>
    resolve(hostname, options, (error, found, family) => {
      if (error) return done(error, found, family);
      const addresses = typeof found === 'string' ? [found] : found.map(({ address }) => address);
      if (addresses.length > 0 && addresses.every(isPublicAddress)) return done(null, found, family);
      return done(new AddressNotPublic(), '', 0);
    });
}

function exchange(url: string, options: RequestOptions, body: string): Promise<Reply> {
  return new Promise((answer, fail) => {
    const call = request(url, options, (response) => {
      const { statusCode = 0, headers } = response;
      const end = () => answer({ status: statusCode, retryAfter: headers['retry-after'] });
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes < mostBytes) return;
        end();
        call.destroy();
      });
      response.on('end', end);
      response.on('error', fail);
      // Who ends the connection before the answer has ended has answered nothing.
      response.on('close', () => fail(new Error('The answer was cut off')));
    });
    const timer = setTimeout(() => call.destroy(new TimeOut()), callMilliseconds);
    call.on('close', () => clearTimeout(timer));
    call.on('error', fail);
    call.end(body);
  });
}

const silences: Readonly<Record<string, Silence>> = {
  AddressNotPublic: 'address-not-public',
  TimeOut: 'timeout',
  ENOTFOUND: 'name-not-found',
  EAI_AGAIN: 'name-not-found',
  ENODATA: 'name-not-found',
};

const certificateCodes = /^(?:ERR_TLS_CERT|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_SSL_|ERR_TLS_)/;

/** By the code that Node gives an error (nodejs.org, "Errors"; OpenSSL's verification codes). */
function silenceIn(error: unknown): Silence {
  const [name, code] = error instanceof Error ? [error.name, Reflect.get(error, 'code')] : ['', undefined];
  const known = silences[name] ?? silences[String(code)];
  if (known) return known;
  return typeof code === 'string' && certificateCodes.test(code) ? 'certificate' : 'connection';
}
