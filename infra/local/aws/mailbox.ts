import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { openJournal } from '../journal.ts';

const envelope = z.object({
  messageId: z.string(),
  sentBy: z.string(),
  /** RFC 3339. */
  sentAt: z.string(),
  source: z.string(),
  destinations: z.array(z.string()),
  tags: z.record(z.string(), z.string()),
  configurationSetName: z.string().optional(),
});

export type Envelope = z.infer<typeof envelope>;

/** A mail as SES took it. */
export interface KeptMail extends Envelope {
  /** The message itself, byte for byte. */
  readonly raw: Buffer;
}

/** Every mail that was sent, kept as an `.eml` file each. */
export interface KeptMails {
  keep(mail: KeptMail): void;
  mails(): KeptMail[];
  /** The envelopes alone, which costs no reading. */
  envelopes(): Envelope[];
  raw(messageId: string): Buffer | undefined;
  close(): void;
}

export function openMailbox(directory: string): KeptMails {
  mkdirSync(directory, { recursive: true });
  const journal = openJournal(join(directory, 'envelopes.jsonl'), envelope);
  const fileOf = (messageId: string) => join(directory, `${messageId}.eml`);
  return {
    keep: ({ raw, ...rest }) => {
      writeFileSync(fileOf(rest.messageId), raw);
      journal.set(rest.messageId, rest);
    },
    mails: () => [...journal.values()].map((kept) => ({ ...kept, raw: readFileSync(fileOf(kept.messageId)) })),
    envelopes: () => [...journal.values()],
    raw: (messageId) => (journal.get(messageId) === undefined ? undefined : readFileSync(fileOf(messageId))),
    close: () => journal.close(),
  };
}
