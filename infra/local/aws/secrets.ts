import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { arnOf } from '../assembly/place.ts';
import { AwsRefusal, type AwsService } from './awsCall.ts';
import { jsonProtocol } from './jsonProtocol.ts';
import { defineOperation, defineService } from './operations.ts';

const secretsFile = z.record(z.string(), z.string());

/** Finds a parameter or secret by its name. */
export type SecretReader = (name: string) => string | undefined;

/**
 * Reads `secrets.json`, anew at each call so that it can be written while the service runs: names with their values.
 *
 * @param parameters what the template itself holds
 */
export function readSecretsFrom(path: string, parameters: Readonly<Record<string, string>>): SecretReader {
  return (name) => {
    const given = existsSync(path) ? secretsFile.parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
    return given[name] ?? parameters[name];
  };
}

/** SSM's parameters, one at a time or ten. */
export function ssmService(read: SecretReader): AwsService {
  const arn = (name: string) => arnOf('ssm', `parameter/${name.replace(/^\//, '')}`);
  const parameter = (Name: string, Value: string) => ({
    ARN: arn(Name),
    Name,
    Type: 'SecureString',
    Value,
    Version: 1,
  });
  const decryption = { WithDecryption: z.boolean().optional() };
  return defineService(jsonProtocol('1.1'), {
    GetParameter: defineOperation({
      input: z.strictObject({ Name: z.string(), ...decryption }),
      permissions: ({ Name }) => [{ action: 'ssm:GetParameter', resource: arn(Name) }],
      run: ({ Name }) => {
        const value = read(Name);
        if (value === undefined) throw new AwsRefusal('ParameterNotFound', `Parameter ${Name} not found.`);
        return { Parameter: parameter(Name, value) };
      },
    }),
    GetParameters: defineOperation({
      input: z.strictObject({ Names: z.array(z.string()).min(1).max(10), ...decryption }),
      permissions: ({ Names }) => Names.map((name) => ({ action: 'ssm:GetParameters', resource: arn(name) })),
      run: ({ Names }) => {
        const found = Names.flatMap((name) => {
          const value = read(name);
          return value === undefined ? [] : [parameter(name, value)];
        });
        const foundNames = new Set(found.map(({ Name }) => Name));
        return { Parameters: found, InvalidParameters: Names.filter((name) => !foundNames.has(name)) };
      },
    }),
  });
}

/** Secrets Manager's secrets, by name or ARN. */
export function secretsManagerService(read: SecretReader): AwsService {
  return defineService(jsonProtocol('1.1'), {
    GetSecretValue: defineOperation({
      input: z.strictObject({ SecretId: z.string() }),
      permissions: ({ SecretId }) => [{ action: 'secretsmanager:GetSecretValue', resource: secretArn(SecretId) }],
      run: ({ SecretId }) => {
        const name = secretName(SecretId);
        const value = read(SecretId) ?? read(name);
        if (value === undefined) {
          throw new AwsRefusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
        }
        return {
          ARN: secretArn(SecretId),
          Name: name,
          SecretString: value,
          VersionId: 'local',
          VersionStages: ['AWSCURRENT'],
        };
      },
    }),
  });
}

/** An ARN ends in the name, a dash and six characters of Secrets Manager's own. */
function secretName(secretId: string): string {
  return secretId.startsWith('arn:') ? (secretId.split(':')[6] ?? '').replace(/-[A-Za-z0-9]{6}$/, '') : secretId;
}

function secretArn(secretId: string): string {
  return secretId.startsWith('arn:') ? secretId : arnOf('secretsmanager', `secret:${secretId}-local0`);
}
