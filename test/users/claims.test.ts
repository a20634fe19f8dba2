import { describe, expect, test } from 'vitest';
import { parseClaims } from '../../functions/users/claims.ts';

const trust = { capabilitiesClaim: 'cognito:groups', trustIssuerAddresses: false };
const claims = (given: object, changes: object = {}) =>
  parseClaims({ sub: 'ana-id', ...given }, { ...trust, ...changes });

describe('the claims of a token, as the gateway hands them over', () => {
  test('are an id, a username, verified addresses and capabilities', () => {
    const given = {
      'cognito:username': 'ana',
      email: 'Ana@Example.org',
      email_verified: 'true',
      phone_number: '+34600000001',
      phone_number_verified: 'true',
      'cognito:groups': '[meetings admin]',
    };

    expect(claims(given)).toEqual({
      id: 'ana-id',
      username: 'ana',
      email: 'ana@example.org',
      phone: '+34600000001',
      capabilities: ['meetings', 'admin'],
    });
  });

  test.each([
    [{ preferred_username: 'ana.p', 'cognito:username': 'ana', email: 'ana@example.org' }, 'ana.p'],
    [{ 'cognito:username': 'ana', email: 'ana@example.org' }, 'ana'],
    [{ email: 'ana@example.org' }, 'ana@example.org'],
    [{ preferred_username: '', 'cognito:username': '' }, 'ana-id'],
    [{}, 'ana-id'],
    [{ preferred_username: 'a\u202eb\u0000c\ud83c', 'cognito:username': 'ana' }, 'abc'],
    [{ preferred_username: '\u200b', 'cognito:username': 'ana' }, 'ana'],
    [{ preferred_username: 'x'.repeat(200) }, 'x'.repeat(128)],
    [{ preferred_username: `${'x'.repeat(127)}🎉` }, 'x'.repeat(127)],
  ])('name a user: %j is %s', (given, username) => {
    expect(claims(given).username).toBe(username);
  });

  test.each([
    [{ name: 'Ana Puig' }, 'Ana Puig'],
    [{ name: ' Ana\u0000 \u202ePuig' }, 'Ana Puig'],
    [{ name: 'x'.repeat(200) }, 'x'.repeat(100)],
    [{ name: '\u200b' }, undefined],
    [{ name: '' }, undefined],
    [{ given_name: 'Ana' }, undefined],
  ])('say what people call a user: %j is %s', (given, name) => {
    expect(claims(given).name).toBe(name);
  });

  test.each([
    {},
    { sub: '' },
    { sub: undefined },
    { sub: ['a'] },
    { sub: 'me' },
    { sub: 'a b' },
    { sub: 'ü' },
    { sub: 'x'.repeat(129) },
  ])('without a sub as in %j are a fault', (given) => {
    expect(() => parseClaims(given, trust)).toThrow(
      'The token must have a `sub` of 1 to 128 printable ASCII characters that is not "me".',
    );
  });
});

describe('an access token', () => {
  const access = { token_use: 'access', username: 'ana', client_id: 'c' };
  const refusal =
    'This is an access token, which does not hold its user’s addresses. Send the ID token of that sign-in.';

  test('of somebody in a user pool is refused', () => {
    expect(() => claims(access)).toThrow(refusal);
    expect(() => claims(access, { trustIssuerAddresses: true })).toThrow(refusal);
  });

  test.each([
    { ...access, email: 'ana@example.org' },
    { ...access, phone_number: '+34600000001' },
    { token_use: 'access', client_id: 'ana-id', scope: 'meetings/admin' },
    { username: 'ana' },
    { token_use: 'id', username: 'ana' },
  ])('is taken where it holds an address, is a machine’s, or is another issuer’s: %j', (given) => {
    expect(claims(given).id).toBe('ana-id');
  });
});

