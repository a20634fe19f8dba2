import { describe, expect, test } from 'vitest';
import { hashPassword, isPassword, nextPasswordHash } from '../../../functions/meetings/password/passwordHash.ts';

const salt = 'k3v9x0q2m7c1t8r5w4z6b0n2p1';

describe('a hash', () => {
  test('says what made it, in the form of PHC strings, and holds nothing of the password', async () => {
    const hash = await hashPassword('open sesame', salt);

    expect(hash).toMatch(/^\$scrypt\$ln=14,r=8,p=5\$k3v9x0q2m7c1t8r5w4z6b0n2p1\$[A-Za-z0-9_-]{43}$/);
    expect(hash).not.toContain('sesame');
    expect(await hashPassword('open sesame', 'another')).not.toContain(hash.split('$').at(-1));
  });

  test('is of this password alone', async () => {
    const hash = await hashPassword('open sesame', salt);

    expect(await isPassword('open sesame', hash)).toBe(true);
    for (const other of ['open sesam', 'Open sesame', 'open  sesame', 'x']) {
      expect(await isPassword(other, hash), other).toBe(false);
    }
  });

  test('is of a password however its letters are composed, and whatever blanks were copied along', async () => {
    const hash = await hashPassword('contrase\u00f1a', salt);

    expect(await isPassword(' contrasen\u0303a\n', hash)).toBe(true);
  });

  test('is read by what made it: RFC 7914, section 12', async () => {
    const bytes = Buffer.from('7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2', 'hex');

    expect(
      await isPassword('pleaseletmein', `$scrypt$ln=14,r=8,p=1$SodiumChloride$${bytes.toString('base64url')}`),
    ).toBe(true);
  });

  test.each(['', 'open sesame', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA'])(
    'in another form (%s) opens nothing, and is said to be one',
    async (hash) => {
      await expect(isPassword('open sesame', hash)).rejects.toThrow(
        'The hash of a password is in a form that this release does not know',
      );
    },
  );
});

test('what is said of a password changes its hash only where it is another', async () => {
  const kept = await hashPassword('open sesame', salt);

  expect(await nextPasswordHash(undefined, kept, 'new')).toBeUndefined();
  expect(await nextPasswordHash(null, kept, 'new')).toBeNull();
  expect(await nextPasswordHash('open sesame', kept, 'new')).toBe(kept);
  expect(await nextPasswordHash('open door', kept, 'new')).toBe(await hashPassword('open door', 'new'));
  expect(await nextPasswordHash('open sesame', undefined, 'new')).toBe(await hashPassword('open sesame', 'new'));
});
