import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { parameters, storedSecrets } from './clients.ts';
import { errorOf, log } from './log.ts';
import type { SecretReference } from './settings.ts';

/** Milliseconds for which a secret that was read serves: within them, a rotated one is known to every warm function. */
export const secretAge = 5 * 60_000;

/** Milliseconds after a failure until a secret is read again: a store that hangs must not hold up every call. */
const retryAge = 60_000;

interface Read {
  readonly value: Promise<string>;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const reads = new Map<string, Read>();

/**
 * The secret that a setting names, at most five minutes old. Where it cannot be read again the one that was read before
 * goes on serving for a minute, and the log says so: a store that fails for a while must not take down what works.
 *
 * @throws Error where none was ever read; its message holds the secret's name at most
 */
export function readSecret(reference: SecretReference, now: Date): Promise<string> {
  const name = `${reference.store} ${reference.id}`;
  const earlier = reads.get(name);
  if (earlier && now.getTime() - earlier.at < secretAge) return earlier.value;
  const read = { value: fetchAgain(reference, earlier, now), at: now.getTime() };
  reads.set(name, read);
  return read.value;
}

/** What failed is forgotten: where nothing else serves, the next call reads again. */
async function fetchAgain(reference: SecretReference, earlier: Read | undefined, now: Date): Promise<string> {
  const name = `${reference.store} ${reference.id}`;
  try {
    return await fetchSecret(reference);
  } catch (error) {
    if (!earlier) {
      reads.delete(name);
      throw error;
    }
    reads.set(name, { value: earlier.value, at: now.getTime() - secretAge + retryAge });
    log.error('Secret not read again', { secret: reference.id, error: errorOf(error) });
    return earlier.value;
  }
}

async function fetchSecret({ store, id }: SecretReference): Promise<string> {
  const secret = store === 'ssm' ? await fetchParameter(id) : await fetchSecretValue(id);
  if (secret === undefined || secret === '') throw new Error(`There is no text in the secret ${id}`);
  return secret;
}

async function fetchParameter(Name: string): Promise<string | undefined> {
  const { Parameter } = await parameters().send(new GetParameterCommand({ Name, WithDecryption: true }));
  return Parameter?.Value;
}

async function fetchSecretValue(SecretId: string): Promise<string | undefined> {
  return (await storedSecrets().send(new GetSecretValueCommand({ SecretId }))).SecretString;
}
