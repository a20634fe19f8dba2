import { describe, expect, it } from 'vitest';
import { type CheckOptions, checkTemplates } from '../../infra/templates/check.ts';
import { shippedLanguages } from '../../infra/templates/shippedLanguages.ts';
import { shippedTemplates, temporaryFolder } from './temporaryFolder.ts';

const bare: Record<string, string | Buffer | undefined> = {
  'email/en/from.hbs': 'Meetings',
  'email/en/subject.hbs': 'Hi',
  'email/en/html.hbs': '<p>Hi</p>',
  'email/en/text.hbs': 'Hi {{action}}',
  'sms/en/from.hbs': 'Meetings',
  'sms/en/text.hbs': 'Hi {{action}}',
};

/** Checks a folder of one language, sound but for the files given; that most texts here are the same for every letter is another test's. */
async function check(files: Record<string, string | Buffer | undefined> = {}, options: Partial<CheckOptions> = {}) {
  const { faults, warnings } = await checkTemplates({
    directory: temporaryFolder({ ...bare, ...files }),
    languages: ['en'],
    languagesGiven: false,
    mechanisms: ['email', 'sms'],
    mailIdentity: 'meetings@example.org',
    ...options,
  });
  return {
    faults,
    warnings: warnings.filter((warning) => !/reads the same for (?!waiting and unreachable as)/.test(warning)),
  };
}

async function faultsOfText(source: string): Promise<string[]> {
  return (await check({ 'email/en/text.hbs': source })).faults;
}

it('has nothing to say of a sound folder', async () => {
  expect(await check()).toEqual({ faults: [], warnings: [] });
});

describe('files', () => {
  it('that are missing are faults, all at once', async () => {
    const { faults } = await check(
      { 'email/en/subject.hbs': undefined, 'sms/en/text.hbs': undefined },
      { languages: ['en', 'pt'] },
    );
    expect(faults).toEqual([
      'email/en/subject.hbs: there is no such file',
      'email/pt: there is no such folder',
      'sms/en/text.hbs: there is no such file',
      'sms/pt: there is no such folder',
    ]);
  });

  it('of a mechanism that is not in use may be missing, or wrong', async () => {
    const files = { 'sms/en/text.hbs': '{{#if', 'sms/en/from.hbs': undefined };
    expect(await check(files, { mechanisms: ['email'] })).toEqual({ faults: [], warnings: [] });
  });

  it('that nobody reads are said', async () => {
    const { faults, warnings } = await check({
      'emial/en/text.hbs': 'x',
      'whatsapp/en/text.hbs': 'x',
      'sms/en/txt.hbs': 'x',
      'sms/en/subject.hbs': 'x',
      'email/en/README.md': 'x',
    });
    expect(faults).toEqual([]);
    expect(warnings).toEqual([
      'unable to load resource for emial (did you mean email? there are email, sms and push)',
      'unable to load resource for whatsapp (there are email, sms and push)',
      'sms/en/subject.hbs: sms has from.hbs, text.hbs',
      'sms/en/txt.hbs: did you mean text.hbs? sms has from.hbs, text.hbs',
    ]);
  });

  it('that are not UTF-8 are faults, with file and line', async () => {
    const latin1 = (text: string) => Buffer.from(text, 'latin1');
    const { faults } = await check({
      'email/en/subject.hbs': latin1('Convocat\xf2ria'),
      'email/en/text.hbs': latin1('Hi\n\n{{party}} \xe9'),
      'email/layout.hbs': latin1('\xf1'),
    });
    const rule = 'holds a character that is not UTF-8: save the file as UTF-8';
    expect(faults).toEqual([`email/layout.hbs:1: ${rule}`]);
    const own = await check({ 'email/en/subject.hbs': latin1('\xf2'), 'email/en/text.hbs': latin1('Hi\n\n\xe9') });
    expect(own.faults).toEqual([`email/en/subject.hbs:1: ${rule}`, `email/en/text.hbs:3: ${rule}`]);
  });

  it('of a folder that is not there are one fault', async () => {
    const { faults } = await check({}, { directory: '/nowhere' });
    expect(faults).toEqual(['there is no folder /nowhere']);
  });
});

