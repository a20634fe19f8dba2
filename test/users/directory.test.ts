import { GetCommand, QueryCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Claims } from '../../functions/users/claims.ts';
import { type Directory, directory } from '../../functions/users/directoryStore.ts';
import { startService, type TestService } from '../service.ts';

const start = new Date('2027-03-01T09:00:00.000Z');
const later = (milliseconds: number) => new Date(start.getTime() + milliseconds);
const minute = 60_000;
const day = 24 * 60 * minute;

let service: TestService;
let users: Directory;
let people = 0;

beforeAll(async () => {
  service = await startService();
  users = directory(service.table);
});

afterAll(() => service.stop());

/** Claims of somebody whom no other test knows. */
function somebody(changes: Partial<Claims> = {}): Claims {
  people += 1;
  const id = `user-${people}`;
  const phone = `+3460000${String(people).padStart(4, '0')}`;
  return { id, username: `name-${people}`, email: `mail-${people}@example.org`, phone, capabilities: [], ...changes };
}

async function row(pk: string, sk = pk) {
  const { Item } = await service.table.documents.send(
    new GetCommand({ TableName: service.table.name, Key: { pk, sk }, ConsistentRead: true }),
  );
  return Item;
}

const entriesOf = async (id: string) => {
  const { Items = [] } = await service.table.documents.send(
    new QueryCommand({
      TableName: service.table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': 'DIRECTORY' },
    }),
  );
  return Items.filter((item) => item.userId === id).map((item) => item.sk);
};

describe('the first call of a user', () => {
  test('makes their entry, and what leads to it', async () => {
    const claims = somebody({ capabilities: ['meetings'] });
    const caller = await users.admit(claims, start);

    expect(caller).toMatchObject({ id: claims.id, email: claims.email, phone: claims.phone, admin: false });
    expect(await users.find(claims.id)).toMatchObject({
      id: claims.id,
      username: claims.username,
      email: claims.email,
      mobilePhone: claims.phone,
      capabilities: ['meetings'],
      created: start,
      lastLogin: start,
    });
    expect(await users.ownersOf([`${claims.email}`, `${claims.phone}`])).toEqual(
      new Map([
        [claims.email, claims.id],
        [claims.phone, claims.id],
      ]),
    );
    expect(await entriesOf(claims.id)).toEqual([
      `EMAIL#${claims.email}#${claims.id}`,
      `NAME#${claims.username}#${claims.id}`,
    ]);
  });

  test('made several times at once makes one entry', async () => {
    const claims = somebody();
    const callers = await Promise.all(Array.from({ length: 5 }, () => users.admit(claims, start)));

    expect(new Set(callers.map(({ id }) => id))).toEqual(new Set([claims.id]));
    expect(await users.find(claims.id)).toMatchObject({ revision: 1 });
  });

  test('keeps nothing of an address that was not verified', async () => {
    const claims = somebody({ email: undefined, phone: undefined });
    await users.admit(claims, start);

    expect(await users.find(claims.id)).not.toHaveProperty('email');
    expect(await entriesOf(claims.id)).toEqual([`NAME#${claims.username}#${claims.id}`]);
  });
});

