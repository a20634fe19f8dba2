import { linkOf } from '../../functions/meetings/links/link.ts';
import { shortCodeLength, shortLinkOf } from '../../functions/meetings/links/personalLink.ts';
import { linkKeyLength, meetingIdLength } from '../../functions/meetings/meeting.ts';
import { mechanismsInUse } from '../settings/mechanisms.ts';
import type { Settings } from '../settings.ts';
import type { CheckOptions } from './check.ts';

/** What the settings mean to the templates. */
export function checkOptions(settings: Settings): CheckOptions {
  return {
    directory: settings.templatePath,
    languages: settings.languages,
    languagesGiven: settings.languagesGiven,
    mechanisms: mechanismsInUse(settings.inviteMechanisms, {
      ...settings,
      remindBefore: settings.remindBeforeMinutes,
    }),
    mailIdentity: settings.mailIdentity?.address,
    pstnExtension: settings.pstnExtension,
    brand: settings,
    organizerMail: settings.organizerMail,
    link: settings.shortenerToken === undefined ? longLink(settings) : undefined,
    shortLink: settings.shortenerToken === undefined ? ownShortLink(settings) : undefined,
  };
}

/** A host as long as those that API Gateway gives. */
const gatewayHost = 'https://abcdefghij.execute-api.eu-west-1.amazonaws.com';

function longLink({ linkHost = gatewayHost, linkPath, linkFormat }: Settings): string {
  if (linkFormat === 'user') return `${linkHost}${linkPath}/alice`;
  return linkOf({ id: 'a'.repeat(meetingIdLength), key: 'b'.repeat(linkKeyLength) }, { linkHost, linkPath });
}

function ownShortLink({ linkHost = gatewayHost }: Settings): string {
  return shortLinkOf('c'.repeat(shortCodeLength), { linkHost });
}