describe('the sample of the manual', () => {
  const sample = (quote: string, closing = quote) => `Your meeting {{ meeting.name }} will start on {{ formatDate
meeting.validSince }} at {{ formatTime meeting.validSince
hour="numeric" minute="numeric" hour12=false timeZone=${quote}Europe/Madrid${closing} timeZoneName="short" }}`;

  it.each(['”', '“', '’', '″', '»'])('is told with file and line that %s does not quote', async (quote) => {
    expect(await faultsOfText(sample(quote))).toEqual([
      `email/en/text.hbs:3: ${quote} is a typographic quote: write " instead`,
    ]);
  });

  it('is sound with straight quotes', async () => {
    expect(await faultsOfText(sample('"'))).toEqual([]);
    expect(await faultsOfText(sample("'"))).toEqual([]);
  });

  it.each([
    'He said “hi” to {{party}}',
    '{{! “a comment” }}{{!-- “another” }} --}}',
    '{{#if (is action "“invite”" \'’\')}}x{{/if}}',
  ])('may have them outside of tags and inside of strings: %s', async (source) => {
    expect(await check({ 'email/en/text.hbs': source })).toEqual({ faults: [], warnings: [] });
  });
});

describe('what Handlebars cannot read', () => {
  it.each([
    [
      'a block that stays open',
      'a\n{{#if party}}\nb\n{{#each meeting.users}}x{{/each}}',
      '2: the block {{#if}} never ends with {{/if}}',
    ],
    ['a block closed by another', '{{#if party}}\nx\n{{/with}}', '1: the block {{#if}} ends with {{/with}}'],
    ['a block that never began', 'x\n{{/if}}', '2: a block ends that never began'],
    ['an else without a block', '\n\n{{else}}', '3: {{else}} stands outside of a block'],
    ['a tag that stays open', 'a\nHello {{party', '2: Handlebars cannot read: Hello {{party'],
    [
      'a string that stays open',
      '{{formatDate meeting.validSince weekday="long}}',
      '1: Handlebars cannot read: {{formatDate meeting.validSince weekday="long}}',
    ],
    [
      'an option without a value',
      '{{formatDate meeting.validSince weekday=}}',
      '1: Handlebars cannot read: {{formatDate meeting.validSince weekday=}}',
    ],
  ])('is told with file and line: %s', async (_, source, fault) => {
    expect(await faultsOfText(source)).toEqual([`email/en/text.hbs:${fault}`]);
  });
});

describe('helpers', () => {
  it.each([
    ['{{formatdate meeting.validSince}}', 'there is no helper formatdate, did you mean formatDate?'],
    ['{{upper meeting.name}}', 'there is no helper upper'],
    ['{{#unles party}}x{{/unles}}', 'there is no helper unles, did you mean unless?'],
    ['{{#iff party}}x{{/iff}}', 'there is no helper iff, did you mean if?'],
    ['{{#if (eq action "cancel")}}x{{/if}}', 'there is no helper eq'],
    ['{{formatDate}}', 'formatDate takes 1 argument, not 0'],
    ['{{formatTime meeting.validSince "short"}}', 'formatTime takes 1 argument, not 2'],
    ['{{brief meeting.name}}', 'brief takes 2 arguments, not 1'],
    ['{{#if (is action)}}x{{/if}}', 'is takes at least 2 arguments, not 1'],
    ['{{#is action "cancel"}}x{{/is}}', 'is begins no block: write {{#if (is …)}}'],
  ])('%s', async (source, sentence) => {
    expect(await faultsOfText(`\n${source}`)).toEqual([`email/en/text.hbs:2: ${sentence}`]);
  });
});

