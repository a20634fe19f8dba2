import type { SecretReference } from '../../../functions/runtime/settings.ts';
import { type Finding, missing, well } from './finding.ts';
import { awsCommand, type Place } from './place.ts';

/**
 * @param setting that names it: `turnSecret` or `shortenerToken`
 * @param exists whether it is stored, and not about to be deleted
 */
export function judgeStoredSecret(
  setting: string,
  { store, id }: SecretReference,
  exists: boolean,
  place: Place,
): Finding {
  const check = `Secret of ${setting}`;
  const needed = `${id} (${setting})`;
  if (exists) return well(check, 'stored', needed);
  const command =
    store === 'ssm'
      ? `ssm put-parameter --type SecureString --name ${id} --value VALUE`
      : `secretsmanager create-secret --name ${nameOf(id)} --secret-string VALUE`;
  return missing(check, {
    found: 'not stored',
    needed,
    says: 'What needs it fails, and says so in the log.',
    mend: [awsCommand(command, place)],
  });
}

/** An ARN ends in the name with six letters of AWS's choice (AWS Secrets Manager user guide, "What's in a Secrets Manager secret?"). */
function nameOf(id: string): string {
  return id.startsWith('arn:') ? (id.split(':')[6] ?? id).replace(/-[A-Za-z0-9]{6}$/, '') : id;
}
