import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const project = join(import.meta.dirname, '..');
const functions = join(project, 'functions');
const directory = mkdtempSync(join(tmpdir(), 'boundaries-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** From the ground up: a folder imports itself and what lies below it. */
const floors = [
  'runtime',
  'users',
  'meetings',
  'deliveries',
  'events',
  'reminders',
  'rooms',
  'console',
  'openapi',
  'handlers',
];

const clock = 'A rule asks for no clock: the instant comes in as an argument.';
const chance = 'A rule knows no chance: ids come in as arguments.';
const aws = 'A rule imports no AWS: *Store.ts touches DynamoDB, *Client.ts the other services.';
const clients = 'Handlers alone pick up clients and the environment; what lies below gets them as arguments.';
const settings = 'Handlers alone pick up the settings and the table; what lies below gets them as arguments.';
const stores = 'A rule is given its stores and clients: it imports their types alone.';
const protocolAlone =
  "Of the functions a page imports the signalling's protocol, the written times and the isolation of names alone.";
const noPage = 'What browsers are given is no part of what runs in Lambda.';
const outside = 'The functions do not know who deploys, runs or tests them.';

/** Code that nothing may say, by the file where it would stand, and what Biome says of it. */
const planted: readonly [file: string, code: string, message: string][] = [
  ['meetings/plantedClock.ts', 'export const now = new Date();', clock],
  ['users/plantedClock.ts', 'export const now = Date.now();', clock],
  ['rooms/seats/plantedChance.ts', 'export const lot = Math.random();', chance],
  ['meetings/plantedId.ts', "import { randomId } from '../runtime/ids.ts';\nexport const id = randomId(5);", chance],
  [
    'deliveries/channels/fax/plantedAws.ts',
    "import { SNSClient } from '@aws-sdk/client-sns';\nexport const c = SNSClient;",
    aws,
  ],
  ['reminders/plantedAws.ts', "import middy from '@middy/core';\nexport const m = middy;", aws],
  ['rooms/plantedClients.ts', "import { mails } from '../runtime/clients.ts';\nexport const m = mails;", clients],
  [
    'users/plantedEnvironment.ts',
    "import { variable } from '../runtime/environment.ts';\nexport const v = variable;",
    clients,
  ],
  [
    'meetings/plantedSettings.ts',
    "import { settings } from '../runtime/settings.ts';\nexport const s = settings;",
    settings,
  ],
  [
    'deliveries/plantedTable.ts',
    "import { type Table, table } from '../runtime/table.ts';\nexport const t: () => Table = table;",
    settings,
  ],
  [
    'meetings/plantedKeeper.ts',
    "import { meetingStore } from './meetingStore.ts';\nexport const s = meetingStore;",
    stores,
  ],
  ['users/plantedProcess.ts', 'export const e = process.env.HOME;', "Don't use process.env."],
  ['rooms/plantedOutside.ts', "import { x } from '../../infra/table.ts';\nexport const y = x;", outside],
  [
    'handlers/http/users/plantedTest.ts',
    "import { x } from '../../../../test/service.ts';\nexport const y = x;",
    outside,
  ],
  ['pages/room/plantedRule.ts', "import { x } from '../../meetings/meeting.ts';\nexport const y = x;", protocolAlone],
  [
    'pages/room/views/plantedRoom.ts',
    "import { x } from '../../../rooms/seats/seat.ts';\nexport const y = x;",
    protocolAlone,
  ],
  ['rooms/seats/plantedPage.ts', "import { x } from '../../pages/room/state.ts';\nexport const y = x;", noPage],
  [
    'handlers/http/rooms/plantedPage.ts',
    "import { x } from '../../../pages/room/state.ts';\nexport const y = x;",
    noPage,
  ],
  [
    'pages/room/views/plantedMarkup.tsx',
    'export const Text = ({ html }: { html: string }) => <p dangerouslySetInnerHTML={{ __html: html }} />;',
    'Avoid passing content using the dangerouslySetInnerHTML prop.',
  ],
  ...upwards(),
];

/** Each folder importing each that stands above it, from a file of its own and from a folder within it, a type too. */
function upwards(): [string, string, string][] {
  return floors.flatMap((floor, index) => {
    const above = floors.slice(index + 1);
    const message = `Imports run downwards: ${floor} stands below ${above.join(', ')}.`;
    return above.flatMap((higher): [string, string, string][] => [
      [`${floor}/up${higher}.ts`, `import type { X } from '../${higher}/x.ts';\nexport type Y = X;`, message],
      [`${floor}/within/up${higher}.ts`, `import { x } from '../../${higher}/y/x.ts';\nexport const y = x;`, message],
    ]);
  });
}

/** Code that stands where it may. */
const allowed: readonly [file: string, code: string][] = [
  ['meetings/rule.ts', "import type { DynamoDBRecord } from 'aws-lambda';\nexport type Y = DynamoDBRecord;"],
  ['meetings/until.ts', 'export const end = (start: Date) => new Date(start.getTime() + 1);'],
  ['meetings/meetingStore.ts', "import { GetCommand } from '@aws-sdk/lib-dynamodb';\nexport const get = GetCommand;"],
  ['deliveries/faxClient.ts', "import { SNSClient } from '@aws-sdk/client-sns';\nexport const sns = SNSClient;"],
  ['pages/room/plantedProtocol.ts', "import type { X } from '../../rooms/signalling/protocol.ts';\nexport type Y = X;"],
  ['pages/room/plantedTimes.ts', "import { x } from '../../runtime/times/writtenTimes.ts';\nexport const y = x;"],
  ['handlers/queue/fax.handler.ts', 'export const now = new Date();'],
];

describe('Biome refuses', () => {
  const found = lint([...planted, ...allowed.map(([file, code]): [string, string] => [file, code])]);

  test.each(planted)('in %s: %s', (file, _code, message) => {
    expect(found.get(file)).toContain(message);
  });

  test.each(allowed)('nothing in %s: %s', (file) => {
    expect(found.get(file) ?? []).toEqual([]);
  });

  test('a circle, of types too', () => {
    const circle = lint([
      ['meetings/one.ts', "import type { Other } from './other.ts';\nexport interface One { readonly other: Other }"],
      ['meetings/other.ts', "import type { One } from './one.ts';\nexport interface Other { readonly one: One }"],
    ]);

    expect(circle.get('meetings/one.ts')).toContain('This import is part of a cycle.');
  });
});

test('every folder of the functions stands somewhere in the order', () => {
  const folders = readdirSync(functions, { withFileTypes: true }).filter((entry) => entry.isDirectory());

  expect(folders.map(({ name }) => name).sort()).toEqual([...floors, 'pages'].sort());
});

test('no folder of the functions holds more than 25 files', () => {
  const entries = readdirSync(functions, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const folders = entries.map(({ parentPath }) => parentPath.slice(functions.length));
  const crowded = new Set(folders.filter((folder) => folders.filter((other) => other === folder).length > 25));

  expect([...crowded]).toEqual([]);
});

/** The folders of the room's page, from the ground up; `main.ts` stands on all of them. */
const roomFloors = [
  'browser',
  'answering',
  'state',
  'signalling',
  'call',
  'media',
  'door',
  'words',
  'calendar',
  'visit',
  'views',
  'styles',
];

describe("the room's page", () => {
  const room = join(functions, 'pages', 'room');

  test('has no folder that stands nowhere in the order', () => {
    const folders = readdirSync(room, { withFileTypes: true }).filter((entry) => entry.isDirectory());

    expect(folders.map(({ name }) => name).sort()).toEqual([...roomFloors].sort());
  });

  test.each(roomFloors)('imports in %s nothing from above it', (floor) => {
    const above = roomFloors.slice(roomFloors.indexOf(floor) + 1);
    const texts = readdirSync(join(room, floor)).map((file) => readFileSync(join(room, floor, file), 'utf8'));
    const imported = texts.flatMap((text) => [...text.matchAll(/'\.\.\/(\w+)[/.]/g)].map(([, folder = '']) => folder));

    expect(imported.filter((folder) => above.includes(folder) || folder === 'main')).toEqual([]);
  });
});

/** What Biome says of each of these files under the project's own configuration, by their path below `functions/`. */
function lint(files: readonly (readonly [file: string, code: string, message?: string])[]): Map<string, string[]> {
  const root = mkdtempSync(join(directory, 'project-'));
  cpSync(join(project, 'biome.json'), join(root, 'biome.json'));
  cpSync(join(project, '.biome'), join(root, '.biome'), { recursive: true });
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  for (const [file, code] of files) {
    const path = join(root, 'functions', file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${code}\n`);
  }
  const found = new Map<string, string[]>();
  for (const { location, description, message } of diagnosticsOf(root)) {
    const path = typeof location.path === 'string' ? location.path : location.path.file;
    const file = path.slice(path.indexOf('functions/') + 'functions/'.length);
    found.set(file, [...(found.get(file) ?? []), description ?? message]);
  }
  return found;
}

interface Diagnostic {
  readonly description?: string;
  readonly message: string;
  readonly location: { readonly path: string | { readonly file: string } };
}

function diagnosticsOf(root: string): readonly Diagnostic[] {
  const biome = join(project, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const options = ['lint', '.', '--reporter=json', '--max-diagnostics=none', '--diagnostic-level=error'];
  try {
    return JSON.parse(execFileSync('node', [biome, ...options], { cwd: root, encoding: 'utf8', stdio: 'pipe' }))
      .diagnostics;
  } catch (error) {
    return JSON.parse((error as { stdout: string }).stdout).diagnostics;
  }
}