describe('a later call', () => {
  const lastLogin = async (claims: Claims) => (await users.find(claims.id))?.lastLogin;

  test('writes nothing within an hour, and when they were seen after it', async () => {
    const claims = somebody();
    await users.admit(claims, start);
    await users.admit(claims, later(60 * minute));
    expect(await lastLogin(claims)).toEqual(start);

    await users.admit(claims, later(60 * minute + 1));
    expect(await lastLogin(claims)).toEqual(later(60 * minute + 1));
    expect((await users.find(claims.id))?.created).toEqual(start);
  });

  test.each([
    { username: 'another-name' },
    { email: 'another@example.org' },
    { email: undefined },
    { phone: '+34699999999' },
    { phone: undefined },
    { capabilities: ['meetings'] },
  ])('writes at once what the token says anew: %j', async (change) => {
    const claims = somebody();
    await users.admit(claims, start);
    await users.admit({ ...claims, ...change }, later(minute));

    const { username, email, mobilePhone: phone, capabilities, lastLogin } = (await users.find(claims.id)) ?? {};
    expect({ id: claims.id, username, email, phone, capabilities }).toEqual({ ...claims, ...change });
    expect(lastLogin).toEqual(later(minute));
  });

  test('loses no capability that a call at the same time has', async () => {
    const claims = somebody();
    await users.admit(claims, start);
    const [one, other] = await Promise.all([
      users.admit({ ...claims, capabilities: ['meetings'] }, later(minute)),
      users.admit({ ...claims, capabilities: [] }, later(minute)),
    ]);

    expect([one?.capabilities.has('meetings'), other?.capabilities.has('meetings')]).toEqual([true, false]);
  });

  test('takes nothing away from what they, or an admin, say of them', async () => {
    const claims = somebody();
    await users.admit(claims, start);
    await users.provision(claims.id, { capabilities: ['meetings'], alias: `${claims.id}.x`, language: 'ca' }, start);
    const caller = await users.admit(claims, later(day));

    expect(caller.capabilities).toEqual(new Set(['meetings']));
    expect(await users.find(claims.id)).toMatchObject({
      alias: `${claims.id}.x`,
      language: 'ca',
      granted: ['meetings'],
    });
  });
});

describe('an address', () => {
  test('stops leading to who no longer has it', async () => {
    const claims = somebody();
    await users.admit(claims, start);
    await users.admit({ ...claims, email: undefined, phone: '+34611111111' }, later(minute));

    expect(await users.ownersOf([`${claims.email}`, `${claims.phone}`, '+34611111111'])).toEqual(
      new Map([['+34611111111', claims.id]]),
    );
    expect(await entriesOf(claims.id)).toEqual([`NAME#${claims.username}#${claims.id}`]);
  });

  test('belongs to who verified it last', async () => {
    const [one, other] = [somebody(), somebody()];
    const email = `${one.email}`;
    await users.admit(one, start);
    await users.admit({ ...other, email }, later(minute));
    expect(await users.ownersOf([email])).toEqual(new Map([[email, other.id]]));

    await users.admit(one, later(day));
    expect(await users.ownersOf([email])).toEqual(new Map([[email, other.id]]));
    await users.admit({ ...one, email: undefined }, later(2 * day));
    expect(await users.ownersOf([email])).toEqual(new Map([[email, other.id]]));
  });

  test('comes back to who still has it once the other gave it up', async () => {
    const [one, other] = [somebody(), somebody()];
    const email = `${one.email}`;
    await users.admit(one, start);
    await users.admit({ ...other, email }, later(minute));
    await users.admit({ ...other, email: undefined }, later(2 * minute));
    expect(await users.ownersOf([email])).toEqual(new Map());

    await users.admit(one, later(day));
    expect(await users.ownersOf([email])).toEqual(new Map([[email, one.id]]));
  });

  test('is found without regard to case', async () => {
    const claims = somebody();
    await users.admit(claims, start);

    expect([...(await users.ownersOf([`${claims.email}`.toUpperCase()])).values()]).toEqual([claims.id]);
  });
});

