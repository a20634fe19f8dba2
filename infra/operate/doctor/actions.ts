/**
 * All that is ever asked, by IAM's names, and on which resources; none of it changes anything, or reads a secret (Service
 * Authorization Reference). Who calls is told without a permission (AWS STS API reference, "GetCallerIdentity").
 */
const actions = {
  'acm:DescribeCertificate': 'arn:aws:acm:*:*:certificate/*',
  'apigateway:GET': 'arn:aws:apigateway:*::/account',
  'lambda:GetAccountSettings': '*',
  'secretsmanager:DescribeSecret': 'arn:aws:secretsmanager:*:*:secret:*',
  'ses:GetAccount': '*',
  'ses:GetConfigurationSet': 'arn:aws:ses:*:*:configuration-set/*',
  'ses:GetEmailIdentity': 'arn:aws:ses:*:*:identity/*',
  'sns:GetPlatformApplicationAttributes': '*',
  'sns:GetSMSAttributes': '*',
  'sns:GetSMSSandboxAccountStatus': '*',
  'sns:ListOriginationNumbers': '*',
  'ssm:DescribeParameters': '*',
  'ssm:GetParameter': 'arn:aws:ssm:*:*:parameter/cdk-bootstrap/*',
} as const;

export type Action = keyof typeof actions;

/** The policy by which whoever asks may ask all of it, with any settings. */
export function readPolicy() {
  const all = Object.entries(actions);
  const without = all.filter(([, resource]) => resource === '*');
  const within = all.filter(([, resource]) => resource !== '*');
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: without.map(([action]) => action), Resource: '*' },
      {
        Effect: 'Allow',
        Action: within.map(([action]) => action),
        Resource: within.map(([, resource]) => resource),
      },
    ],
  };
}
