import { describe, expect, it } from 'vitest';
import { email } from '../../functions/deliveries/channels/email/email.ts';
import { renderer, type Templates } from '../../functions/deliveries/templates/rendering.ts';
import { renderToOrganizer } from '../../functions/deliveries/templates/templates.ts';
import { type CheckOptions, checkTemplates } from '../../infra/templates/check.ts';
import { readOrganizerTemplates, readTemplates } from '../../infra/templates/folder.ts';
import { fullSample, sampleNow as now, organizerActions, sparseSample } from '../../infra/templates/sample.ts';
import { shippedLanguages } from '../../infra/templates/shippedLanguages.ts';
import { templatesModule } from '../../infra/templates/substitutes.ts';
import { shippedTemplates, temporaryFolder } from './temporaryFolder.ts';

type Letter = 'invite' | 'update' | 'cancel';

const said: Record<(typeof shippedLanguages)[number], Record<Letter, [subject: string, lead: string]>> = {
  en: {
    invite: ['Scheduled', 'This meeting is scheduled, and you organize it.'],
    update: ['Changed', 'The meeting that you organize has changed. Here are the current details.'],
    cancel: ['Cancelled', 'The meeting that you organize has been cancelled. There is nothing you need to do.'],
  },
  es: {
    invite: ['Programada', 'Esta reunión está programada, y la organizas tú.'],
    update: ['Actualización', 'La reunión que organizas ha cambiado. Estos son los datos actualizados.'],
    cancel: ['Cancelada', 'La reunión que organizas se ha cancelado. No tienes que hacer nada más.'],
  },
  ca: {
    invite: ['Programada', 'Aquesta reunió està programada, i l’organitzes tu.'],
    update: ['Actualització', 'La reunió que organitzes ha canviat. Aquestes són les dades actualitzades.'],
    cancel: ['Cancel·lada', 'La reunió que organitzes s’ha cancel·lat. No has de fer res més.'],
  },
};

const words = {
  en: {
    from: 'Meetings',
    join: 'Join: ',
    invited: 'Invited: ',
    others: 'and 17 more',
    why: 'about a meeting that you organize.',
  },
  es: {
    from: 'Reuniones',
    join: 'Entrar: ',
    invited: 'Personas invitadas: ',
    others: 'y 17 más',
    why: 'sobre una reunión que organizas.',
  },
  ca: {
    from: 'Reunions',
    join: 'Entra: ',
    invited: 'Persones convidades: ',
    others: 'i 17 més',
    why: 'sobre una reunió que organitzes.',
  },
};

const everything = shippedLanguages.flatMap((language) =>
  (['invite', 'update', 'cancel'] as const).map((action) => ({ language, action })),
);
const occasion = (action: Letter) => ({ channel: email, action, brand: {}, toOrganizer: true });

