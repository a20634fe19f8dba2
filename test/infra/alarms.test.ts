import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectDirectory } from '../../infra/synthesize.ts';
import { fourSettings, resourcesOf } from './fourSettings.ts';

const handbook = readFileSync(join(projectDirectory, 'docs', 'operating.md'), 'utf8');
const sections = new Map(
  handbook
    .split(/^##+ /m)
    .filter((section) => /^\w+Alarm\n/.test(section))
    .map((section) => [/^\w+/.exec(section)?.[0] ?? '', section]),
);

/** The alarms of a template, as they are called in it. */
async function alarmsOf(settings: (typeof fourSettings)[number]): Promise<Map<string, unknown>> {
  const alarms = Object.entries(await resourcesOf(settings)).filter(
    ([, { Type }]) => Type === 'AWS::CloudWatch::Alarm',
  );
  return new Map(alarms.map(([id, { Properties }]) => [id.replace(/[0-9A-F]{8}$/, ''), Properties?.AlarmDescription]));
}

test.each(fourSettings)(
  'each alarm with the settings %s has its section in the handbook, and no other has',
  async (settings) => {
    const alarms = [...(await alarmsOf(settings)).keys()];

    expect(alarms.length).toBeGreaterThan(7);
    expect([...sections.keys()].sort()).toEqual(alarms.sort());
  },
);

test('each section says what the alarm means, what to look at and what to do', () => {
  for (const [name, section] of sections) {
    expect(section, name).toMatch(/^- \*\*Means\*\*: .+\n(.+\n)*- \*\*Look at\*\*: .+\n(.+\n)*- \*\*Do\*\*: /m);
  }
});

test('each alarm says where its section is', async () => {
  for (const [name, description] of await alarmsOf('everything on')) {
    expect(description).toBe(`What it means, and what to do: docs/operating.md, ${name}.`);
  }
});
