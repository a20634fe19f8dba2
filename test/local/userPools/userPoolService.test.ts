import { join } from 'node:path';
import { decodeJwt, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { openStack, type Stack } from '../../../infra/local/assembly/stack.ts';
import { openUserJournal } from '../../../infra/local/userPools/members.ts';
import { readUserPools } from '../../../infra/local/userPools/userPool.ts';
import { userPoolService } from '../../../infra/local/userPools/userPoolService.ts';
import { startAddress } from '../aws/localAddress.ts';
import { temporaryDirectory } from '../temporaryDirectory.ts';

const passwordPolicy = {
  MinimumLength: 10,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
  RequireUppercase: true,
};

const poolProperties = {
  AliasAttributes: ['email'],
  Policies: { PasswordPolicy: passwordPolicy },
  UsernameConfiguration: { CaseSensitive: false },
};

const ownPool = { UserPoolId: { Ref: 'Users' } };

interface Changes {
  readonly pool?: object;
  readonly client?: object;
}

function stackWith({ pool, client }: Changes): Stack {
  const Resources = {
    Users: { Type: 'AWS::Cognito::UserPool', Properties: { ...poolProperties, ...pool } },
    Group: { Type: 'AWS::Cognito::UserPoolGroup', Properties: { ...ownPool, GroupName: 'gardeners' } },
    Other: { Type: 'AWS::Cognito::UserPoolGroup', Properties: { UserPoolId: 'of-another', GroupName: 'bakers' } },
    Client: {
      Type: 'AWS::Cognito::UserPoolClient',
      Properties: { ...ownPool, ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'], ...client },
    },
  };
  const template = { Parameters: {}, Mappings: {}, Conditions: {}, Resources, Outputs: {} };
  const addresses = { aws: 'http://127.0.0.1:1', http: 'http://127.0.0.1:2', socket: 'ws://127.0.0.1:3' };
  return openStack({ stackName: 'Garden', template, assetDirectory: (hash) => hash }, addresses);
}

const good = 'Aa1-567890';
const UserPoolId = 'eu-west-1_Users';
const ana = { UserPoolId, Username: 'ana' };
const signInAs = (USERNAME: string, PASSWORD = good) => ({
  UserPoolId,
  ClientId: 'Client',
  AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
  AuthParameters: { USERNAME, PASSWORD },
});

// biome-ignore lint/suspicious/noExplicitAny: what a test expects of it says what it is
type Call = (action: string, input: object) => Promise<any>;

/** A pool's service; `call` gives the reply, or of a refusal its code and its words. */
async function openPool(changes: Changes = {}): Promise<Call> {
  const members = openUserJournal(join(temporaryDirectory(), 'user-pools.jsonl'));
  const sign = async (claims: object) => new UnsecuredJWT({ ...claims }).encode();
  const service = userPoolService({ pools: readUserPools(stackWith(changes)), members, sign });
  const { url } = await startAddress({ 'cognito-idp': service });
  return async (action, input) => {
    const scope = 'Tester/20260101/eu-west-1/cognito-idp/aws4_request';
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
    const headers = { authorization, 'x-amz-target': `AWSCognitoIdentityProviderService.${action}` };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(input) });
    const reply = JSON.parse(await response.text());
    return response.ok ? reply : `${reply.__type}: ${reply.message}`;
  };
}

/** With ana in it, who has a password. */
async function openPoolWithAna(changes: Changes = {}, permanent = true): Promise<Call> {
  const call = await openPool(changes);
  const UserAttributes = [
    { Name: 'email', Value: 'ana@example.org' },
    { Name: 'email_verified', Value: 'true' },
  ];
  await call('AdminCreateUser', { ...ana, UserAttributes, MessageAction: 'SUPPRESS' });
  await call('AdminSetUserPassword', { ...ana, Password: good, Permanent: permanent });
  return call;
}

describe('AdminCreateUser', () => {
  test('enters somebody who must change their password, with an id of their own', async () => {
    const call = await openPool();

    expect(await call('AdminCreateUser', { ...ana, MessageAction: 'SUPPRESS' })).toEqual({
      User: {
        Username: 'ana',
        Attributes: [{ Name: 'sub', Value: expect.stringMatching(/^[0-9a-f-]{36}$/) }],
        UserCreateDate: expect.any(Number),
        UserLastModifiedDate: expect.any(Number),
        Enabled: true,
        UserStatus: 'FORCE_CHANGE_PASSWORD',
      },
    });
  });

  test.each([
    [{ Username: 'ANA' }, 'UsernameExistsException: User account already exists'],
    [
      { Username: 'bea@example.org' },
      'InvalidParameterException: Username cannot be of email format, since user pool is configured for email alias.',
    ],
    [{ UserPoolId: 'x' }, 'ResourceNotFoundException: User pool x does not exist.'],
    [{ Group: 'gardeners' }, 'ValidationException: AdminCreateUser: ✖ Unrecognized key: "Group"'],
  ])('refuses %j', async (changes, words) => {
    const call = await openPoolWithAna();

    expect(await call('AdminCreateUser', { ...ana, MessageAction: 'SUPPRESS', ...changes })).toBe(words);
  });
});

