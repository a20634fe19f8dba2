import { randomUUID } from 'node:crypto';
import type { JWTPayload } from 'jose';
import * as z from 'zod';
import { AwsRefusal, type AwsService } from '../aws/awsCall.ts';
import { jsonProtocol } from '../aws/jsonProtocol.ts';
import { defineOperation, defineService } from '../aws/operations.ts';
import { hasPassword, type Member, type Members, sealPassword } from './members.ts';
import { passwordFault } from './passwordPolicy.ts';
import { claimsOfSignIn } from './tokens.ts';
import type { UserPool, UserPoolClient } from './userPool.ts';

export interface UserPoolServiceOptions {
  readonly pools: readonly UserPool[];
  readonly members: Members;
  readonly sign: (claims: JWTPayload) => Promise<string>;
}

const ofUser = { UserPoolId: z.string(), Username: z.string() };
const attribute = z.strictObject({ Name: z.string(), Value: z.string() });

/** Cognito as far as whoever has the account enters people and signs them in. */
export function userPoolService({ pools, members, sign }: UserPoolServiceOptions): AwsService {
  const find = (id: string): UserPool => {
    const pool = pools.find((known) => known.id === id);
    if (pool === undefined) throw new AwsRefusal('ResourceNotFoundException', `User pool ${id} does not exist.`);
    return pool;
  };
  const permit =
    (action: string) =>
    ({ UserPoolId }: { UserPoolId: string }) => [{ action: `cognito-idp:${action}`, resource: find(UserPoolId).arn }];

  return defineService(jsonProtocol('1.1'), {
    AdminCreateUser: defineOperation({
      // Who is to be mailed a password would wait in vain.
      input: z.strictObject({
        ...ofUser,
        UserAttributes: z.array(attribute).default([]),
        MessageAction: z.literal('SUPPRESS'),
      }),
      permissions: permit('AdminCreateUser'),
      run: ({ UserPoolId, Username, UserAttributes }) => {
        const attributes = Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
        return { User: userReply(members.create(find(UserPoolId), Username, attributes)) };
      },
    }),
    AdminSetUserPassword: defineOperation({
      input: z.strictObject({ ...ofUser, Password: z.string(), Permanent: z.boolean().default(false) }),
      permissions: permit('AdminSetUserPassword'),
      run: ({ UserPoolId, Username, Password, Permanent }) => {
        const pool = find(UserPoolId);
        const fault = passwordFault(pool.passwords, Password);
        if (fault !== undefined) throw new AwsRefusal('InvalidPasswordException', fault);
        members.change(pool, Username, { password: sealPassword(Password, Permanent) });
        return {};
      },
    }),
    AdminAddUserToGroup: defineOperation({
      input: z.strictObject({ ...ofUser, GroupName: z.string() }),
      permissions: permit('AdminAddUserToGroup'),
      run: ({ UserPoolId, Username, GroupName }) => {
        const pool = find(UserPoolId);
        const { groups } = members.get(pool, Username);
        if (!pool.groups.has(GroupName)) throw new AwsRefusal('ResourceNotFoundException', 'Group not found.');
        members.change(pool, Username, { groups: [...new Set([...groups, GroupName])] });
        return {};
      },
    }),
    AdminInitiateAuth: defineOperation({
      input: z.strictObject({
        UserPoolId: z.string(),
        ClientId: z.string(),
        AuthFlow: z.string(),
        AuthParameters: z.strictObject({ USERNAME: z.string(), PASSWORD: z.string() }),
      }),
      permissions: permit('AdminInitiateAuth'),
      run: async ({ UserPoolId, ClientId, AuthFlow, AuthParameters: { USERNAME, PASSWORD } }) => {
        const pool = find(UserPoolId);
        const client = clientOf(pool, ClientId);
        requireFlow(client, AuthFlow);
        const member = authenticate(members, pool, USERNAME, PASSWORD);
        const challenge = challengeOf(pool, member);
        return challenge === undefined ? signIn(pool, client, member) : challengeReply(challenge);
      },
    }),
  });

  async function signIn(pool: UserPool, client: UserPoolClient, member: Member) {
    const { idToken, accessToken } = claimsOfSignIn(pool, client, member, new Date());
    const [IdToken, AccessToken] = await Promise.all([sign(idToken), sign(accessToken)]);
    const tokens = { IdToken, AccessToken, RefreshToken: randomUUID() };
    return {
      ChallengeParameters: {},
      AuthenticationResult: { ...tokens, ExpiresIn: client.tokenSeconds, TokenType: 'Bearer' },
    };
  }
}

function userReply({ username, attributes, created }: Member) {
  return {
    Username: username,
    Attributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    UserCreateDate: created,
    UserLastModifiedDate: created,
    Enabled: true,
    UserStatus: 'FORCE_CHANGE_PASSWORD',
  };
}

function clientOf(pool: UserPool, id: string): UserPoolClient {
  const client = pool.clients.find((known) => known.id === id);
  if (client !== undefined) return client;
  throw new AwsRefusal('ResourceNotFoundException', `User pool client ${id} does not exist.`);
}

function requireFlow({ flows }: UserPoolClient, flow: string): void {
  if (flow !== 'ADMIN_USER_PASSWORD_AUTH') {
    throw new AwsRefusal('NotImplemented', `The local run does not serve the authentication flow ${flow}`, 501);
  }
  if (flows.includes(`ALLOW_${flow}`)) return;
  throw new AwsRefusal('InvalidParameterException', 'Auth flow not enabled for this client');
}

function authenticate(members: Members, pool: UserPool, name: string, password: string): Member {
  const member = members.get(pool, name);
  if (hasPassword(member, password)) return member;
  throw new AwsRefusal('NotAuthorizedException', 'Incorrect username or password.');
}

/** What stands between a right password and tokens. Nobody here has set up an authenticator app. */
function challengeOf({ mfa }: UserPool, { password }: Member): string | undefined {
  if (password?.permanent !== true) return 'NEW_PASSWORD_REQUIRED';
  return mfa === 'ON' ? 'MFA_SETUP' : undefined;
}

function challengeReply(ChallengeName: string) {
  return { ChallengeName, ChallengeParameters: {}, Session: randomUUID() };
}
