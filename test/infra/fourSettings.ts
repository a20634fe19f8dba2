import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCloudAssembly } from '../../infra/local/assembly/cloudAssembly.ts';
import { openStack, type Stack } from '../../infra/local/assembly/stack.ts';
import { synthesize } from '../../infra/synthesize.ts';
import { testBundles } from '../bundles.ts';
import { onceInRun } from '../onceInRun.ts';
import type { Resources } from './account.ts';

const application = (platform: string) => `arn:aws:sns:eu-west-1:111122223333:app/${platform}/meetings`;
const certificate = (id: string) => `arn:aws:acm:eu-west-1:111122223333:certificate/${id}`;

/** All that a stack can be given. */
export const everything = {
  linkHost: 'https://meetings.example.org',
  certificateArn: certificate('11112222-3333-4444-5555-666677778888'),
  socketHost: 'wss://sockets.example.org',
  socketCertificateArn: certificate('99998888-7777-6666-5555-444433332222'),
  inviteMechanisms: ['email', 'sms'],
  mailIdentity: 'Meetings <meetings@example.org>',
  configurationSet: 'meetings',
  shortenerToken: '/meetings/bitly',
  pstnExtension: '+34999999999',
  smsOrigination: 'Meetings',
  remindBefore: 10,
  remindMechanisms: ['push', 'email', 'sms'],
  pushApplications: { fcm: application('GCM'), apns: application('APNS'), 'apns-sandbox': application('APNS_SANDBOX') },
  iceServers: ['stun:stun.example.org', 'turns:turn.example.org:443?transport=tcp'],
  turnSecret: 'secretsmanager:meetings/turn',
  allowedOrigins: ['https://app.example.org'],
  alarmEmail: 'operators@example.org',
  tags: { 'cost-center': 'meetings' },
  logLevel: 'debug',
  socketAccessLog: true,
  tracing: true,
  eventBus: true,
  mfa: 'required',
  threatProtection: 'full',
};

const ini = `[meetings]
linkHost = https://meetings.wac/
inviteMechanisms[] = email
mailIdentity = meetings@example.org
issuer = https://login.example.org/
audience[] = meetings
jitsiHost = meet.example.org
`;

/** What operators deploy: as it ships, with everything on, with nothing said, and from a wac.ini. */
export const fourSettings = ['shipped', 'everything on', 'minimal', 'a wac.ini'] as const;

export type FourSettings = (typeof fourSettings)[number];

/** The context of each, which stands over that of cdk.json. */
export function contextOf(settings: FourSettings): Readonly<Record<string, unknown>> {
  if (settings === 'shipped') return {};
  if (settings === 'everything on') return { meetings: everything };
  if (settings === 'minimal') return { meetings: {} };
  const wacIni = join(mkdtempSync(join(tmpdir(), 'ini-')), 'wac.ini');
  writeFileSync(wacIni, ini);
  return { meetings: {}, wacIni };
}

/** The project's own stack with these settings, synthesized once per run. */
async function assemblyOf(settings: FourSettings): Promise<string> {
  return onceInRun(`assembly-${settings.replaceAll(' ', '-')}`, (outdir) =>
    synthesize({ context: contextOf(settings), outdir, bundles: testBundles, validate: false }),
  );
}

/** Its resources as CloudFormation is handed them. */
export async function resourcesOf(settings: FourSettings): Promise<Resources> {
  const file = join(await assemblyOf(settings), 'Meetings.template.json');
  return JSON.parse(readFileSync(file, 'utf8')).Resources;
}

/** The same, with every name and property resolved. */
export async function stackOf(settings: FourSettings): Promise<Stack> {
  const addresses = { aws: 'http://127.0.0.1:1', http: 'http://127.0.0.1:2', socket: 'ws://127.0.0.1:3' };
  return openStack(readCloudAssembly(await assemblyOf(settings), 'Meetings'), addresses);
}