describe('options of dates', () => {
  it.each([
    ['weekday="log"', 'weekday="log" is none of "narrow", "short", "long"'],
    ['weekdays="long"', 'there is no option weekdays, did you mean weekday?'],
    ['foo=1', 'there is no option foo of Intl.DateTimeFormat'],
    ['hour12="false"', 'hour12="false" is none of true, false'],
    ['timeZone="Europe/Madird"', 'Invalid time zone specified: Europe/Madird'],
    ['fractionalSecondDigits=4', 'fractionalSecondDigits=4 is none of 1, 2, 3'],
    [
      'dateStyle="full" weekday="long"',
      'dateStyle and weekday exclude each other: use the style alone, or parts alone',
    ],
  ])('%s', async (option, sentence) => {
    for (const helper of ['formatDate', 'formatTime']) {
      expect(await faultsOfText(`{{${helper} meeting.validSince ${option}}}`)).toEqual([
        `email/en/text.hbs:1: ${helper}: ${sentence}`,
      ]);
    }
  });

  it('may be all that Intl has, and come from the data', async () => {
    const source = `{{formatDate meeting.validSince weekday="long" era="short" year="numeric" month="2-digit" day="numeric"
      dayPeriod="long" hour="2-digit" minute="2-digit" second="2-digit" fractionalSecondDigits=2 timeZoneName="shortOffset"
      hour12=false hourCycle="h23" timeZone=meeting.timeZone calendar="gregory" numberingSystem="latn" localeMatcher="lookup"
      formatMatcher="basic"}}{{formatTime meeting.validUntil dateStyle="full" timeStyle="long"}}`;
    expect(await check({ 'email/en/text.hbs': source })).toEqual({ faults: [], warnings: [] });
  });
});

describe('fields', () => {
  it.each([
    ['{{meeting.nmae}}', 'there is no field meeting.nmae, did you mean meeting.name?'],
    ['{{name}}', 'there is no field name, did you mean meeting.name?'],
    ['{{meeting.user.phone}}', 'there is no field meeting.user.phone'],
    [
      '{{#if meeting.ddi.extention}}x{{/if}}',
      'there is no field meeting.ddi.extention, did you mean meeting.ddi.extension?',
    ],
    ['{{formatDate meeting.validSinse}}', 'there is no field meeting.validSinse, did you mean meeting.validSince?'],
    ['{{#with meeting}}{{urll}}{{/with}}', 'there is no field meeting.urll, did you mean meeting.url?'],
    [
      '{{#meeting.user}}{{usrname}}{{/meeting.user}}',
      'there is no field meeting.user.usrname, did you mean meeting.user.username?',
    ],
    [
      '{{#each meeting.participants}}{{nam}}{{/each}}',
      'there is no field meeting.participants.nam, did you mean meeting.participants.name?',
    ],
    [
      '{{#each meeting.participants as |person|}}{{person.nam}}{{/each}}',
      'there is no field meeting.participants.nam, did you mean meeting.participants.name?',
    ],
    ['{{#each meeting.users}}{{../pary}}{{/each}}', 'there is no field pary, did you mean party?'],
    [
      '{{#each meeting.users}}{{@root.pary}}{{@indx}}{{/each}}',
      'there is no field pary, did you mean party?',
      'there is no @indx',
    ],
    ['{{#each meeting.users}}{{name}}{{/each}}', 'there is no field meeting.users.name, did you mean meeting.name?'],
    ['{{meeting.url.host}}', 'there is no field meeting.url.host'],
  ])('that there are not are warned of: %s', async (source, ...sentences) => {
    expect(await check({ 'email/en/text.hbs': `x\n${source}` })).toEqual({
      faults: [],
      warnings: sentences.map((sentence) => `email/en/text.hbs:2: ${sentence}`),
    });
  });

  it.each([
    '{{#with meeting}}{{name}}{{#with user}}{{username}}{{../name}}{{/with}}{{/with}}',
    '{{#each meeting.participants}}{{@index}}{{id}}{{name}}{{email}}{{phone}}{{@root.party}}{{../meeting.name}}{{else}}{{party}}{{/each}}',
    '{{#each meeting.participants as |person index|}}{{person.name}}{{/each}}',
    '{{#each meeting.users}}{{this}}{{#unless @last}}, {{/unless}}{{/each}}{{meeting.users.length}}{{meeting.users.[0]}}',
    '{{#each (lines meeting.description)}}{{this}}{{/each}}{{lookup meeting "name"}}{{@language}}{{@timeZone}}',
    '{{#if meeting.ddi}}{{meeting.ddi.pin}}{{/if}}{{{meeting.name}}}{{&meeting.url}}{{~party~}}',
  ])('are found wherever they stand: %s', async (source) => {
    expect(await check({ 'email/en/text.hbs': source })).toEqual({ faults: [], warnings: [] });
  });
});

