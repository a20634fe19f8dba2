import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SettingsFault } from '../../infra/settings/fault.ts';
import { projectDirectory, synthesize } from '../../infra/synthesize.ts';
import { testBundles } from '../bundles.ts';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'synthesize-'));
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

const withSettings = async (meetings: object) =>
  synthesize({
    context: { meetings },
    outdir: join(directory, 'cdk.out'),
    bundles: testBundles,
    validate: false,
  });

async function faultsOf(meetings: object): Promise<string> {
  const error: unknown = await withSettings(meetings).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SettingsFault)) throw error ?? new Error('There was no fault');
  return error.message;
}

describe('what an operator gets wrong is refused before anything is deployed', () => {
  test('in the settings, all faults together, each with its name', async () => {
    const message = await faultsOf({ linkHost: 'meetings.wac', remindBefore: 0, colour: 'red' });

    expect(message).toMatch(/^linkHost: Invalid linkHost/m);
    expect(message).toMatch(/^remindBefore: /m);
    expect(message).toMatch(/^colour: /m);
  });

  test('in a template, with its file, its line and the quote that is no quote', async () => {
    const templates = join(directory, 'templates');
    cpSync(join(projectDirectory, 'templates'), templates, { recursive: true });
    const file = join(templates, 'email', 'en', 'text.hbs');
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n{{formatTime meeting.validSince timeZone=”Europe/Madrid”}}\n`);
    const message = await faultsOf({
      templatePath: templates,
      inviteMechanisms: ['email'],
      mailIdentity: 'meetings@example.org',
    });

    expect(message).toMatch(/templatePath: .*email\/en\/text\.hbs:\d+/);
    expect(message).toContain('”');
  });
});

test('what an operator should know is said, and does not keep them from deploying', async () => {
  const { warnings } = await withSettings({ inviteMechanisms: ['email', 'fax'], languagesTemplates: ['en'] });

  expect(warnings.join('\n')).toMatch(/unable to load resource for fax/);
  expect(warnings.join('\n')).toMatch(/Cannot send meeting invitation by email: Email service not available/);
});
