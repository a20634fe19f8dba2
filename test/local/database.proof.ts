import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetItemCommand, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startDatabase } from '../../infra/local/database.ts';
import { findDatabaseProgram } from '../../infra/local/databaseProgram.ts';
import { databaseClient, ensureTable } from '../../infra/local/databaseTable.ts';
import { runKillable } from './killable.ts';
import { onePartitionKey } from './onePartitionKey.ts';
import { startStoreTable } from './storeTable.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'database-'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true, force: true });
});

describe('startDatabase', () => {
  test('serves a table in memory', async () => {
    const table = await startStoreTable();
    const client = databaseClient(table.endpoint);

    const { TableNames } = await client.send(new ListTablesCommand());

    expect(TableNames).toEqual(['meetings']);
    client.destroy();
    await table.stop();
  });

  test('starts many at once, each on a port of its own', async () => {
    const databases = await Promise.all(Array.from({ length: 8 }, () => startDatabase()));

    expect(new Set(databases.map(({ endpoint }) => endpoint)).size).toBe(8);
    await Promise.all(databases.map((database) => database.stop()));
  });

  test('keeps its data when the process that started it is killed, and does not outlive it', async () => {
    const key = { pk: { S: 'MEETING#1' } };
    const { child, said } = await runKillable<{ endpoint: string }>(
      join(import.meta.dirname, 'writeItem.ts'),
      directory,
    );
    child.kill('SIGKILL');

    const database = await startDatabase({ directory });

    await expect(fetch(said.endpoint)).rejects.toThrow('fetch failed');
    const client = databaseClient(database.endpoint);
    const { Item } = await client.send(new GetItemCommand({ TableName: 'meetings', Key: key }));
    expect(Item).toEqual(key);
    client.destroy();
    await database.stop();
  });

  test('refuses writes after it was stopped', async () => {
    const table = await startStoreTable();
    await table.stop();
    const client = databaseClient(table.endpoint);

    const put = client.send(new PutItemCommand({ TableName: 'meetings', Item: { pk: { S: 'a' }, sk: { S: 'b' } } }));

    await expect(put).rejects.toThrow('ECONNREFUSED');
    client.destroy();
  });
});

describe('startDatabase without dynoxide', () => {
  const without = { findProgram: () => undefined };

  test('takes the endpoint that it is given', async () => {
    vi.stubEnv('DYNAMODB_ENDPOINT', 'http://127.0.0.1:8000');

    const database = await startDatabase(without);

    expect(database.endpoint).toBe('http://127.0.0.1:8000');
    await database.sweepExpired();
    await database.stop();
  });

  test('says what to do where it is given none', async () => {
    vi.stubEnv('DYNAMODB_ENDPOINT', '');

    await expect(startDatabase(without)).rejects.toThrow(/put dynoxide .* on the PATH, or set DYNAMODB_ENDPOINT/);
  });
});

describe('createTable', () => {
  test('leaves a table that is there as it is', async () => {
    const database = await startDatabase();
    await ensureTable(database.endpoint, onePartitionKey);

    await expect(ensureTable(database.endpoint, onePartitionKey)).resolves.toBeUndefined();

    await database.stop();
  });
});

describe('findDatabaseProgram', () => {
  test('prefers the installed package to the PATH', () => {
    expect(findDatabaseProgram('/usr/bin')).toMatch(/@dynoxide.linux-x64.dynoxide$/);
  });
});
