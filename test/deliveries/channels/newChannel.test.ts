import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { marshall } from '@aws-sdk/util-dynamodb';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meetingKey } from '../../../functions/meetings/meetingStore.ts';
import { startAws, type TestAws } from '../../aws.ts';
import { alice, type Claims, call, startService, type TestService } from '../../service.ts';
import { handOver } from '../deliveries.ts';

const project = join(import.meta.dirname, '..', '..', '..');
/** Inside the project, so that its packages are found. */
const copy = join(project, 'build', 'newChannel');

/** What a channel is. */
const fax = `import type { AddressChannel } from '../channel.ts';

export const fax = {
  name: 'fax',
  title: 'Fax',
  reaches: 'address',
  addressOf: ({ phone }) => phone,
  hasCalendar: false,
  tellsOrganizer: false,
  hasShortLinks: false,
  isAvailable: ({ smsService }) => smsService,
  unavailableForMeeting: 'No fax',
  unavailableInDeployment: 'No fax at all',
  parts: { text: 'plain' },
  hasShippedTemplates: false,
  tellsOfWaiting: false,
  tellsOfUnreachable: false,
  compose: (render) => ({ text: render('text') }),
  allowance: { what: 'fax', code: 'faxes-per-day', plural: 'faxes', most: ({ smsPerDay }) => smsPerDay },
} as const satisfies AddressChannel;
`;

/** How it sends: by what stands in for a fax machine. */
const faxClient = `import { PublishCommand } from '@aws-sdk/client-sns';
import { textMessages } from '../../../runtime/clients.ts';
import { languageOf, templateDataOf } from '../../message.ts';
import type { Sender, SenderTools } from '../sender.ts';
import { fax } from './fax.ts';

export function createFaxSender({ render, settings }: SenderTools): Sender<string> {
  return {
    async send(number, { message, now }) {
      const data = templateDataOf(message, number, settings);
      const { text } = render(fax, { language: languageOf(message, settings), data, now });
      await textMessages().send(new PublishCommand({ PhoneNumber: number, Message: text }));
      return { state: 'sent' };
    },
  };
}
`;

function write(file: string, text: string): void {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), text);
}

function edit(file: string, ...edits: readonly (readonly [from: string, to: string])[]): void {
  const before = readFileSync(join(copy, file), 'utf8');
  const after = edits.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    return text.replace(from, to);
  }, before);
  writeFileSync(join(copy, file), after);
}

/**
 * All that a channel takes: an object, of which the worker alone holds how it sends, a folder of templates, and a grant.
 * Where the worker's half or the grant is left out, the types say so.
 */
function addFax(): void {
  for (const part of [
    'functions',
    'infra',
    'templates',
    'test/events/exampleReceiver.ts',
    'tsconfig.json',
    'package.json',
  ]) {
    cpSync(join(project, part), join(copy, part), { recursive: true });
  }
  const channels = 'functions/deliveries/channels';
  write(`${channels}/fax/fax.ts`, fax);
  write(`${channels}/fax/faxClient.ts`, faxClient);
  edit(
    `${channels}/channels.ts`,
    ['[email, sms, push]', '[email, sms, push, fax]'],
    ['import { push }', "import { fax } from './fax/fax.ts';\nimport { push }"],
  );
  write('templates/fax/en/text.hbs', '{{action}}: {{meeting.name}} for {{party}}');
  edit(
    'functions/handlers/queue/senders.ts',
    ['sms: createSmsSender,', 'sms: createSmsSender,\n  fax: createFaxSender,'],
    [
      'import { createPushSender }',
      "import { createFaxSender } from '../../deliveries/channels/fax/faxClient.ts';\nimport { createPushSender }",
    ],
  );
  edit('infra/grants/channelGrants.ts', [
    '  push: grantPushes,\n',
    '  push: grantPushes,\n  fax: grantTextMessages,\n',
  ]);
}

let aws: TestAws;
let service: TestService;
let handlers: Record<keyof typeof entries, never>;

const entries = {
  create: 'http/meetings/createMeeting',
  invitations: 'http/meetings/readInvitations',
  changed: 'stream/onMeetingChanged',
  deliver: 'queue/deliver',
};

beforeAll(async () => {
  rmSync(copy, { recursive: true, force: true });
  addFax();
  aws = await startAws();
  service = await startService({
    inviteMechanisms: ['fax'],
    remindBeforeMinutes: undefined,
    languages: ['en'],
    smsPerDay: 2,
  });
  handlers = await bundled();
}, 60_000);

afterAll(async () => {
  await service.stop();
  await aws.stop();
  rmSync(copy, { recursive: true, force: true });
});

