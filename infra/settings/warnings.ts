import { channels } from '../../functions/deliveries/channels/channels.ts';
import { sms } from '../../functions/deliveries/channels/sms/sms.ts';
import { chooseConference } from '../../functions/rooms/conference/chooseConference.ts';
import type { Facts } from './agreement.ts';

interface Warning {
  readonly applies: (facts: Facts) => boolean;
  readonly says: string;
}

const warnings: readonly Warning[] = [
  {
    applies: ({ linkHost }) => isElsewhere(linkHost, 'http:'),
    says: 'linkHost: links over http:// can be read and changed on their way, and browsers refuse camera and microphone there',
  },
  {
    applies: ({ linkHost, certificateArn }) => isElsewhere(linkHost, 'https:') && certificateArn === undefined,
    says: 'linkHost: links lead nowhere until it points at the output ApiUrl, through a proxy that has a certificate for it; with certificateArn the stack makes the domain itself',
  },
  {
    applies: ({ socketHost, socketCertificateArn }) =>
      isElsewhere(socketHost, 'wss:') && socketCertificateArn === undefined,
    says: 'socketHost: rooms stay closed until it points at the output SocketUrl, through a proxy that has a certificate for it; with socketCertificateArn the stack makes the domain itself',
  },
  {
    applies: ({ consoleHost, consoleCertificateArn }) =>
      isElsewhere(consoleHost, 'https:') && consoleCertificateArn === undefined,
    says: 'consoleHost: nobody reaches the console until it points at the output ConsoleApiUrl, through a proxy that has a certificate for it; with consoleCertificateArn the stack makes the domain itself',
  },
  {
    applies: ({ linkFormat }) => linkFormat === 'user',
    says: "linkFormat: a link that ends in its creator's alias is not one meeting's own; whoever knows it can enter the creator's other meetings",
  },
  {
    applies: ({ inviteMechanisms }) => inviteMechanisms.length === 0,
    says: 'inviteMechanisms: nobody is told of meetings, since none is set',
  },
  ...channels.map(
    (channel): Warning => ({
      applies: (facts) => isNamed(channel.name, facts) && !channel.isAvailable(facts),
      says: channel.unavailableInDeployment,
    }),
  ),
  {
    applies: ({ smsOrigination, ...facts }) =>
      smsOrigination === undefined && isNamed(sms.name, facts) && sms.isAvailable(facts),
    says: 'smsOrigination: SMS come from a number that AWS chooses, where the template from.hbs names none; countries that ask for a registered sender, such as the United States, then take no SMS',
  },
  {
    applies: ({ pstnExtension, ...facts }) => pstnExtension !== undefined && !chooseConference(facts).answersTelephone,
    says: 'pstnExtension: invitations name this number, and nobody answers it but a telephone exchange of your own that asks GET /dial-in/{pin}; with jitsiHost, Jitsi does',
  },
  {
    applies: ({ iceServers, ...facts }) => iceServers.length === 0 && chooseConference(facts).connectsBrowsers,
    says: 'iceServers: people behind different routers can neither see nor hear each other, since no STUN or TURN server is set',
  },
  {
    applies: ({ iceServers, turnSecret }) =>
      turnSecret === undefined && iceServers.some(({ urls }) => urls.some((url) => /^turns?:/i.test(url))),
    says: 'iceServers: a TURN server gets no credentials, since turnSecret is not set',
  },
  {
    applies: ({ alarmEmail }) => alarmEmail === undefined,
    says: 'alarmEmail: the alarms ring and nobody hears them, since it is not set; name the address of who operates the system',
  },
  {
    applies: ({ publicRooms }) => publicRooms,
    says: 'publicRooms: take into account that anyone can use the service at /c/<anything>; publicRooms = false turns that off',
  },
];

/** Says what an operator should know of settings that are taken. */
export function warningsOf(facts: Facts): string[] {
  return warnings.filter(({ applies }) => applies(facts)).map(({ says }) => says);
}

function isNamed(channel: string, { inviteMechanisms, remindBefore, remindMechanisms }: Facts): boolean {
  const named: readonly string[] =
    remindBefore === undefined ? inviteMechanisms : [...inviteMechanisms, ...remindMechanisms];
  return named.includes(channel);
}

/** Whether an address has this scheme, and its host is not this machine. */
function isElsewhere(address: string | undefined, protocol: string): boolean {
  if (address === undefined) return false;
  const url = new URL(address);
  return url.protocol === protocol && !isThisMachine(url.hostname);
}

function isThisMachine(hostname: string): boolean {
  return /^(localhost|.*\.localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/.test(hostname);
}
