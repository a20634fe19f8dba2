import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { parameters, storedSecrets } from './clients.ts';
import type { SecretReference } from './settings.ts';

const reads = new Map<string, Promise<string>>();

/**
 * The secret that a setting names, read once per environment; a read that failed is tried again.
 *
 * @throws Error where there is none; its message holds the secret's name at most
 */
export function secretOf(reference: SecretReference): Promise<string> {
  const name = `${reference.store} ${reference.id}`;
  const earlier = reads.get(name);
  if (earlier !== undefined) return earlier;
  const read = readSecret(reference);
  reads.set(name, read);
  read.catch(() => reads.delete(name));
  return read;
}

async function readSecret({ store, id }: SecretReference): Promise<string> {
  const secret = store === 'ssm' ? await parameterOf(id) : await secretValueOf(id);
  if (secret === undefined || secret === '') throw new Error(`There is no text in the secret ${id}`);
  return secret;
}

async function parameterOf(Name: string): Promise<string | undefined> {
  const { Parameter } = await parameters().send(new GetParameterCommand({ Name, WithDecryption: true }));
  return Parameter?.Value;
}

async function secretValueOf(SecretId: string): Promise<string | undefined> {
  return (await storedSecrets().send(new GetSecretValueCommand({ SecretId }))).SecretString;
}
