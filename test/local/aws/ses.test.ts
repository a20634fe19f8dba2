import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SESClient, SendRawEmailCommand, type SendRawEmailCommandInput } from '@aws-sdk/client-ses';
import { beforeEach, describe, expect, test } from 'vitest';
import { type KeptMails, openMailbox } from '../../../infra/local/aws/mailbox.ts';
import { sesService } from '../../../infra/local/aws/ses.ts';
import { temporaryDirectory } from '../temporaryDirectory.ts';
import { type AddressTrial, startAddress } from './localAddress.ts';

const message = 'From: Meetings <meetings@example.org>\r\nTo: ana@example.org\r\nSubject: Hello\r\n\r\nÀ bientôt\r\n';

let directory: string;
let mailbox: KeptMails;
let address: AddressTrial;
let client: SESClient;

beforeEach(async () => {
  directory = temporaryDirectory();
  mailbox = openMailbox(directory);
  address = await startAddress({ ses: sesService(mailbox) });
  client = new SESClient(address.client);
});

describe('SendRawEmail', () => {
  test('keeps the mail byte for byte, with its envelope', async () => {
    const { MessageId } = await send({
      Source: 'Meetings <meetings@example.org>',
      Destinations: ['ana@example.org', 'ben@example.org'],
      Tags: [{ Name: 'meeting', Value: 'abc_123-x' }],
      ConfigurationSetName: 'events',
    });

    const [mail] = mailbox.mails();
    expect(mail).toMatchObject({
      messageId: MessageId,
      sentBy: 'Tester',
      source: 'Meetings <meetings@example.org>',
      destinations: ['ana@example.org', 'ben@example.org'],
      tags: { meeting: 'abc_123-x' },
      configurationSetName: 'events',
    });
    expect(mail?.raw.toString()).toBe(message);
    expect(readFileSync(join(directory, `${MessageId}.eml`), 'utf8')).toBe(message);
    expect(openMailbox(directory).mails()).toEqual(mailbox.mails());
  });

  test('takes sender and recipients of the headers where the call names none', async () => {
    await send({});

    expect(mailbox.mails()).toMatchObject([
      { source: 'Meetings <meetings@example.org>', destinations: ['ana@example.org'] },
    ]);
  });

  test("needs the sender's identity and, as in the sandbox, the recipients', and the configuration set", async () => {
    await send({
      Source: '"Meetings" <meetings@mail.example.org>',
      Destinations: ['ana@example.com', 'ben@example.com'],
      ConfigurationSetName: 'events',
    });

    const ses = 'arn:aws:ses:eu-west-1:000000000000:';
    const context = {
      'ses:FromAddress': ['meetings@mail.example.org'],
      'ses:FromDisplayName': ['Meetings'],
      'ses:Recipients': ['ana@example.com', 'ben@example.com'],
    };
    const identities = (...names: string[]) => names.map((name) => `${ses}identity/${name}`);
    expect(address.permissions).toEqual([
      {
        action: 'ses:SendRawEmail',
        resource: identities('meetings@mail.example.org', 'mail.example.org', 'example.org'),
        context,
      },
      { action: 'ses:SendRawEmail', resource: identities('ana@example.com', 'example.com'), context },
      { action: 'ses:SendRawEmail', resource: identities('ben@example.com', 'example.com'), context },
      { action: 'ses:SendRawEmail', resource: `${ses}configuration-set/events`, context },
    ]);
  });

  test.each<[string, SendRawEmailCommandInput, string]>([
    ['a tag of other characters', raw({ Tags: [{ Name: 'to', Value: 'ana@example.org' }] }), 'Invalid tag value'],
    ['a tag header of other characters', raw({}, `X-SES-MESSAGE-TAGS: a=b c\r\n${message}`), 'Invalid tag value'],
    ['51 recipients', raw({ Destinations: Array.from({ length: 51 }, (_, n) => `a${n}@example.org`) }), 'exceeds 50'],
    ['an address without a domain', raw({ Destinations: ['ana'] }), "Missing final '@domain'"],
    ['an address with a control character', raw({ Destinations: ['a\rb@example.org'] }), 'Illegal address'],
    ['a message over 10 MB', raw({}, message + `${'x'.repeat(70)}\r\n`.repeat(150_000)), 'more than 10485760 bytes'],
    ['a line over 998 bytes', raw({}, `${message}${'x'.repeat(999)}\r\n`), 'a line of 999 bytes'],
    ['a header that is not ASCII', raw({}, `Subject: Reunió\r\n${message}`), 'not 7-bit ASCII'],
    ['a header that comes twice', raw({}, `Subject: A\r\n${message}`), "Duplicate header 'subject'"],
    ['what is no header', raw({}, `Hello\r\n${message}`), "Expected header, found: 'Hello'"],
    [
      'no From',
      raw({ Source: 'meetings@example.org' }, 'To: ana@example.org\r\n\r\n'),
      "Missing required header 'From'",
    ],
    [
      'a program as attachment',
      raw({}, `${message}Content-Disposition: attachment; filename="run.exe"\r\n`),
      'Illegal filename',
    ],
  ])('refuses %s', async (_, input, reason) => {
    await expect(client.send(new SendRawEmailCommand(input))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: expect.stringContaining(reason),
    });
    expect(mailbox.mails()).toEqual([]);
  });

  test('takes a line of 998 bytes and a folded header', async () => {
    await client.send(new SendRawEmailCommand(raw({}, `X-Long: a\r\n b\r\n${message}${'x'.repeat(998)}\r\n`)));

    expect(mailbox.mails()).toHaveLength(1);
  });
});

function send(input: Partial<SendRawEmailCommandInput>) {
  return client.send(new SendRawEmailCommand(raw(input)));
}

function raw(input: Partial<SendRawEmailCommandInput>, data = message): SendRawEmailCommandInput {
  return { ...input, RawMessage: { Data: Buffer.from(data) } };
}