describe('partials', () => {
  const layout = '<p>{{title}}{{headline}}{{meeting.name}}{{> @partial-block}}{{> closing}}</p>';

  it('know what they are given, and are looked through', async () => {
    const files = {
      'email/layout.hbs': layout,
      'email/en/html.hbs':
        '{{#*inline "closing"}}{{partty}}{{/inline}}{{#> layout title=party}}{{meeting.urll}}{{/layout}}',
    };
    expect(await check(files)).toEqual({
      faults: [],
      warnings: [
        'email/layout.hbs:1: there is no field headline',
        'email/en/html.hbs:1: there is no field meeting.urll, did you mean meeting.url?',
        'email/en/html.hbs:1: there is no field partty, did you mean party?',
      ],
    });
  });

  it.each([
    [
      'is not there',
      { 'email/en/html.hbs': '{{> layot}}' },
      'email/en/html.hbs:1: there is no partial layot: it would be the file email/layot.hbs',
    ],
    [
      'includes itself',
      { 'email/a.hbs': '{{> a}}', 'email/en/html.hbs': '{{> a}}' },
      'email/a.hbs:1: a includes itself',
    ],
    [
      'cannot be read',
      { 'email/a.hbs': '{{#if}', 'email/en/html.hbs': '{{> a}}' },
      'email/a.hbs:1: Handlebars cannot read: {{#if}',
    ],
    [
      'is for another part',
      { 'email/a.hbs': 'x', 'email/en/text.hbs': '{{> a}}' },
      'email/en/text.hbs:1: {{> a}} is for html.hbs alone, where text is escaped',
    ],
  ])('are a fault where one %s', async (_, files, fault) => {
    expect((await check(files)).faults).toEqual([fault]);
  });
});

describe('senders', () => {
  it.each([
    'Meetings',
    'Meetings <meetings@example.org>',
    '"{{meeting.user.username}}" <Meetings@Example.org>',
    'meetings@example.org',
    '',
  ])('of mail may be %j', async (from) =>
    expect((await check({ 'email/en/from.hbs': `${from}\n` })).faults).toEqual([]),
  );

  it.each([
    ['Ana <ana@example.org>', 'ana@example.org'],
    ['other@example.org', 'other@example.org'],
    ['{{meeting.user.username}} <{{meeting.user.email}}>', 'alice@example.org'],
  ])('of mail may not be another address: %s', async (from, address) => {
    expect((await check({ 'email/en/from.hbs': from })).faults).toContain(
      `email/en/from.hbs: gives the address ${address}, but mail comes from meetings@example.org: the name is all that it may set`,
    );
  });

  it.each(['Quobis', '+34600111222', '', '{{meeting.user.alias}}'])('of SMS may be %j', async (from) => {
    expect((await check({ 'sms/en/from.hbs': from })).faults).toEqual([]);
  });

  it.each(['Twelve chars', 'AbcdefghijkL', '12345678', 'Ñandú', '{{meeting.name}}'])(
    'of SMS may not be %j',
    async (from) => {
      const { faults } = await check({ 'sms/en/from.hbs': from });
      expect(faults[0]).toMatch(/^sms\/en\/from\.hbs: gives the sender .+, but networks take up to 11 letters/);
    },
  );
});

