import type { Stack } from 'aws-cdk-lib';
import { Fn } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { RuntimeSettings } from '../functions/runtime/settings.ts';
import type { Sockets } from './rooms.ts';
import type { Settings } from './settings.ts';

/** The part of the settings that the functions follow, as the JSON of their `SETTINGS`. */
export function runtimeSettings(
  stack: Stack,
  settings: Settings,
  { apiEndpoint }: HttpApi,
  { url: socketUrl }: Sockets,
): string {
  const linkHost = settings.linkHost ?? apiEndpoint;
  const given: RuntimeSettings = {
    linkHost,
    linkPath: settings.linkPath,
    linkFormat: settings.linkFormat,
    domain: settings.domain ?? Fn.select(2, Fn.split('/', linkHost)),
    inviteMechanisms: [...settings.inviteMechanisms],
    remindMechanisms: [...settings.remindMechanisms],
    remindBeforeMinutes: settings.remindBeforeMinutes,
    languages: [...settings.languages],
    languagesGiven: settings.languagesGiven,
    timeZone: settings.timeZone,
    mailIdentity: settings.mailIdentity,
    configurationSet: settings.configurationSet,
    smsService: settings.smsService,
    smsOrigination: settings.smsOrigination,
    smsMaxPriceUsd: settings.smsMaxPriceUsd,
    smsCountries: [...settings.smsCountries],
    mailsPerDay: settings.mailsPerDay,
    smsPerDay: settings.smsPerDay,
    pushApplications: settings.pushApplications,
    pstnExtension: settings.pstnExtension,
    shortenerToken: settings.shortenerToken,
    capabilitiesClaim: settings.capabilitiesClaim,
    trustIssuerAddresses: settings.trustIssuerAddresses,
    publicRooms: settings.publicRooms,
    roomCapacity: settings.roomCapacity,
    openBeforeMinutes: settings.openBeforeMinutes,
    socketUrl,
    iceServers: settings.iceServers.map(({ urls }) => ({ urls: [...urls] })),
    turnSecret: settings.turnSecret,
    jitsiHost: settings.jitsiHost,
    allowedOrigins: [...settings.allowedOrigins],
    retentionDays: settings.retentionDays,
  };
  return stack.toJsonString(given);
}
