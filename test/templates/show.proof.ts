import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { shippedTemplates, temporaryFolder } from './temporaryFolder.ts';

const project = join(import.meta.dirname, '../..');

/** Runs `npm run templates` with a wac.ini whose templates lie beside it. */
function show(folder: string) {
  const command = ['infra/templates/show.ts', '-c', `wacIni=${join(folder, 'wac.ini')}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: project, encoding: 'utf8' });
  return { status, stdout, stderr };
}

const ini =
  '[meetings]\ninviteMechanisms[] = email\ninviteMechanisms[] = sms\npstnExtension = +34999999999\ntemplatePath = .\n';

it('shows what templates may use and what they make of it, and makes a page of the mails', () => {
  const { status, stdout, stderr } = show(
    temporaryFolder({ 'wac.ini': `${ini}languagesTemplates[] = es` }, shippedTemplates),
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^ {2}meeting\.ddi\.pin +123456789 +the code/m);
  expect(stdout).toMatch(/^ {2}\{\{formatDate meeting\.validSince\}\}/m);
  expect(stdout).toMatch(/es, cancel\n {2}From {5}Alice Vidal \(Reuniones\)\n {2}Subject {2}Cancelada: Weekly/);
  expect(stdout).toMatch(
    / {2}SMS {6}from Reuniones, \d+ GSM-7 characters, 1 part\n {2}Convocatoria: .*\/j\/cccccccccccc\n/,
  );
  expect(stdout).toMatch(
    /es, cancel, to the organizer\n {2}From {5}Reuniones\n {2}Subject {2}Cancelada: Weekly.*\n\n {2}La reunión que organizas se ha cancelado\./,
  );
  expect(stdout).toMatch(/^ {2}Personas invitadas: Bob, Carol, dan@example\.org y 17 más$/m);
  expect(stdout).toMatch(/no faults, no warnings\n$/);
  const page = readFileSync(join(project, 'build/templates/index.html'), 'utf8');
  expect(page.match(/<iframe sandbox="" /g)).toHaveLength(9);
  expect(page).toContain('&lt;!DOCTYPE html&gt;');
  expect(page).not.toMatch(/<script|<h1 class=/);
});

it('ends with 1 where there are faults, and says them', () => {
  const files = { 'wac.ini': ini, 'sms/en/text.hbs': '{{#if party}}', 'email/en/from.hbs': 'a@example.com' };
  const { status, stdout, stderr } = show(temporaryFolder(files, shippedTemplates));
  expect(status).toBe(1);
  expect(stderr).toContain('fault: sms/en/text.hbs:1: the block {{#if}} never ends with {{/if}}');
  expect(stdout).toMatch(/: 1 fault, /);
});

it('ends with 1 where the settings have faults', () => {
  const { status, stderr } = show(temporaryFolder({ 'wac.ini': '[meetings]\nlinkHost = nonsense\n' }));
  expect(status).toBe(1);
  expect(stderr).toMatch(/^The settings have faults:\nlinkHost: Invalid linkHost/);
});
