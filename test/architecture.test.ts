import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';

const project = join(import.meta.dirname, '..');

/** From the ground up: a folder imports itself and what lies below it. */
const floors = ['runtime', 'users', 'meetings', 'deliveries', 'reminders', 'rooms', 'openapi', 'handlers'];

/** The doors aside, the only files that touch AWS, the clock, chance or the environment; all others are rules. */
const adapters = [
  /^runtime\//,
  /^handlers\//,
  /(Store|Client)\.ts$/,
  /^meetings\/(attendees|changeMeeting|findMeeting)\.ts$/,
  /^deliveries\/(queue|mechanisms|email|sms|push|deliver|attempt|countLetters|bitly|keepShortLink|failureLog|faults)\.ts$/,
  /^reminders\/(schedule|planReminders)\.ts$/,
  /^rooms\/(access|act|announce|answering|attempts|clock|currentMeeting|endRoom|findRoom|followRoom|freeKnock|hostActions|dialled|jitsiConference|join|keepTimes?|sockets|takeSeat|welcome)\.ts$/,
];

const forbidden: [what: string, expression: RegExp][] = [
  ['the clock', /new Date\(\)|Date\.now|performance\.now/],
  ['chance', /Math\.random|randomBytes|randomUUID|getRandomValues/],
  ['the environment', /process\.env/],
];

interface Import {
  /** Below `functions/`. */
  readonly from: string;
  /** Below `functions/`, or a package. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(join(project, 'functions'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !file.startsWith('rooms/page/'))
  .sort();
const isHandler = (file: string) => file.endsWith('.handler.ts');
const isRule = (file: string) => !isHandler(file) && !adapters.some((adapter) => adapter.test(file));
const rules = files.filter(isRule);

const importStatement = /^(?:import|export)\s+(type\s+)?[^;']*?(?:from\s+)?'([^']+)';|import\('([^']+)'\)/gm;

const imports = files.flatMap(importsOf);

describe('the direction of imports', () => {
  test('is downwards, from floor to floor', () => {
    const upwards = imports.filter(({ from, to }) => {
      const [here, there] = [floorOf(from), floorOf(to)];
      return here >= 0 && there > here;
    });

    expect(upwards).toEqual([]);
  });

  test('knows every floor', () => {
    const folders = new Set(files.filter((file) => file.includes('/')).map((file) => file.split('/')[0]));

    expect([...folders].filter((folder) => !floors.includes(folder ?? ''))).toEqual([]);
  });

  test('never leads into a door, or out of functions/', () => {
    expect(imports.filter(({ to }) => isHandler(to) || /^\.\.\/(infra|test)/.test(to))).toEqual([]);
  });

  test('has no circles', () => {
    expect(circleIn(imports.filter(({ typeOnly }) => !typeOnly))).toBeUndefined();
  });
});

describe('a rule', () => {
  test('is most of what there is', () => {
    expect(rules.length).toBeGreaterThan(20);
  });

  test.each(rules)('%s imports no AWS, no store and no channel', (file) => {
    const taken = imports.filter(
      ({ from, to, typeOnly }) => from === file && (isAws(to) || (isAdapter(to) && !typeOnly)),
    );

    expect(taken).toEqual([]);
  });

  test.each(rules)('%s asks for no clock, chance or environment', (file) => {
    const source = readFileSync(join(project, 'functions', file), 'utf8');

    expect(forbidden.filter(([, expression]) => expression.test(source)).map(([what]) => what)).toEqual([]);
  });
});

function isAws(name: string): boolean {
  return /^(@aws-|@middy|@smithy|aws-)/.test(name);
}

/** Refusals and the parsing of input and rows may come from the runtime: they touch nothing. */
const pureRuntime = /^runtime\/(refusal|input|row|digest|languageTag|text|problems|entityTags)\.ts$/;

function isAdapter(file: string): boolean {
  return file.endsWith('.ts') && !isHandler(file) && !isRule(file) && !pureRuntime.test(file);
}

function floorOf(file: string): number {
  return floors.indexOf(file.split('/')[0] ?? '');
}

function importsOf(file: string): Import[] {
  const source = readFileSync(join(project, 'functions', file), 'utf8');
  return [...source.matchAll(importStatement)].map(([, type, fixed, lazy]) => {
    const specifier = fixed ?? lazy ?? '';
    const to = specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : specifier;
    return { from: file, to, typeOnly: type !== undefined };
  });
}

function circleIn(all: readonly Import[]): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    const found = all.filter(({ from }) => from === file).map(({ to }) => visit(to, [...path, file]));
    done.add(file);
    return found.find((circle) => circle !== undefined);
  };
  return [...new Set(all.map(({ from }) => from))]
    .map((file) => visit(file, []))
    .find((circle) => circle !== undefined);
}