describe('what only rendering shows', () => {
  it('is a fault with its file', async () => {
    expect(await faultsOfText('{{formatDate meeting.name}}')).toEqual([
      'email/en/text.hbs: "Weekly review of the northern team plans" is not an instant: give epoch milliseconds, a Date or RFC 3339 text.',
    ]);
  });

  it('is looked for in branches of every occasion', async () => {
    const source = '{{#if (is action "cancel")}}{{#unless meeting.description}}{{formatTime party}}{{/unless}}{{/if}}';
    expect(await faultsOfText(source)).toHaveLength(1);
  });
});

describe('the two warnings of the manual', () => {
  const full =
    '{{meeting.name}} {{meeting.validSince}} {{meeting.validUntil}} {{meeting.url}} {{meeting.description}} {{action}}';
  const good = {
    'email/en/html.hbs': full,
    'email/en/text.hbs': full,
    'sms/en/text.hbs': '{{meeting.name}} {{meeting.validSince}} {{meeting.url}} {{action}}',
  };

  it('are silent where everything is used and fits', async () => {
    expect(await check(good, { languagesGiven: true })).toEqual({ faults: [], warnings: [] });
  });

  it('name the SMS template that takes several parts', async () => {
    const files = { ...good, 'sms/en/text.hbs': `${good['sms/en/text.hbs']}${'x'.repeat(80)}` };
    expect((await check(files, { languagesGiven: true })).warnings).toEqual([
      'The sms template sms/en/text.hbs is too large. It will be sent several SMS by meeting',
    ]);
  });

  it('name the text that would tell organizers of who waits, and whom mail does not reach, as of something else', async () => {
    const files = {
      ...good,
      'email/en/text.hbs': `${good['email/en/text.hbs']}`.replace('{{action}}', '{{#if (is action "invite")}}I{{/if}}'),
    };
    expect((await check(files, { languagesGiven: true })).warnings).toEqual([
      'email/en/text.hbs: reads the same for waiting and unreachable as for another action, so the words that come with the service are sent there: tell them apart by {{#if (is action "…")}}',
    ]);
  });

  it('count characters beyond GSM-7 as what they cost', async () => {
    const files = { ...good, 'sms/en/text.hbs': `${good['sms/en/text.hbs']} ó` };
    expect((await check(files, { languagesGiven: true })).warnings).toHaveLength(1);
  });

  it('count the link as long as it will be', async () => {
    const link = `https://meetings.example.org/m/${'a'.repeat(100)}`;
    expect((await check(good, { languagesGiven: true, link })).warnings).toEqual([
      'The sms template sms/en/text.hbs is too large. It will be sent several SMS by meeting',
    ]);
  });

  it('name each field that a recipient would miss, with its template', async () => {
    const files = {
      ...good,
      'email/en/text.hbs': '{{#with meeting}}{{name}}{{url}}{{description}}{{/with}}{{action}}',
    };
    expect((await check(files, { languagesGiven: true })).warnings).toEqual([
      "Field meeting.validSince hasn't been used in email/en/text.hbs",
      "Field meeting.validUntil hasn't been used in email/en/text.hbs",
    ]);
  });

  it('expect the number to dial where there is one', async () => {
    const { warnings } = await check(good, { languagesGiven: true, pstnExtension: '+34999999999' });
    expect(warnings).toHaveLength(6);
    expect(warnings).toContain("Field meeting.ddi.pin hasn't been used in sms/en/text.hbs");
  });

  it('are said only where the languages were set', async () => {
    expect((await check({ ...good, 'sms/en/text.hbs': 'x'.repeat(200) })).warnings).toEqual([]);
  });
});

it('finds what is wrong with a copy of the shipped templates', async () => {
  const files = { 'email/ca/subject.hbs': '{{meeting.nom}}', 'sms/es/text.hbs': undefined };
  const directory = temporaryFolder(files, shippedTemplates);
  const options = {
    directory,
    languages: shippedLanguages,
    languagesGiven: true,
    mechanisms: ['email', 'sms'] as const,
  };
  expect(await checkTemplates(options)).toEqual({
    faults: ['sms/es/text.hbs: there is no such file'],
    warnings: ['email/ca/subject.hbs:1: there is no field meeting.nom'],
  });
});