describe.each(everything)('the shipped letter to an organizer in $language on $action', ({ language, action }) => {
  const full = renderToOrganizer(email, { language, data: fullSample(occasion(action)), now });
  const [subject, lead] = said[language][action];
  const { from, join, invited, others, why } = words[language];

  it('says what it is about, and to whom', () => {
    expect(full.sender).toBe(from);
    expect(full.subject).toMatch(new RegExp(`^${subject}: Weekly review of the northern team plans \\(`));
    expect(full.text.split('\n')[0]).toBe(lead);
    expect(full.html).toContain(`<p class="soft" style="margin: 0 0 24px; color: #545f6e">${lead}</p>`);
    expect(full.text).toMatch(new RegExp(`alice@example\\.org ${why}\n$`));
    expect(full.html).toContain(`<bdi>alice@example.org</bdi> ${why}</p>`);
  });

  it('lists who was invited', () => {
    expect(full.text).toContain(`\n${invited}Bob, Carol, dan@example.org ${others}\n`);
    expect(full.html).toMatch(/<bdi>Bob<\/bdi><br>\s*<bdi>Carol<\/bdi><br>\s*<bdi>dan@example\.org<\/bdi>\s*<br>/);
    expect(full.html).toContain(`<br>${others}`);
  });

  it('leads to the meeting by the link that all know, and asks for nothing', () => {
    expect(full.text.includes(`\n${join}https://bit.ly/4aBcDeF\n`)).toBe(action !== 'cancel');
    expect(full.html.includes('href="https://bit.ly/4aBcDeF"')).toBe(action !== 'cancel');
    expect(full.text.includes('+34999999999')).toBe(action !== 'cancel');
    for (const content of [full.text, full.html]) expect(content).not.toMatch(/“No”|«No»|#answer|mailto:|Alice Vidal/);
  });

  it('leaves out what is not known', () => {
    const { text, html } = renderToOrganizer(email, { language, data: sparseSample(occasion(action)), now });
    expect(text).not.toContain(invited);
    expect(html).not.toContain('<bdi>Bob');
    expect(text).not.toMatch(/\n{4}|undefined/);
  });
});

const bare = {
  'email/en/from.hbs': 'Meetings',
  'email/en/subject.hbs': 'Hi',
  'email/en/html.hbs': '<p>Hi {{action}}</p>',
  'email/en/text.hbs': 'Hi {{action}} {{#if (is action "waiting")}}!{{/if}}',
};
const own = {
  'organizer/email/en/from.hbs': 'Us',
  'organizer/email/en/subject.hbs': '{{action}}',
  'organizer/email/en/html.hbs': '{{> mine}}{{> frame}}',
  'organizer/email/en/text.hbs': '{{action}}: {{meeting.invited.people.length}} and {{meeting.invited.more}}',
  'organizer/email/mine.hbs': '<i>{{meeting.name}}</i>',
  'email/frame.hbs': '<b>{{action}}</b>',
};

async function organizersOf(directory: string, languages: readonly string[]) {
  const organizer = readOrganizerTemplates(directory, languages);
  const source = await templatesModule(readTemplates(directory, languages), organizer, languages);
  const { organizer: templates }: { organizer: Templates } = await import(
    `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`
  );
  return renderer(templates);
}

async function check(files: Record<string, string | undefined>, options: Partial<CheckOptions> = {}) {
  return await checkTemplates({
    directory: temporaryFolder({ ...bare, ...files }),
    languages: ['en'],
    languagesGiven: false,
    mechanisms: ['email'],
    organizerMail: true,
    ...options,
  });
}

const letter = (language: string) => ({ language, data: fullSample(occasion('invite')), now });

describe('an operator’s folder', () => {
  it('without letters to organizers has them written by the service, in its own frame', async () => {
    const { render } = await organizersOf(temporaryFolder({ ...bare, 'email/layout.hbs': 'not this' }), ['en']);

    expect(render(email, letter('en-GB')).subject).toMatch(/^Scheduled: Weekly review/);
    expect(render(email, letter('en-GB')).html).toContain('This meeting is scheduled, and you organize it.');
    expect(await check({})).toEqual({ faults: [], warnings: [] });
  });

  it('in a language that the service does not speak has them in English, and synth says so', async () => {
    const french = Object.fromEntries(
      Object.entries(bare).map(([name, source]) => [name.replace('/en/', '/fr/'), source]),
    );
    const { render } = await organizersOf(temporaryFolder(french), ['fr']);

    expect(render(email, letter('fr')).subject).toMatch(/^Scheduled: Weekly review/);
    expect(await check(french, { languages: ['fr', 'en'] })).toEqual({
      faults: [],
      warnings: ['organizer/email/fr: there is no such folder, so organizers read of their own meetings in en'],
    });
  });

  it('has letters of its own, which may include what its mails include', async () => {
    const { render } = await organizersOf(temporaryFolder({ ...bare, ...own }), ['en']);

    expect(render(email, letter('en'))).toEqual({
      sender: 'Us',
      subject: 'invite',
      html: '<i>Weekly review of the northern team plans</i><b>invite</b>',
      text: 'invite: 3 and 17',
    });
    expect(await check(own)).toEqual({ faults: [], warnings: [] });
  });

  it('is told what is wrong with them, each with its file', async () => {
    expect(
      (await check({ ...own, 'organizer/email/en/subject.hbs': undefined }, { languages: ['en'] })).faults,
    ).toEqual(['organizer/email/en/subject.hbs: there is no such file']);
    expect((await check({ ...own, 'organizer/email/en/text.hbs': '{{#if action}}' })).faults).toEqual([
      'organizer/email/en/text.hbs:1: the block {{#if}} never ends with {{/if}}',
    ]);
    expect(
      (await check({ ...own, 'organizer/email/en/from.hbs': 'a@example.com' }, { mailIdentity: 'm@example.org' }))
        .faults,
    ).toEqual([
      'organizer/email/en/from.hbs: gives the address a@example.com, but mail comes from m@example.org: the name is all that it may set',
    ]);
    expect(
      (await check({ ...own, 'organizer/email/en/text.hbs': '{{action}} {{meeting.invitd.more}}' })).warnings,
    ).toEqual(['organizer/email/en/text.hbs:1: there is no field meeting.invitd, did you mean meeting.invited?']);
    expect((await check({ ...own, 'organizer/email/en/text.hbs': 'Hi' })).warnings).toEqual([
      'organizer/email/en/text.hbs: reads the same for update and cancel as for another action: tell them apart by {{#if (is action "…")}}',
    ]);
    expect((await check({ ...own, 'organizer/sms/en/text.hbs': 'Hi' })).warnings).toEqual([
      'unable to load resource for organizer/sms (there are email)',
    ]);
  });

  it('is not looked at where organizers get no mail', async () => {
    const wrong = { ...own, 'organizer/email/en/text.hbs': '{{#if' };
    expect(await check(wrong, { organizerMail: false })).toEqual({ faults: [], warnings: [] });
  });

  it('has the fields of organizers in no other letter', async () => {
    expect(
      (await check({ 'email/en/text.hbs': `${bare['email/en/text.hbs']}{{meeting.invited.more}}` })).warnings,
    ).toEqual(['email/en/text.hbs:1: there is no field meeting.invited']);
  });
});

it('the shipped letters to organizers pass the check of an operator’s without a word', async () => {
  const found = await checkTemplates({
    directory: temporaryFolder({}, shippedTemplates),
    languages: shippedLanguages,
    languagesGiven: true,
    mechanisms: ['email', 'sms'],
    mailIdentity: 'a@example.org',
    pstnExtension: '+34999999999',
    organizerMail: true,
  });
  expect(found).toEqual({ faults: [], warnings: [] });
  expect(organizerActions).toEqual(['invite', 'update', 'cancel']);
});
