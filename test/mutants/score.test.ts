import { expect, test } from 'vitest';
import { percentNoticed, presentScore, scoreByFolder } from './score.ts';

const mutants = (...statuses: string[]) => ({ mutants: statuses.map((status) => ({ status })) });

const report = {
  files: {
    'functions/meetings/link.ts': mutants('Killed', 'Survived', 'NoCoverage'),
    'functions/meetings/links/key.ts': mutants('Timeout', 'Killed', 'CompileError'),
    'functions/rooms/opening.ts': mutants('NoCoverage'),
  },
};

test('counts mutants by folder, and says what no unit test runs', () => {
  expect(scoreByFolder(report).map(presentScore)).toEqual([
    'functions/meetings: 75.0 % noticed, 1 survived, 1 run by no unit test',
    'functions/rooms: 100.0 % noticed, 0 survived, 1 run by no unit test',
  ]);
});

test('has one figure for all folders', () => {
  expect(percentNoticed(scoreByFolder(report))).toBe(75);
  expect(percentNoticed([])).toBe(100);
});