describe('AdminSetUserPassword', () => {
  test.each([
    ['Aa1-56789', 'Password not long enough'],
    ['AA1-567890', 'Password must have lowercase characters'],
    ['aa1-567890', 'Password must have uppercase characters'],
    ['Aax-abcdef', 'Password must have numeric characters'],
    ['Aa12345678', 'Password must have symbol characters'],
    ['Aa1 567890 ', undefined],
    [good, undefined],
  ])('of %j says %s', async (Password, words) => {
    const call = await openPoolWithAna();

    const said = await call('AdminSetUserPassword', { ...ana, Password });
    expect(said).toEqual(
      words === undefined ? {} : `InvalidPasswordException: Password did not conform with policy: ${words}`,
    );
  });

  test('asks for what Cognito asks for where the template says nothing', async () => {
    const call = await openPoolWithAna({ pool: { Policies: undefined } });

    expect(await call('AdminSetUserPassword', { ...ana, Password: 'Aa1-567' })).toMatch(/not long enough$/);
    expect(await call('AdminSetUserPassword', { ...ana, Password: 'Aa1-5678' })).toEqual({});
  });
});

describe('AdminAddUserToGroup', () => {
  test.each(['nobody', 'bakers', 'Gardeners'])('knows no group %s of this pool', async (GroupName) => {
    const call = await openPoolWithAna();

    expect(await call('AdminAddUserToGroup', { ...ana, GroupName })).toBe(
      'ResourceNotFoundException: Group not found.',
    );
  });

  test('knows nobody who was not entered', async () => {
    const call = await openPoolWithAna();
    const bea = { UserPoolId, Username: 'bea', GroupName: 'gardeners' };

    expect(await call('AdminAddUserToGroup', bea)).toBe('UserNotFoundException: User does not exist.');
  });
});

describe('AdminInitiateAuth', () => {
  test.each(['ana', 'Ana', 'ana@example.org'])(
    'gives %s tokens with their groups, for as long as the client says',
    async (name) => {
      const call = await openPoolWithAna({
        client: { IdTokenValidity: 5, TokenValidityUnits: { IdToken: 'minutes' } },
      });
      await call('AdminAddUserToGroup', { ...ana, GroupName: 'gardeners' });

      const { AuthenticationResult } = await call('AdminInitiateAuth', signInAs(name));
      const idToken = decodeJwt(AuthenticationResult.IdToken);
      const accessToken = decodeJwt(AuthenticationResult.AccessToken);

      expect([AuthenticationResult.ExpiresIn, Number(idToken.exp) - Number(idToken.iat)]).toEqual([300, 300]);
      expect(idToken).toMatchObject({
        iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Users',
        aud: 'Client',
        token_use: 'id',
        'cognito:username': 'ana',
        'cognito:groups': ['gardeners'],
        email: 'ana@example.org',
        email_verified: true,
      });
      expect(accessToken).toMatchObject({
        client_id: 'Client',
        token_use: 'access',
        username: 'ana',
        sub: idToken.sub,
      });
      for (const name of ['aud', 'email', 'email_verified']) expect(accessToken).not.toHaveProperty(name);
    },
  );

  test('does not know an address that is not verified', async () => {
    const call = await openPool();
    const UserAttributes = [{ Name: 'email', Value: 'ana@example.org' }];
    await call('AdminCreateUser', { ...ana, UserAttributes, MessageAction: 'SUPPRESS' });

    expect(await call('AdminInitiateAuth', signInAs('ana@example.org'))).toBe(
      'UserNotFoundException: User does not exist.',
    );
  });

  test.each<[string, Changes, object, string]>([
    [
      'a client without that flow',
      { client: { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] } },
      {},
      'InvalidParameterException: Auth flow not enabled for this client',
    ],
    ['another client', {}, { ClientId: 'x' }, 'ResourceNotFoundException: User pool client x does not exist.'],
    ['a wrong password', {}, signInAs('ana', 'wrong'), 'NotAuthorizedException: Incorrect username or password.'],
    [
      'another flow',
      {},
      { AuthFlow: 'USER_SRP_AUTH' },
      'NotImplemented: The local run does not serve the authentication flow USER_SRP_AUTH',
    ],
  ])('refuses %s', async (_, changes, input, words) => {
    const call = await openPoolWithAna(changes);

    expect(await call('AdminInitiateAuth', { ...signInAs('ana'), ...input })).toBe(words);
  });

  test('gives no token for a password that is not permanent', async () => {
    const call = await openPoolWithAna({}, false);

    expect(await call('AdminInitiateAuth', signInAs('ana'))).toEqual({
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      ChallengeParameters: {},
      Session: expect.any(String),
    });
  });

  test('gives no token where all need a second factor', async () => {
    const call = await openPoolWithAna({ pool: { MfaConfiguration: 'ON' } });

    expect(await call('AdminInitiateAuth', signInAs('ana'))).toMatchObject({ ChallengeName: 'MFA_SETUP' });
  });
});
