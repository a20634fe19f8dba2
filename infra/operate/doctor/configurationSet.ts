import { type Finding, missing, well } from './finding.ts';
import { awsCommand, type Place } from './place.ts';

/** @param isSending undefined where SES has no such configuration set */
export function judgeConfigurationSet(name: string, isSending: boolean | undefined, place: Place): Finding {
  const check = 'SES configuration set';
  const needed = `${name} (configurationSet)`;
  if (isSending === undefined)
    return missing(check, {
      found: 'no such one',
      needed,
      says: 'SES refuses all mail that names it.',
      mend: [awsCommand(`sesv2 create-configuration-set --configuration-set-name ${name}`, place)],
    });
  if (isSending) return well(check, name, needed);
  return missing(check, {
    found: `${name}, paused`,
    needed,
    says: 'SES refuses all mail that names it.',
    mend: [
      awsCommand(
        `sesv2 put-configuration-set-sending-options --configuration-set-name ${name} --sending-enabled`,
        place,
      ),
    ],
  });
}
