import type { AddressChannelName, Channel } from '../../functions/deliveries/channels/channels.ts';
import { sms } from '../../functions/deliveries/channels/sms/sms.ts';
import type { SettingFault } from './fault.ts';
import type { SettingName, Values } from './schema.ts';

/** The settings' values, with what follows from several of them. */
export interface Facts extends Readonly<Omit<Values, 'inviteMechanisms' | 'smsCountries'>> {
  readonly inviteMechanisms: readonly AddressChannelName[];
  readonly mechanismsInUse: readonly Channel[];
  readonly smsCountries: readonly string[];
}

interface Rule {
  /** The settings that it reads; the fault is the first one's. */
  readonly concerns: readonly [SettingName, ...SettingName[]];
  readonly broken: (facts: Facts) => boolean;
  readonly message: string;
}

const rules: readonly Rule[] = [
  {
    concerns: ['certificateArn', 'linkHost'],
    broken: ({ certificateArn, linkHost }) => certificateArn !== undefined && !isHttpsName(linkHost, 'https:'),
    message: 'Needs linkHost to be https:// and a name, without a port.',
  },
  {
    concerns: ['socketCertificateArn', 'socketHost'],
    broken: ({ socketCertificateArn, socketHost }) =>
      socketCertificateArn !== undefined && !isHttpsName(socketHost, 'wss:'),
    message: 'Needs socketHost to be wss:// and a name, without a port.',
  },
  {
    concerns: ['socketHost', 'linkHost', 'certificateArn', 'socketCertificateArn'],
    broken: ({ socketHost, linkHost, certificateArn, socketCertificateArn }) =>
      certificateArn !== undefined &&
      socketCertificateArn !== undefined &&
      linkHost !== undefined &&
      socketHost !== undefined &&
      new URL(linkHost).hostname === new URL(socketHost).hostname,
    message: 'Must be another host than linkHost: API Gateway cannot serve both under one domain.',
  },
  {
    concerns: ['consoleCertificateArn', 'consoleHost'],
    broken: ({ consoleCertificateArn, consoleHost }) =>
      consoleCertificateArn !== undefined && !isHttpsName(consoleHost, 'https:'),
    message: 'Needs consoleHost to be https:// and a name, without a port.',
  },
  {
    concerns: ['consoleHost', 'linkHost'],
    broken: ({ consoleHost, linkHost }) => consoleHost !== undefined && consoleHost === linkHost,
    message: 'Must be another host than linkHost: what strangers write in rooms must not reach the console.',
  },
  {
    concerns: ['consoleClientId', 'issuer'],
    broken: ({ consoleClientId, issuer }) => consoleClientId !== undefined && issuer === undefined,
    message: "Only with issuer: the stack's own user pool has a client for the console.",
  },
  {
    // API Gateway quotas, "Audiences per authorizer"
    concerns: ['consoleClientId', 'audience'],
    broken: ({ consoleClientId, audience }) => consoleClientId !== undefined && audience.length > 49,
    message: 'Joins audience, which must be 49 at most beside it: an authorizer takes 50.',
  },
  {
    concerns: ['smsCountries', 'pstnExtension', 'smsService'],
    broken: ({ mechanismsInUse, smsCountries, smsService }) =>
      smsService && mechanismsInUse.includes(sms.name) && smsCountries.length === 0,
    message:
      'SMS is to be sent, but nothing says to which countries: list them here (such as ES), or set pstnExtension, whose country then serves.',
  },
  {
    concerns: ['audience', 'issuer'],
    broken: ({ issuer, audience }) => issuer !== undefined && audience.length === 0,
    message: 'Needed with issuer: whom the tokens are made for.',
  },
  {
    concerns: ['issuer', 'audience'],
    broken: ({ issuer, audience }) => issuer === undefined && audience.length > 0,
    message: 'Needed with audience: who makes the tokens.',
  },
  {
    concerns: ['allowedOrigins'],
    broken: ({ allowedOrigins }) => allowedOrigins.includes('*') && allowedOrigins.length > 1,
    message: 'Must hold either * alone or origins.',
  },
];

/** Holds settings against each other, but for those that are at fault by themselves. */
export function brokenAgreements(facts: Facts, faulty: ReadonlySet<string>): SettingFault[] {
  return rules
    .filter((rule) => !rule.concerns.some((name) => faulty.has(name)) && rule.broken(facts))
    .map((rule) => ({ setting: rule.concerns[0], message: rule.message }));
}

/** Tells whether API Gateway can take an origin as a custom domain: over TLS, by name, at the usual port. */
function isHttpsName(origin: string | undefined, scheme: string): boolean {
  if (origin === undefined) return false;
  const { protocol, port, hostname } = new URL(origin);
  return protocol === scheme && port === '' && /\.[a-z][a-z0-9-]{0,62}$/i.test(hostname);
}
