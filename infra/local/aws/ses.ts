import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { arnOf } from '../assembly/place.ts';
import { AwsRefusal, type AwsService, type Permission } from './awsCall.ts';
import type { Envelope, KeptMails } from './mailbox.ts';
import { defineOperation, defineService } from './operations.ts';
import { queryProtocol } from './queryProtocol.ts';
import { type Header, headerOf, readHeaders } from './rawMessage.ts';

const recipientLimit = 50;
const tagText = /^[A-Za-z0-9_-]{1,255}$/;
const address = /^[!-?A-~]{1,64}@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i;

const rawEmail = z.strictObject({
  RawMessage: z.object({ Data: z.string() }),
  Source: z.string().optional(),
  Destinations: z.array(z.string()).optional(),
  Tags: z.array(z.object({ Name: z.string(), Value: z.string() })).optional(),
  ConfigurationSetName: z.string().optional(),
});

type RawEmail = z.infer<typeof rawEmail>;

/** SES version 1, `SendRawEmail` alone: what it takes is in the mailbox, and told of. */
export function sesService(mailbox: KeptMails, onTaken: (mail: Envelope) => void = () => {}): AwsService {
  return defineService(queryProtocol('http://ses.amazonaws.com/doc/2010-12-01/'), {
    SendRawEmail: defineOperation({
      input: rawEmail,
      permissions: (input) => {
        const headers = readHeaders(Buffer.from(input.RawMessage.Data, 'base64'));
        return permissionsOf(input, sourceOf(input, headers), recipientsOf(input, headers));
      },
      run: (input, { caller }) => {
        const raw = Buffer.from(input.RawMessage.Data, 'base64');
        const headers = readHeaders(raw);
        const destinations = recipientsOf(input, headers);
        const source = sourceOf(input, headers);
        const configurationSetName = input.ConfigurationSetName ?? headerOf(headers, 'x-ses-configuration-set');
        checkAddresses(source, destinations);
        const messageId = newMessageId();
        const envelope = {
          messageId,
          source,
          destinations,
          sentAt: new Date().toISOString(),
          sentBy: caller.functionName,
          tags: tagsOf(input, headers),
          ...(configurationSetName !== undefined && { configurationSetName }),
        };
        mailbox.keep({ ...envelope, raw });
        onTaken(envelope);
        return { MessageId: messageId };
      },
    }),
  });
}

/**
 * IAM looks at the sender's identity, and in the sandbox, where every account begins, at the recipients' as well; and at
 * the configuration set. An identity is the address, its domain or one above: which of them is verified is not known here.
 */
function permissionsOf({ ConfigurationSetName }: RawEmail, source: string, recipients: string[]): Permission[] {
  const from = addrSpec(source);
  const displayName = displayNameOf(source);
  const context = {
    'ses:FromAddress': [from],
    'ses:Recipients': recipients.map(addrSpec),
    ...(displayName !== undefined && { 'ses:FromDisplayName': [displayName] }),
  };
  const resources = [
    ...[from, ...recipients.map(addrSpec)].map(identitiesOf),
    ...(ConfigurationSetName === undefined ? [] : [arnOf('ses', `configuration-set/${ConfigurationSetName}`)]),
  ];
  return resources.map((resource) => ({ action: 'ses:SendRawEmail', resource, context }));
}

/** Those that may cover an address: itself, its domain, and what that is a subdomain of. */
function identitiesOf(addressGiven: string): string[] {
  const labels = (addressGiven.split('@')[1] ?? '').split('.');
  const domains = labels.map((_, index) => labels.slice(index).join('.')).slice(0, Math.max(1, labels.length - 1));
  return [addressGiven, ...domains].map((identity) => arnOf('ses', `identity/${identity}`));
}

function sourceOf({ Source }: RawEmail, headers: readonly Header[]): string {
  return Source ?? headerOf(headers, 'from') ?? '';
}

/** Without `Destinations` the headers say who gets it. */
function recipientsOf({ Destinations }: RawEmail, headers: readonly Header[]): string[] {
  if (Destinations !== undefined && Destinations.length > 0) return Destinations;
  const fields = ['to', 'cc', 'bcc'].map((name) => headerOf(headers, name) ?? '');
  return fields.flatMap((field) => field.match(/[^\s<>,;"]+@[^\s<>,;"]+/g) ?? []);
}

function checkAddresses(source: string, destinations: readonly string[]): void {
  if (destinations.length === 0) throw refuse('No recipients were specified.');
  if (destinations.length > recipientLimit) throw refuse(`Recipient count exceeds ${recipientLimit}.`);
  const wrong = [source, ...destinations].find((given) => !address.test(addrSpec(given)));
  if (wrong !== undefined) throw refuse(wrong.includes('@') ? `Illegal address` : "Missing final '@domain'");
}

/** Tags may also come as a header; a value of another alphabet is refused. */
function tagsOf({ Tags = [] }: RawEmail, headers: readonly Header[]): Record<string, string> {
  const inHeader = (headerOf(headers, 'x-ses-message-tags') ?? '').split(',').filter((pair) => pair.trim() !== '');
  const pairs = [
    ...Tags.map(({ Name, Value }) => [Name, Value] as const),
    ...inHeader.map((pair) => [pair.split('=')[0]?.trim() ?? '', pair.split('=')[1]?.trim() ?? ''] as const),
  ];
  for (const [name, value] of pairs) {
    if (!tagText.test(name))
      throw refuse(`Invalid tag name <${name}>: only alphanumeric ASCII characters, '_', and '-' are allowed.`);
    if (!tagText.test(value))
      throw refuse(`Invalid tag value <${value}>: only alphanumeric ASCII characters, '_', and '-' are allowed.`);
  }
  return Object.fromEntries(pairs);
}

function addrSpec(mailbox: string): string {
  return /<([^<>]*)>\s*$/.exec(mailbox)?.[1] ?? mailbox.trim();
}

function displayNameOf(mailbox: string): string | undefined {
  return /^\s*"?([^"<]*?)"?\s*</.exec(mailbox)?.[1];
}

function newMessageId(): string {
  return `0102${randomBytes(6).toString('hex')}-${randomUUID()}-000000`;
}

function refuse(message: string): AwsRefusal {
  return new AwsRefusal('InvalidParameterValue', message);
}
