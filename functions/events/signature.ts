import { createHmac } from 'node:crypto';

/** Bytes of a secret: Standard Webhooks asks for 24 to 64. */
export const secretBytes = 32;

const secretPrefix = 'whsec_';

/** A secret as Standard Webhooks writes it. */
export function formatSecret(bytes: Buffer): string {
  return secretPrefix + bytes.toString('base64');
}

interface Signed {
  readonly id: string;
  /** When this attempt is made; receivers refuse what is old. */
  readonly now: Date;
  readonly body: string;
}

/**
 * The headers by which a receiver knows who sent what, and when (Standard Webhooks 1.0, "Signature scheme"): HMAC-SHA-256
 * over id, seconds and body, once for each secret.
 */
export function signatureHeaders({ id, now, body }: Signed, secrets: readonly string[]): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(secretPrefix.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