describe('a name', () => {
  const alias = (id: string, name: string | undefined, now = start) => users.changeProfile(id, { alias: name }, now);
  const holder = async (name: string) => (await users.findByAlias(name))?.id;
  const admitted = async (changes: Partial<Claims> = {}) => {
    const claims = somebody(changes);
    await users.admit(claims, start);
    return claims;
  };

  test('is an alias, and without one the username and the id', async () => {
    const { id, username } = await admitted();
    await alias(id, `Alias-${id}`);

    expect(await holder(`Alias-${id}`)).toBe(id);
    expect(await holder(`ALIAS-${id}`.toUpperCase())).toBe(id);
    expect(await holder(username)).toBe(id);
    expect(await holder(id.toUpperCase())).toBe(id);
    expect(await holder('nobody-at-all')).toBeUndefined();
  });

  test('belongs to who comes first, whatever it is of them', async () => {
    const [one, other] = [await admitted(), await admitted()];
    await alias(one.id, `taken-${one.id}`);

    for (const name of [`TAKEN-${one.id}`, one.username.toUpperCase(), one.id]) {
      await expect(alias(other.id, name)).rejects.toMatchObject({ code: 'alias-taken', kind: 'conflict' });
      expect(await holder(name)).toBe(one.id);
    }
    expect(await users.find(other.id)).not.toHaveProperty('alias');
  });

  test('goes to one of two who want it at once', async () => {
    const [one, other] = [await admitted(), await admitted()];
    const ends = await Promise.allSettled([alias(one.id, 'wanted'), alias(other.id, 'wanted')]);

    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const winner = ends[0].status === 'fulfilled' ? one : other;
    expect(await holder('wanted')).toBe(winner.id);
  });

  test('that is another’s alias does not keep a user of that username out', async () => {
    const one = await admitted();
    await alias(one.id, 'early-bird');
    const late = await admitted({ username: 'Early-Bird' });

    expect(await users.find(late.id)).toMatchObject({ username: 'Early-Bird' });
    expect(await holder('early-bird')).toBe(one.id);
    expect(await holder(late.id)).toBe(late.id);
  });

  test('may be their own username, and stays theirs when they give the alias up', async () => {
    const { id, username } = await admitted();
    await alias(id, username.toUpperCase());
    await alias(id, undefined);

    expect(await holder(username)).toBe(id);
  });

  test('that was given up means nobody, and is theirs alone for a year', async () => {
    const [one, other] = [await admitted(), await admitted()];
    await alias(one.id, 'given-up');
    await alias(one.id, 'next-one');
    expect(await holder('given-up')).toBeUndefined();

    await expect(alias(other.id, 'given-up', later(364 * day))).rejects.toMatchObject({ code: 'alias-taken' });
    await alias(other.id, 'given-up', later(365 * day));
    expect(await holder('given-up')).toBe(other.id);
  });

  test('that was given up can be taken back', async () => {
    const { id } = await admitted();
    await alias(id, 'back-again');
    await alias(id, undefined);
    await alias(id, 'Back-Again', later(day));

    expect(await holder('back-again')).toBe(id);
    expect(await row('ALIAS#back-again')).not.toHaveProperty('expiresAt');
  });

  test('follows the username that a token says anew', async () => {
    const claims = await admitted();
    await users.admit({ ...claims, username: `married-${claims.id}` }, later(minute));

    expect(await holder(`married-${claims.id}`)).toBe(claims.id);
    expect(await holder(claims.username)).toBeUndefined();
    expect(await entriesOf(claims.id)).toContain(`NAME#married-${claims.id}#${claims.id}`);
    expect(await entriesOf(claims.id)).toHaveLength(2);
  });

  test('is a username’s once it is free, by the next call that writes', async () => {
    const one = await admitted();
    await alias(one.id, 'waited-for');
    const late = await admitted({ username: 'waited-for' });
    await alias(one.id, undefined);

    await users.admit(late, later(day));
    expect(await holder('waited-for')).toBeUndefined();
    await users.admit(late, later(366 * day));
    expect(await holder('waited-for')).toBe(late.id);
  });

  test('is the same however its characters are composed', async () => {
    const { id } = await admitted({ username: 'Jos\u00e9 Stra\u00dfe' });

    expect(await holder('JOSE\u0301 STRASSE')).toBe(id);
  });

  test('too long for a key is simply none', async () => {
    const { id, username } = await admitted({ username: 'x'.repeat(3_000) });

    expect(await users.find(id)).toMatchObject({ username });
    expect(await entriesOf(id)).toHaveLength(2);
  });
});

