import { join } from 'node:path';
import * as z from 'zod';
import { openJournal } from '../journal.ts';

const sms = z.object({
  messageId: z.string(),
  sentBy: z.string(),
  /** RFC 3339. */
  sentAt: z.string(),
  phoneNumber: z.string(),
  message: z.string(),
  /** As `AWS.SNS.SMS.SenderID`. */
  attributes: z.record(z.string(), z.string()),
});

const push = z.object({
  messageId: z.string(),
  sentBy: z.string(),
  sentAt: z.string(),
  endpointArn: z.string(),
  /** `GCM`, `APNS` or `APNS_SANDBOX`. */
  platform: z.string(),
  token: z.string(),
  /** What the platform gets: JSON. */
  payload: z.string(),
  attributes: z.record(z.string(), z.string()),
});

const endpoint = z.object({
  arn: z.string(),
  applicationArn: z.string(),
  platform: z.string(),
  token: z.string(),
  customUserData: z.string().optional(),
  enabled: z.boolean(),
});

export type Sms = z.infer<typeof sms>;
export type Push = z.infer<typeof push>;
export type PlatformEndpoint = z.infer<typeof endpoint>;

/** What phones got, and the devices that SNS knows. */
export interface Phones {
  readonly sms: PhoneLog<Sms>;
  readonly pushes: PhoneLog<Push>;
  readonly endpoints: {
    get(arn: string): PlatformEndpoint | undefined;
    set(given: PlatformEndpoint): void;
    delete(arn: string): void;
    all(): PlatformEndpoint[];
  };
  /** Does what a platform does that finds a token unregistered: SNS disables its endpoints. */
  disable(token: string): void;
  close(): void;
}

export interface PhoneLog<Entry> {
  keep(entry: Entry): void;
  all(): Entry[];
}

export function openPhones(directory: string): Phones {
  const smsJournal = openJournal(join(directory, 'sms.jsonl'), sms);
  const pushJournal = openJournal(join(directory, 'pushes.jsonl'), push);
  const endpoints = openJournal(join(directory, 'endpoints.jsonl'), endpoint);
  return {
    sms: { keep: (entry) => smsJournal.set(entry.messageId, entry), all: () => [...smsJournal.values()] },
    pushes: { keep: (entry) => pushJournal.set(entry.messageId, entry), all: () => [...pushJournal.values()] },
    endpoints: {
      get: (arn) => endpoints.get(arn),
      set: (given) => endpoints.set(given.arn, given),
      delete: (arn) => {
        endpoints.delete(arn);
      },
      all: () => [...endpoints.values()],
    },
    disable: (token) => {
      for (const known of [...endpoints.values()]) {
        if (known.token === token) endpoints.set(known.arn, { ...known, enabled: false });
      }
    },
    close: () => {
      for (const journal of [smsJournal, pushJournal, endpoints]) journal.close();
    },
  };
}
