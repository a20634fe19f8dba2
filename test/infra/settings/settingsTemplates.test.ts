import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../infra/settings.ts';
import { allTemplates, faultsOf, projectWith, read } from './settingsProject.ts';

const both = {
  inviteMechanisms: 'email,sms',
  smsCountries: 'ES',
  mailIdentity: 'meetings@example.org',
  publicRooms: false,
  jitsiHost: 'meet.example.org',
  alarmEmail: 'operators@example.org',
  smsOrigination: 'Meetings',
};

describe('languagesTemplates', () => {
  it('are taken in their order, the default language first', () => {
    expect(read({ ...both, languagesTemplates: ['es', 'en', 'es'] }).settings).toMatchObject({
      languages: ['es', 'en'],
      languagesGiven: true,
    });
  });

  it('are found where they are not given: English first, then by alphabet', () => {
    const projectDirectory = projectWith([
      ...allTemplates,
      'templates/email/pt-BR/text.hbs',
      'templates/sms/pt-BR/text.hbs',
    ]);
    const { settings, warnings } = readSettings(both, { projectDirectory });
    expect(settings).toMatchObject({ languages: ['en', 'ca', 'es', 'pt-BR'], languagesGiven: false });
    expect(warnings).toEqual([]);
  });

  it('are refused where a folder of a mechanism in use is missing, which is named', () => {
    const projectDirectory = projectWith([...allTemplates, 'templates/email/fr/text.hbs']);
    const folder = join(projectDirectory, 'templates');
    const faults = (given: object) => faultsOf(() => readSettings({ ...both, ...given }, { projectDirectory }));
    expect(faults({ languagesTemplates: 'en,fr,de' })).toEqual([
      `languagesTemplates: There is no folder ${join(folder, 'sms', 'fr')}.`,
      `languagesTemplates: There is no folder ${join(folder, 'email', 'de')}.`,
      `languagesTemplates: There is no folder ${join(folder, 'sms', 'de')}.`,
    ]);
    expect(faults({ languagesTemplates: 'en,fr', inviteMechanisms: 'email' })).toEqual([]);
    expect(
      faults({ languagesTemplates: 'fr', inviteMechanisms: 'email', remindBefore: 5, remindMechanisms: 'sms' }),
    ).toHaveLength(1);
  });

  it('are left out with a warning where they are merely found and lack a folder', () => {
    const projectDirectory = projectWith([...allTemplates, 'templates/email/fr/text.hbs']);
    const { settings, warnings } = readSettings(both, { projectDirectory });
    expect(settings.languages).toEqual(['en', 'ca', 'es']);
    const path = join(projectDirectory, 'templates', 'sms', 'fr');
    expect(warnings).toEqual([`languagesTemplates: fr is left out, since there is no folder ${path}`]);
  });

  it('are not taken from files, nor from folders with other names', () => {
    const others = ['templates/email/fr', 'templates/sms/partials/text.hbs', 'templates/email/.git/text.hbs'];
    const { settings, warnings } = readSettings(both, { projectDirectory: projectWith([...allTemplates, ...others]) });
    expect(settings.languages).toEqual(['en', 'ca', 'es']);
    expect(warnings).toEqual([]);
  });

  it.each(['english', 'e', 'en_GB', '../en', 'en-', 'x-private', 7])('are refused as %j', (tag) => {
    expect(faultsOf(() => read({ ...both, languagesTemplates: [tag] }))[0]).toMatch(
      /^languagesTemplates: .*language tag/,
    );
  });

  it('are English where no template is needed and none is there', () => {
    const projectDirectory = projectWith([]);
    expect(readSettings({}, { projectDirectory }).settings.languages).toEqual(['en']);
    expect(readSettings({ languagesTemplates: 'es' }, { projectDirectory }).settings.languages).toEqual(['es']);
  });
});

describe('the templates of push', () => {
  const pushing = {
    ...both,
    remindBefore: 10,
    pushApplications: { fcm: 'arn:aws:sns:eu-west-1:111122223333:app/GCM/meetings' },
  };
  const french = ['templates/email/fr/text.hbs', 'templates/sms/fr/text.hbs'];
  const shipped = join(import.meta.dirname, '../../../templates/push');

  it('are those of the service where the operator has no folder of them', () => {
    const { settings, warnings } = readSettings(pushing, { projectDirectory: projectWith(allTemplates) });
    expect(settings.languages).toEqual(['en', 'ca', 'es']);
    expect(warnings).toEqual([]);
  });

  it.each([{}, { languagesTemplates: 'fr,en' }])(
    'are missed in a language that the service has none of, given %j',
    (given) => {
      const projectDirectory = projectWith([...allTemplates, ...french]);
      expect(faultsOf(() => readSettings({ ...pushing, ...given }, { projectDirectory }))).toEqual([
        `languagesTemplates: There is no folder ${join(shipped, 'fr')}.`,
      ]);
    },
  );

  it('are the operator’s alone where there is a folder of them', () => {
    const projectDirectory = projectWith([...allTemplates, ...french, 'templates/push/fr/text.hbs']);
    const own = join(projectDirectory, 'templates', 'push');
    expect(readSettings({ ...pushing, languagesTemplates: 'fr' }, { projectDirectory }).settings.languages).toEqual([
      'fr',
    ]);
    expect(faultsOf(() => readSettings({ ...pushing, languagesTemplates: 'fr,es' }, { projectDirectory }))).toEqual([
      `languagesTemplates: There is no folder ${join(own, 'es')}.`,
    ]);
  });

  it('are not needed where nobody is pushed to', () => {
    const projectDirectory = projectWith([...allTemplates, ...french]);
    for (const given of [{ remindBefore: undefined }, { pushApplications: {} }, { remindMechanisms: 'email' }]) {
      expect(readSettings({ ...pushing, ...given }, { projectDirectory }).settings.languages).toContain('fr');
    }
  });
});

describe('templatePath', () => {
  it('at fault by itself brings no faults of what the default folder lacks', () => {
    const given = { ...both, templatePath: 7, languagesTemplates: 'de' };
    expect(faultsOf(() => read(given))).toEqual(['templatePath: Must be the path of a folder.']);
  });

  it("is relative to the project's folder, or absolute", () => {
    const projectDirectory = projectWith(['ours/tpl/email/gl/text.hbs', 'ours/tpl/email/README.md']);
    const expected = { templatePath: join(projectDirectory, 'ours', 'tpl'), languages: ['gl'] };
    for (const templatePath of ['ours/tpl', './ours/tpl/', join(projectDirectory, 'ours/tpl')]) {
      const { settings } = readSettings({ inviteMechanisms: 'email', templatePath }, { projectDirectory });
      expect(settings).toMatchObject(expected);
    }
  });

  it('is refused once where it holds no templates, however many languages are named', () => {
    const projectDirectory = projectWith(['templates/email/notes.txt', 'templates/en/text.hbs']);
    const given = { ...both, languagesTemplates: 'en,es,ca' };
    const wanted = `${join('email', 'en')} and ${join('sms', 'en')}`;
    expect(faultsOf(() => readSettings(given, { projectDirectory }))).toEqual([
      `templatePath: No language has its templates in ${join(projectDirectory, 'templates')}: it must hold folders such as ${wanted}.`,
    ]);
  });
});
