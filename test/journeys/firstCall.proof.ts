import { describe, expect, test } from 'vitest';
import type { CloudFormationTemplate } from '../../infra/local/assembly/cloudAssembly.ts';
import { testDeployment } from '../bundles.ts';
import { beginJourney, everyChannel } from './journey.ts';
import { fencedBlocks } from './signIn/fencedBlocks.ts';
import { runAsOperator } from './signIn/shell.ts';

const script = fencedBlocks('docs/deploying.md', 'The first call').join('\n');

/** What the commands of the page end with, where the template is not as it should be. */
async function outcomeWith(spoil: (template: CloudFormationTemplate) => void, settings: object = {}) {
  const { assembly, ...deployment } = await testDeployment({ ...everyChannel, ...settings });
  const template = structuredClone(assembly.template);
  spoil(template);
  const service = await beginJourney({}, { deployment: { ...deployment, assembly: { ...assembly, template } } });
  try {
    return await runAsOperator(service, script);
  } finally {
    await service.end();
  }
}

const resourcesOf = ({ Resources }: CloudFormationTemplate, type: string) =>
  Object.entries(Resources).filter(([, { Type }]) => Type === type);

describe('the commands of docs/deploying.md fail', () => {
  test('where the pool has no groups', async () => {
    const { code, err } = await outcomeWith((template) => {
      for (const [id] of resourcesOf(template, 'AWS::Cognito::UserPoolGroup')) delete template.Resources[id];
    });

    expect([code, err]).toEqual([254, expect.stringContaining('"message":"Group not found."')]);
  });

  test('where the client may not sign in by password for who has the account', async () => {
    const { code, err } = await outcomeWith((template) => {
      for (const [, { Properties }] of resourcesOf(template, 'AWS::Cognito::UserPoolClient')) {
        Properties.ExplicitAuthFlows = ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];
      }
    });

    expect([code, err]).toEqual([254, expect.stringContaining('Auth flow not enabled for this client')]);
  });

  test('where the door expects another audience', async () => {
    const { out } = await outcomeWith((template) => {
      for (const [, { Properties }] of resourcesOf(template, 'AWS::ApiGatewayV2::Authorizer')) {
        Properties.JwtConfiguration = { ...Object(Properties.JwtConfiguration), Audience: ['somebody-else'] };
      }
    });

    expect(out).toMatch(/^HTTP\/1\.1 401 Unauthorized\r$/m);
    expect(out).toContain('{"message":"Unauthorized"}');
  });

  test('where the door expects another issuer', async () => {
    const { out } = await outcomeWith((template) => {
      for (const [, { Properties }] of resourcesOf(template, 'AWS::ApiGatewayV2::Authorizer')) {
        Properties.JwtConfiguration = { ...Object(Properties.JwtConfiguration), Issuer: 'https://login.example.org' };
      }
    });

    expect(out).toMatch(/^HTTP\/1\.1 401 Unauthorized\r$/m);
  });

  test('where the stack does not say what the pool’s client is called', async () => {
    const { code, err } = await outcomeWith(({ Outputs }) => {
      delete Outputs.UserPoolClientId;
    });

    expect([code, err]).toEqual([254, expect.stringContaining('User pool client None does not exist.')]);
  });

  test('where passwords must be longer than theirs', async () => {
    const { code, err } = await outcomeWith(() => {}, { passwordLength: 40 });

    expect([code, err]).toEqual([254, expect.stringContaining('Password not long enough')]);
  });
});