describe('a user who was deleted', () => {
  const deletedUser = async () => {
    const claims = somebody();
    await users.admit(claims, start);
    await users.changeProfile(claims.id, { alias: `gone-${claims.id}` }, start);
    await users.remove(claims.id, later(minute));
    return claims;
  };

  test('is refused, also when they are seen for the first time in an hour, or with other claims', async () => {
    const claims = await deletedUser();

    for (const [given, now] of [
      [claims, later(2 * minute)],
      [claims, later(day)],
      [{ ...claims, username: 'somebody-else', capabilities: ['admin'] }, later(2 * day)],
    ] as const) {
      await expect(users.admit(given, now)).rejects.toMatchObject({ kind: 'forbidden', code: 'user-deleted' });
    }
    await expect(users.changeProfile(claims.id, { language: 'ca' }, later(day))).rejects.toMatchObject({
      code: 'user-deleted',
    });
  });

  test('is found by nothing', async () => {
    const claims = await deletedUser();

    expect(await users.findAll([claims.id])).toEqual(new Map());
    expect(await users.findByAlias(`gone-${claims.id}`)).toBeUndefined();
    await expect(users.get(claims.id)).rejects.toMatchObject({ kind: 'gone', code: 'user-gone' });
  });

  test('keeps, until all else is removed, what leads to it', async () => {
    const claims = await deletedUser();

    expect(await users.find(claims.id)).toMatchObject({ deleted: true, erasing: true, email: claims.email });
    expect(await users.ownersOf([`${claims.email}`])).toEqual(new Map([[claims.email, claims.id]]));
  });

  test('leaves nothing behind but their id, and their names reserved', async () => {
    const claims = await deletedUser();
    await users.erase(claims.id, later(2 * minute));
    await users.erase(claims.id, later(3 * minute));

    expect(await users.find(claims.id)).toEqual({
      id: claims.id,
      username: claims.id,
      capabilities: [],
      created: start,
      deleted: true,
      revision: 4,
    });
    const { Items = [] } = await service.table.documents.send(new ScanCommand({ TableName: service.table.name }));
    const theirs = Items.filter((item) => JSON.stringify(item).includes(claims.id));
    expect(theirs.map(({ pk }) => pk).sort()).toEqual(
      [`ALIAS#gone-${claims.id}`, `ALIAS#${claims.id}`, `ALIAS#${claims.username}`, `USER#${claims.id}`].sort(),
    );
    const reserved = await row(`ALIAS#gone-${claims.id}`);
    expect(reserved?.expiresAt).toBe((start.getTime() + 2 * minute) / 1_000 + 365 * 86_400);
    await expect(users.admit(claims, later(day))).rejects.toMatchObject({ code: 'user-deleted' });
  });

  test('does not take with them an address that has become another’s', async () => {
    const claims = somebody();
    await users.admit(claims, start);
    const heir = somebody({ email: claims.email });
    await users.admit(heir, later(minute));
    await users.remove(claims.id, later(2 * minute));
    await users.erase(claims.id, later(3 * minute));

    expect(await users.ownersOf([`${claims.email}`])).toEqual(new Map([[claims.email, heir.id]]));
  });

  test('is not erased who was not deleted', async () => {
    const claims = somebody();
    await users.admit(claims, start);

    await expect(users.erase(claims.id, start)).rejects.toThrow('Only a deleted user is erased');
  });
});

describe('an entry that is written while another writes it', () => {
  test('is decided on anew', async () => {
    const claims = somebody();
    await users.admit(claims, start);
    await Promise.all([
      users.changeProfile(claims.id, { language: 'ca' }, start),
      users.changeProfile(claims.id, { landLineNumber: '+34930000000' }, start),
      users.provision(claims.id, { capabilities: ['meetings'], language: 'es' }, start),
    ]);
    const user = await users.find(claims.id);

    expect(user).toMatchObject({ revision: 4, granted: ['meetings'] });
    expect(['es', 'ca']).toContain(user?.language);
  });

  test('is given up after a few attempts where it never fits', async () => {
    const claims = somebody();
    await users.admit(claims, start);
    const Key = { pk: `USER#${claims.id}`, sk: 'USER' };
    const disturb = () =>
      service.table.documents.send(
        new UpdateCommand({
          TableName: service.table.name,
          Key,
          UpdateExpression: 'ADD revision :one',
          ExpressionAttributeValues: { ':one': 1 },
        }),
      );
    const { userStore } = await import('../../functions/users/userStore.ts');
    const store = userStore({
      ...service.table,
      documents: new Proxy(service.table.documents, {
        get: (target, name) =>
          name === 'send'
            ? async (command: object) => {
                if (command.constructor.name === 'TransactWriteCommand') await disturb();
                return target.send(command as never);
              }
            : Reflect.get(target, name),
      }),
    });
    const change = store.change(claims.id, (user) => ({ ...user, language: 'ca' }) as never, start);

    await expect(change).rejects.toMatchObject({ name: 'TransactionCanceledException' });
  });
});
