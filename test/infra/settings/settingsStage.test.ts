import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../infra/settings.ts';
import { allTemplates, faultsOf, projectWith } from './settingsProject.ts';

const templates = Object.fromEntries(allTemplates.map((file) => [file, '']));

/** Reads the context in a project that has these files in `stages/`. */
function readStage(stage: string, stages: Readonly<Record<string, string>>, context: object = {}) {
  const files = Object.fromEntries(Object.entries(stages).map(([name, text]) => [`stages/${name}.json`, text]));
  return readSettings(context, { projectDirectory: projectWith({ ...templates, ...files }), stage }).settings;
}

describe('a stage', () => {
  it('has a stack of its own, and the settings in which it differs', () => {
    const test = JSON.stringify({ roomCapacity: 4, linkPath: '' });
    const settings = readStage('test', { test }, { roomCapacity: 6, linkPath: '/join', retentionDays: 30 });

    expect(settings).toMatchObject({
      stackName: 'Meetings-test',
      stage: 'test',
      roomCapacity: 4,
      linkPath: '/m',
      retentionDays: 30,
    });
  });

  it('ends the name that the settings give the stack', () => {
    expect(readStage('eu-2', { 'eu-2': '{}' }, { stackName: 'Ours' }).stackName).toBe('Ours-eu-2');
  });

  it('is none where it is blank', () => {
    expect(readStage('', {})).toMatchObject({ stackName: 'Meetings', stage: undefined });
  });

  it.each([
    ['Test', {}, 'stage: Must be 1 to 32 lower-case letters, digits and hyphens, a letter first.'],
    ['../x', {}, 'stage: Must be 1 to 32 lower-case letters, digits and hyphens, a letter first.'],
    [
      'test',
      {},
      'stage: There is no stages/test.json: it holds the settings in which the stage differs, {} where none does.',
    ],
    ['tset', { test: '{}' }, 'stage: There is no stages/tset.json (there is stages/test.json).'],
    [
      'tset',
      { test: '{}', prod: '{}', dev: '{}' },
      'stage: There is no stages/tset.json (there are stages/dev.json, stages/prod.json or stages/test.json).',
    ],
    ['test', { test: '[]' }, 'stage: stages/test.json must hold an object of settings.'],
    ['test', { test: '{"a":' }, 'stage: stages/test.json must hold an object of settings.'],
    ['test', { test: '{"roomCapacty":4}' }, 'roomCapacty: There is no such setting (did you mean roomCapacity?).'],
  ])('%s, where there are %j, is refused', (stage, stages, fault) => {
    expect(faultsOf(() => readStage(stage, stages))).toEqual([fault]);
  });

  it('is refused where the stack would be called more than CloudFormation allows', () => {
    const stackName = 'S'.repeat(124);

    expect(readStage('abc', { abc: '{}' }, { stackName }).stackName).toHaveLength(128);
    expect(faultsOf(() => readStage('abcd', { abcd: '{}' }, { stackName }))).toEqual([
      'stage: With stackName before it, it is longer than the 128 characters that CloudFormation allows a stack.',
    ]);
  });
});

describe('tags', () => {
  const read = (tags: unknown) => readSettings({ tags }, { projectDirectory: projectWith(templates) }).settings.tags;

  it('are taken as an object, or as its JSON', () => {
    expect(read({ 'cost-center': 'meetings', 'team:name': 'a b/c' })).toEqual({
      'cost-center': 'meetings',
      'team:name': 'a b/c',
    });
    expect(read('{"owner":"ops@example.org"}')).toEqual({ owner: 'ops@example.org' });
  });

  it.each([
    ['owner'],
    [{ owner: 1 }],
    [{ '': 'x' }],
    [{ ['n'.repeat(129)]: 'x' }],
    [{ owner: 'v'.repeat(257) }],
    [{ 'aws:owner': 'x' }],
    [{ 'AWS:owner': 'x' }],
    [{ owner: 'a;b' }],
    [Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`t${index}`, '']))],
  ])('are not %j', (tags) => {
    expect(faultsOf(() => read(tags))).toEqual([
      expect.stringMatching(
        /^tags: (owner: )?Must be an object of at most 40 tags: names of 1 to 128 characters, values of up to 256, of letters, digits, blanks and \+ - = \. _ : \/ @, no name beginning with aws:\.$/,
      ),
    ]);
  });
});
