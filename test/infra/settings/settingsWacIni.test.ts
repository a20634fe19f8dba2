import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../infra/settings.ts';
import { allTemplates, faultsOf, projectWith } from './settingsProject.ts';

/** The example of Quobis's manual, as it stands there. */
const example = `[meetings]
linkHost = https://meetings.wac/
inviteMechanisms[] = email
inviteMechanisms[] = sms
; templatePath = meetings/tpl
; shortenerToken = '<ACCESS TOKEN>'
; languagesTemplates[] = es
; languagesTemplates[] = en
; remindBefore = 10
; pstnExtension = +34999999999
`;

const rest = {
  mailIdentity: 'meetings@example.org',
  smsCountries: ['ES'],
  publicRooms: false,
  jitsiHost: 'meet.example.org',
  alarmEmail: 'operators@example.org',
  smsOrigination: 'Meetings',
};

const needsDomain = expect.stringMatching(/^linkHost: .* until it points at the output ApiUrl/);

/** A project that has the ini at config/wac.ini, and further files. */
function projectWithIni(ini: string | Buffer, files: readonly string[] = allTemplates): string {
  return projectWith({ 'config/wac.ini': ini, ...Object.fromEntries(files.map((file) => [file, ''])) });
}

function readIni(ini: string | Buffer, context: unknown = rest, files?: readonly string[]) {
  const projectDirectory = projectWithIni(ini, files);
  return { projectDirectory, ...readSettings(context, { projectDirectory, wacIni: 'config/wac.ini' }) };
}

describe('a wac.ini', () => {
  it('that is not UTF-8 is a fault of the setting that holds the character', () => {
    const ini = Buffer.from('[meetings]\nlinkHost = https://reuni\xf3.example.org/\n', 'latin1');
    expect(faultsOf(() => readIni(ini))).toContain(
      'linkHost: Holds a character that is not UTF-8: save the file as UTF-8.',
    );
  });

  it('is taken as the manual has it', () => {
    const { settings, warnings } = readIni(example);
    expect(settings).toMatchObject({
      linkHost: 'https://meetings.wac',
      inviteMechanisms: ['email', 'sms'],
      linkFormat: 'unique',
      languagesGiven: false,
      domain: 'meetings.wac',
    });
    expect(settings.remindBeforeMinutes).toBeUndefined();
    expect(settings.shortenerToken).toBeUndefined();
    expect(settings.pstnExtension).toBeUndefined();
    expect(warnings).toEqual([needsDomain]);
  });

  it('is taken with its other lines uncommented, but for the token', () => {
    const uncommented = example.replaceAll('; ', '');
    const files = ['es', 'en'].flatMap((language) => [
      `config/meetings/tpl/email/${language}/x`,
      `config/meetings/tpl/sms/${language}/x`,
    ]);
    const faults = faultsOf(() => readIni(uncommented, {}, files));
    expect(faults).toEqual([
      expect.stringMatching(/^shortenerToken: .* aws ssm put-parameter .*--name \/meetings\/shortener-token/),
    ]);
    expect(faults.join()).not.toContain('ACCESS TOKEN');
    const { settings, projectDirectory } = readIni(
      uncommented.replace('<ACCESS TOKEN>', '/meetings/shortener-token'),
      {},
      files,
    );
    expect(settings).toMatchObject({
      templatePath: join(projectDirectory, 'config', 'meetings', 'tpl'),
      shortenerToken: { store: 'ssm', id: '/meetings/shortener-token' },
      languages: ['es', 'en'],
      languagesGiven: true,
      remindBeforeMinutes: 10,
      pstnExtension: '+34999999999',
      smsCountries: ['ES'],
    });
  });

  it('finds its templates beside itself, else those that ship', () => {
    const beside = readIni('[meetings]\ninviteMechanisms[] = email', rest, [
      ...allTemplates,
      'config/meetings/tpl/email/gl/text.hbs',
    ]);
    expect(beside.settings.templatePath).toBe(join(beside.projectDirectory, 'config', 'meetings', 'tpl'));
    expect(beside.settings.languages).toEqual(['gl']);
    const shipped = readIni('[meetings]\ninviteMechanisms[] = email');
    expect(shipped.settings.templatePath).toBe(join(shipped.projectDirectory, 'templates'));
  });

  it('replaces the settings of the manual, and says which; others it adds to', () => {
    const context = { ...rest, linkHost: 'https://other.example.org', remindBefore: 5, roomCapacity: 4, openBefore: 3 };
    const { settings, warnings, projectDirectory } = readIni(`${example}roomCapacity = 6\n`, context);
    expect(settings).toMatchObject({ linkHost: 'https://meetings.wac', roomCapacity: 6, openBeforeMinutes: 3 });
    expect(settings.remindBeforeMinutes).toBeUndefined();
    const file = join(projectDirectory, 'config', 'wac.ini');
    expect(warnings).toEqual([`wacIni: ${file} replaces linkHost, remindBefore of the context`, needsDomain]);
  });

  it('may hold objects as JSON', () => {
    const fcm = 'arn:aws:sns:eu-west-1:111122223333:app/GCM/meetings';
    const { settings } = readIni(
      `[meetings]\npushApplications = '{"fcm":"${fcm}"}'\niceServers[] = stun:stun.example.org\n`,
    );
    expect(settings).toMatchObject({ pushApplications: { fcm }, iceServers: [{ urls: ['stun:stun.example.org'] }] });
  });

  it('that cannot be understood is told of together with the other faults, and with no others that follow from it', () => {
    const certificateArn = 'arn:aws:acm:eu-west-1:111122223333:certificate/11112222-3333-4444-5555-666677778888';
    expect(
      faultsOf(() => readIni('[meetings]\nlinkHost\nremindBefore = soon', { certificateArn, roomCapacity: 1 })),
    ).toEqual([
      'wacIni: Line 2: it must be written name = value, or name[] = value.',
      'remindBefore: Must be a whole number of minutes, 1 to 40320.',
      'roomCapacity: Must be a whole number of people, 2 to 16.',
    ]);
  });

  it('that is not there is told of by its path', () => {
    const projectDirectory = projectWith([]);
    const path = join(projectDirectory, 'none.ini');
    expect(faultsOf(() => readSettings({}, { projectDirectory, wacIni: 'none.ini' }))).toEqual([
      `wacIni: The file ${path} cannot be read.`,
    ]);
  });
});