describe('an address', () => {
  const addresses = { email: 'ana@example.org', phone_number: '+34600000001' };

  test.each(['true', true])('counts where the issuer says %j', (verified) => {
    const { email, phone } = claims({ ...addresses, email_verified: verified, phone_number_verified: verified });

    expect({ email, phone }).toEqual({ email: 'ana@example.org', phone: '+34600000001' });
  });

  test.each([undefined, 'false', false, '', 'TRUE', '1', 1, '[true]', 'true '])(
    'does not count where the issuer says %j',
    (verified) => {
      const { email, phone } = claims({ ...addresses, email_verified: verified, phone_number_verified: verified });

      expect([email, phone]).toEqual([undefined, undefined]);
    },
  );

  test('is not verified by the other', () => {
    expect(claims({ ...addresses, email_verified: 'true' }).phone).toBeUndefined();
    expect(claims({ ...addresses, phone_number_verified: 'true' }).email).toBeUndefined();
  });

  test('counts unverified where the operator trusts their issuer', () => {
    const { email, phone } = claims({ ...addresses, email_verified: 'false' }, { trustIssuerAddresses: true });

    expect({ email, phone }).toEqual({ email: 'ana@example.org', phone: '+34600000001' });
  });

  test.each(['600000001', '34600000001', '+34 600 000 001', '+0123456789', '+1234567890123456'])(
    'that is no E.164 number does not count: %s',
    (phone_number) => {
      expect(claims({ phone_number, phone_number_verified: 'true' }).phone).toBeUndefined();
    },
  );
});

describe('capabilities', () => {
  test.each([
    ['[meetings admin]', ['meetings', 'admin']],
    ['[meetings]', ['meetings']],
    ['[]', []],
    ['[\ud83c]', []],
    ['', []],
    [undefined, []],
    ['meetings', ['meetings']],
    ['openid meetings', ['openid', 'meetings']],
    ['meetings,dial-in', ['meetings', 'dial-in']],
    ['[[admin]]', ['[admin]']],
    ['[Admin]', ['Admin']],
    // As the gateway writes { "roles": ["x", "admin", "y"] } and { "note": "x admin" }.
    ['map[roles:[x admin y]]', []],
    ['map[note:x admin]', []],
    ['map[admin:true meetings:true]', []],
  ])('are read from %j', (claim, capabilities) => {
    expect(claims({ 'cognito:groups': claim }).capabilities).toEqual(capabilities);
  });

  test.each(['[team,admin]', '[x,admin meetings,y]', '[administrators]', '[not-admin]'])(
    'are not made of parts of a name: %s is no admin',
    (claim) => {
      expect(claims({ 'cognito:groups': claim }).capabilities).not.toContain('admin');
    },
  );

  test.each<[string, unknown, string[]]>([
    ['[x admin]', ['x admin'], ['x admin']],
    ['[x admin]', ['x', 'admin'], ['x', 'admin']],
    ['[meetings admin]', ['meetings admin'], ['meetings admin']],
    ['[team a meetings]', ['team a', 'meetings'], ['team a', 'meetings']],
    // Of what is not the very text that the gateway verified nothing is believed.
    ['[x admin]', ['admin'], []],
    ['[x admin]', ['admin', 'x'], []],
    ['[meetings x]', ['meetings x', 'admin'], []],
    ['[x admin]', 'x admin', []],
    ['[x admin]', [['x'], 'admin'], []],
    ['[x admin]', undefined, []],
    ['[x\u00a0admin]', undefined, []],
    ['[x\tadmin]', ['x\tadmin'], ['x\tadmin']],
    ['[meetings]', ['admin'], ['meetings']],
    ['[x\ud83c admin]', ['x\ud83c admin'], []],
  ])('are read from %j, which the token writes %j', (claim, groups, capabilities) => {
    const given = parseClaims({ sub: 'ana-id', groups: claim }, { ...trust, capabilitiesClaim: 'groups' }, { groups });

    expect(given.capabilities).toEqual(capabilities);
  });

  test('come from the claim that the operator names, and from no other', () => {
    const given = {
      role: 'admin',
      roles: '[admin]',
      groups: '[admin]',
      scope: 'admin',
      'cognito:groups': '[meetings]',
    };

    expect(claims(given).capabilities).toEqual(['meetings']);
    expect(claims(given, { capabilitiesClaim: 'groups' }).capabilities).toEqual(['admin']);
    expect(claims({ role: 'admin', capabilities: '[admin]', admin: 'true' }).capabilities).toEqual([]);
  });
});