/** The handlers as they would be deployed. */
async function bundled(): Promise<typeof handlers> {
  const { esbuildTemplates } = await import(/* @vite-ignore */ join(copy, 'infra/templates/plugin.ts'));
  const outdir = join(copy, 'bundles');
  await build({
    entryPoints: Object.entries(entries).map(([out, file]) => ({
      in: join(copy, 'functions/handlers', `${file}.handler.ts`),
      out,
    })),
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    plugins: [esbuildTemplates({ directory: join(copy, 'templates'), languages: ['en'] })],
  });
  const require = createRequire(import.meta.url);
  const handlerOf = (name: string) => require(join(outdir, `${name}.cjs`)).handler as never;
  return {
    create: handlerOf('create'),
    invitations: handlerOf('invitations'),
    changed: handlerOf('changed'),
    deliver: handlerOf('deliver'),
  };
}

function create(claims: Claims, phones: readonly string[]) {
  const validSince = new Date(Date.now() + 3_600_000).toISOString();
  const participants = phones.map((phone) => ({ phone }));
  return call(handlers.create, { claims, body: { name: 'Planning', participants, validSince } });
}

describe('a channel that is added', () => {
  test('fits every type of the service and its infrastructure', () => {
    const config = { extends: './tsconfig.json', include: ['infra', 'functions'] };
    write('tsconfig.channel.json', JSON.stringify(config));
    execFileSync(join(project, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.channel.json'], {
      cwd: copy,
      encoding: 'utf8',
    });
  }, 60_000);

  test('is planned, rendered, sent and shown', async () => {
    const created = await create(alice, ['+34600000002']);
    expect(created.status).toBe(201);
    const { id } = created.body;
    const shown = async () => {
      const { body } = await call(handlers.invitations, { claims: alice, path: { id } });
      return body.participants[0].deliveries;
    };

    expect(await shown()).toMatchObject([{ kind: 'invitation', channel: 'fax', state: 'pending' }]);
    const dynamodb = { Keys: marshall(meetingKey(id)), SequenceNumber: '1' };
    await (handlers.changed as unknown as (event: object) => Promise<void>)({
      Records: [{ eventName: 'INSERT', dynamodb }],
    });
    const jobs = aws.queue.receive(10).map(({ body }) => body);
    expect(jobs.map((job) => JSON.parse(job))).toMatchObject([{ meetingId: id, channel: 'fax' }]);
    expect(await handOver(handlers.deliver, jobs)).toEqual([]);

    expect(aws.phones.sms.all().map(({ phoneNumber, message }) => [phoneNumber, message])).toEqual([
      ['+34600000002', 'invite: Planning for +34600000002'],
    ]);
    expect(await shown()).toMatchObject([{ channel: 'fax', state: 'sent' }]);
  });

  test('is counted within its own day', async () => {
    const organizer = { ...alice, sub: 'organizer-of-faxes', email: 'faxes@example.org', phone_number: '' };
    const phones = ['+34600000002', '+34600000003', '+34600000004'];

    expect(await create(organizer, phones)).toMatchObject({
      status: 429,
      body: {
        code: 'faxes-per-day',
        title: 'Too many faxes for a day',
        detail: 'This would send 3 faxes; the meetings of one organizer may cause 2 in a day (UTC).',
        requested: 3,
        allowed: 2,
      },
    });
    expect((await create(organizer, phones.slice(1))).status).toBe(201);
    expect(await create(organizer, phones.slice(2))).toMatchObject({ status: 429, body: { code: 'faxes-per-day' } });
  });

  test('is a mechanism of the settings, which look for its templates', async () => {
    const { readSettings } = await import(/* @vite-ignore */ join(copy, 'infra/settings.ts'));
    const given = { inviteMechanisms: 'fax', remindBefore: 5, remindMechanisms: 'fax', publicRooms: false };
    const { settings, warnings } = readSettings(given, { projectDirectory: copy });

    expect(settings).toMatchObject({ inviteMechanisms: ['fax'], remindMechanisms: ['fax'], languages: ['en'] });
    expect(warnings).toContain(
      `languagesTemplates: es is left out, since there is no folder ${join(copy, 'templates', 'fax', 'es')}`,
    );
  });

  test('has a queue and a worker of its own', async () => {
    const { createDeliveryQueues } = await import(/* @vite-ignore */ join(copy, 'infra/deliveries.ts'));
    const { bareStack } = await import('../../infra/bareStack.ts');
    const queues = createDeliveryQueues(bareStack('Fax'));

    expect(queues.map(({ queue }: { queue: { node: { id: string } } }) => queue.node.id)).toEqual([
      'EmailDeliveries',
      'SmsDeliveries',
      'PushDeliveries',
      'FaxDeliveries',
    ]);
  });

  test('is in the document of the API, with its refusal', async () => {
    const { generatedFiles } = await import(/* @vite-ignore */ join(copy, 'infra/docs/generated.ts'));
    const files = generatedFiles('');

    expect(files['openapi.json'].replace(/\s+/g, '')).toContain('"enum":["email","sms","push","fax"]');
    expect(files['docs/problems.md']).toContain('`faxes-per-day`');
  });
});
