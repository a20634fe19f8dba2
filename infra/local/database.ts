import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { type BoundProcess, startBoundProcess } from './boundProcess.ts';
import { findDatabaseProgram } from './databaseProgram.ts';
import { findFreePort } from './freePort.ts';

const startAttempts = 5;
const startTimeoutMs = 10_000;
const predecessorTimeoutMs = 5_000;

export interface Database {
  /** What a DynamoDB client takes as its endpoint. */
  readonly endpoint: string;
  /** Removes what has expired, as DynamoDB does by itself some time later. Nothing, where the database is not ours. */
  sweepExpired(): Promise<void>;
  stop(): Promise<void>;
}

export interface DatabaseOptions {
  /** Where the data is kept; absent: in memory, gone at the end. */
  readonly directory?: string;
  /** Finds dynoxide. Default: as `findDatabaseProgram` does. */
  readonly findProgram?: () => string | undefined;
}

/**
 * Starts a DynamoDB for this process, and with this process's end it ends.
 *
 * It is dynoxide where that can be found, else whatever listens at `DYNAMODB_ENDPOINT`.
 *
 * @throws where there is neither, with what to do about it
 */
export async function startDatabase(options: DatabaseOptions = {}): Promise<Database> {
  const program = (options.findProgram ?? findDatabaseProgram)();
  if (program !== undefined) return startDynoxide(program, options.directory);
  const endpoint = process.env.DYNAMODB_ENDPOINT;
  if (endpoint !== undefined && endpoint !== '') {
    return { endpoint, sweepExpired: async () => {}, stop: async () => {} };
  }
  throw new Error(
    `There is no DynamoDB for ${process.platform}-${process.arch}: put dynoxide (https://github.com/nubo-db/dynoxide) on the PATH, ` +
      'or set DYNAMODB_ENDPOINT to the address of a DynamoDB Local.',
  );
}

async function startDynoxide(program: string, directory: string | undefined): Promise<Database> {
  if (directory !== undefined) {
    mkdirSync(directory, { recursive: true });
    await waitForPredecessor(directory);
  }
  for (let attempt = 1; ; attempt++) {
    const [port, toolsPort] = [await findFreePort(), await findFreePort()];
    const toolsToken = randomBytes(32).toString('hex');
    const dynoxide = startBoundProcess(
      program,
      [
        'serve',
        ...['--host', '127.0.0.1', '--port', String(port)],
        ...['--mcp', '--mcp-host', '127.0.0.1', '--mcp-port', String(toolsPort)],
        ...(directory === undefined ? [] : ['--db-path', join(directory, 'dynamodb.sqlite')]),
      ],
      { DYNOXIDE_MCP_AUTH_TOKEN: toolsToken },
    );
    if (directory !== undefined) writeFileSync(groupFile(directory), String(dynoxide.groupId));
    const refusal = await whenListening(dynoxide);
    if (refusal === undefined) {
      return {
        endpoint: `http://127.0.0.1:${port}`,
        sweepExpired: () => sweepExpired(`http://127.0.0.1:${toolsPort}/mcp`, toolsToken),
        stop: dynoxide.stop,
      };
    }
    await dynoxide.stop();
    if (attempt === startAttempts) throw new Error(`The database does not start: ${refusal}`);
    await delay(10 + (randomBytes(1)[0] ?? 0) / 4); // others may be choosing ports in step with us
  }
}

/** Waits for the lines that tell of the open ports; gives what the program said instead where it ended first. */
function whenListening(dynoxide: BoundProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    let said = '';
    const timer = setTimeout(() => resolve(`no answer in ${startTimeoutMs} ms. ${said}`), startTimeoutMs);
    const finish = (refusal: string | undefined) => {
      clearTimeout(timer);
      resolve(refusal);
    };
    const listen = (chunk: unknown) => {
      if (said.length < 10_000) said += String(chunk);
      if (said.includes('Dynoxide listening on') && said.includes('MCP HTTP server listening on')) finish(undefined);
    };
    dynoxide.stdout.on('data', listen);
    dynoxide.stderr.on('data', listen);
    dynoxide.ended.then(() => finish(said.trim() || 'it ended without a word'), finish);
  });
}

/** Expiry is none of DynamoDB's calls; dynoxide has it among its tools. */
async function sweepExpired(toolsUrl: string, token: string): Promise<void> {
  const response = await fetch(toolsUrl, {
    method: 'POST',
    headers: {
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'sweep_ttl', arguments: {} } }),
  });
  const reply = sweepReply.safeParse(await response.json());
  if (!reply.success || reply.data.result.isError === true)
    throw new Error('The database could not sweep what has expired');
}

const sweepReply = z.object({ result: z.object({ isError: z.boolean().optional() }) });

/** After a `kill -9` the old database dies a moment later than we do; two must not have the file open. */
async function waitForPredecessor(directory: string): Promise<void> {
  const groupId = existsSync(groupFile(directory)) ? Number(readFileSync(groupFile(directory), 'utf8')) : 0;
  const deadline = Date.now() + predecessorTimeoutMs;
  while (groupId > 1 && isGroupAlive(groupId) && Date.now() < deadline) await delay(20);
}

function groupFile(directory: string): string {
  return join(directory, 'database.pid');
}

function isGroupAlive(groupId: number): boolean {
  try {
    process.kill(-groupId, 0);
    return true;
  } catch {
    return false;
  }
}
