import { readFile } from 'node:fs/promises';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect, it } from 'vitest';
import { reservedFirstSegments } from '../../../infra/settings/links.ts';
import { manual } from '../../../infra/settings/manual.ts';
import { logRetentions } from '../../../infra/settings/operation.ts';
import { groups, schema, settingsOfTheManual } from '../../../infra/settings/schema.ts';

const file = new URL('../../../docs/settings.md', import.meta.url);
const page = await readFile(file, 'utf8');
const settings = Object.entries(schema.shape);

describe('the page of settings', () => {
  it('has a row for every setting, and for no other', () => {
    const rows = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(rows.sort()).toEqual(settings.map(([name]) => name).sort());
  });

  it('has every group under its heading', () => {
    for (const heading of Object.keys(groups)) expect(page).toContain(`\n## ${heading}\n\n| Setting |`);
  });

  it.each(settings)('gives an example of %s that is taken', (_, setting) => {
    expect(setting.safeParse(manual.get(setting)?.example)).toMatchObject({ success: true });
  });

  it('names what links cannot begin with, and what a wac.ini replaces', () => {
    for (const name of [...reservedFirstSegments, ...settingsOfTheManual])
      expect(page).toMatch(new RegExp(`\`${name}(\\[\\])?\``));
  });
});

it('knows the retentions of logs that the CDK knows', () => {
  const ofCdk = Object.values(RetentionDays).filter(
    (days) => typeof days === 'number' && days !== RetentionDays.INFINITE,
  );
  expect(logRetentions).toEqual(ofCdk.sort((one, other) => Number(one) - Number(other)));
});
