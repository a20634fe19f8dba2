import * as z from 'zod';
import type { SecretReference } from '../../functions/runtime/settings.ts';
import { addIssue, textMatching } from './kinds.ts';

const parameterName = /^(\/[A-Za-z0-9_.-]{1,200}){1,15}$/;
const secretArn = /^arn:aws[a-z-]{0,20}:secretsmanager:[a-z0-9-]{1,30}:\d{12}:secret:[A-Za-z0-9/_+=.@-]{1,520}$/;
const secretName = /^secretsmanager:([A-Za-z0-9/_+=.@-]{1,512})$/;

/** The name of a stored secret; the secret itself is refused and never repeated in what is said. */
export function secretReference(what: string, name: string) {
  const sentence = [
    `Must name where the ${what} is stored, not hold it, or it would reach templates and logs.`,
    `Store it with: aws ssm put-parameter --type SecureString --name ${name} --value <the ${what}>`,
    `and set this to ${name}. (A Secrets Manager ARN or secretsmanager:NAME serves too.)`,
  ].join(' ');
  return z.string({ error: sentence }).transform((given, context): SecretReference => {
    const id = given.trim();
    if (parameterName.test(id)) return { store: 'ssm', id };
    if (secretArn.test(id)) return { store: 'secretsmanager', id };
    const [, named] = secretName.exec(id) ?? [];
    if (named) return { store: 'secretsmanager', id: named };
    return addIssue(context, sentence);
  });
}

/** The ARN of an ACM certificate. */
export const certificateArn = textMatching(
  /^arn:aws[a-z-]{0,20}:acm:[a-z0-9-]{1,30}:\d{12}:certificate\/[0-9a-f-]{36}$/,
  'Must be the ARN of an ACM certificate, such as arn:aws:acm:eu-west-1:111122223333:certificate/11112222-3333-4444-5555-666677778888.',
);

/** The ARN of an SNS platform application for one kind of phone. */
export function platformApplicationArn(platform: 'GCM' | 'APNS' | 'APNS_SANDBOX') {
  return textMatching(
    new RegExp(`^arn:aws[a-z-]{0,20}:sns:[a-z0-9-]{1,30}:\\d{12}:app/${platform}/[A-Za-z0-9_.-]{1,256}$`),
    `Must be the ARN of an SNS platform application for ${platform}, such as arn:aws:sns:eu-west-1:111122223333:app/${platform}/meetings.`,
    400,
  );
}
