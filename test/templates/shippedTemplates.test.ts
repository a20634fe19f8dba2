import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { email } from '../../functions/deliveries/channels/email/email.ts';
import { push } from '../../functions/deliveries/channels/push/push.ts';
import { sms } from '../../functions/deliveries/channels/sms/sms.ts';
import { smsSize } from '../../functions/deliveries/channels/sms/smsSize.ts';
import type { Rendering } from '../../functions/deliveries/templates/rendering.ts';
import { type Action, type TemplateFacts, templateData } from '../../functions/deliveries/templates/templateData.ts';
import { render } from '../../functions/deliveries/templates/templates.ts';
import { languageFor } from '../../functions/pages/shared/words/language.ts';
import { readProject } from '../../infra/synthesize.ts';
import { checkTemplates } from '../../infra/templates/check.ts';
import { checkOptions } from '../../infra/templates/options.ts';
import { shippedLanguages } from '../../infra/templates/shippedLanguages.ts';
import { facts } from '../deliveries/templates/templateFacts.ts';
import { shippedTemplates } from './temporaryFolder.ts';

const now = new Date('2026-07-01T09:50:00Z');

/** Of an operator who says nothing of themselves. */
const base = { ...facts, brand: {} };

const renderEmail = (rendering: Omit<Rendering, 'now'>) => render(email, { ...rendering, now });
const renderSms = (rendering: Omit<Rendering, 'now'>) => render(sms, { ...rendering, now });

describe('the languages', () => {
  it.each(['email', 'sms', 'push', 'organizer/email'])('have each a folder of %s', (channel) => {
    const folders = readdirSync(join(shippedTemplates, channel), { withFileTypes: true });
    const languages = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(languages.sort()).toEqual(shippedLanguages.toSorted());
  });

  it('are those that cdk.json deploys', () => {
    const { context } = JSON.parse(readFileSync(join(shippedTemplates, '..', 'cdk.json'), 'utf8'));
    expect(context.meetings.languagesTemplates).toEqual(shippedLanguages);
  });

  it.each(shippedLanguages)('are spoken by the room’s page: %s', (language) => {
    expect(languageFor([language]).language).toBe(language);
  });
});

const actions: readonly Action[] = ['invite', 'update', 'cancel', 'remind', 'waiting', 'unreachable'];
const everything = shippedLanguages.flatMap((language) => actions.map((action) => ({ language, action })));

type Changes = Omit<Partial<TemplateFacts>, 'meeting'> & { meeting?: Partial<TemplateFacts['meeting']> };

function dataOf(action: Action, { meeting, ...changes }: Changes = {}) {
  const status = action === 'cancel' ? 'cancelled' : 'scheduled';
  return templateData({ ...base, action, ...changes, meeting: { ...base.meeting, status, ...meeting } });
}

function mailOf(language: string, action: Action, changes?: Changes) {
  return renderEmail({ language, data: dataOf(action, changes) });
}

const said: Record<string, Record<Action, string>> = {
  en: {
    invite: 'Invitation',
    update: 'Updated',
    cancel: 'Cancelled',
    remind: 'Reminder',
    waiting: 'Somebody is waiting',
    unreachable: 'Not delivered',
  },
  es: {
    invite: 'Invitación',
    update: 'Actualización',
    cancel: 'Cancelada',
    remind: 'Recordatorio',
    waiting: 'Alguien espera',
    unreachable: 'Correo no entregado',
  },
  ca: {
    invite: 'Invitació',
    update: 'Actualització',
    cancel: 'Cancel·lada',
    remind: 'Recordatori',
    waiting: 'Algú espera',
    unreachable: 'Correu no lliurat',
  },
};
const when: Record<string, { subject: string; day: string; time: string }> = {
  en: {
    subject: 'Wed, Jul 1, 12:00 PM GMT+2',
    day: 'Wednesday, July 1, 2026',
    time: '12:00 PM – 1:30 PM GMT+2',
  },
  es: {
    subject: 'mié, 1 jul, 12:00 GMT+2',
    day: 'miércoles, 1 de julio de 2026',
    time: '12:00 – 13:30 GMT+2',
  },
  ca: {
    subject: 'dc., 1 de jul., 12:00 GMT+2',
    day: 'dimecres, 1 de juliol del 2026',
    time: '12:00 – 13:30 GMT+2',
  },
};

const lastDay: Record<string, string> = {
  en: 'Friday, July 3, 2026',
  es: 'viernes, 3 de julio de 2026',
  ca: 'divendres, 3 de juliol del 2026',
};

type Choice = readonly [word: string, status: string];

const asked: Record<string, { question: string; choices: readonly Choice[] }> = {
  en: {
    question: 'Can you make it?',
    choices: [
      ['Yes', 'accepted'],
      ['Maybe', 'tentative'],
      ['No', 'declined'],
    ],
  },
  es: {
    question: '¿Puedes asistir?',
    choices: [
      ['Sí', 'accepted'],
      ['Quizás', 'tentative'],
      ['No', 'declined'],
    ],
  },
  ca: {
    question: 'Hi podràs assistir?',
    choices: [
      ['Sí', 'accepted'],
      ['Potser', 'tentative'],
      ['No', 'declined'],
    ],
  },
};

const answerLink = (status: string) => `https://meetings.example.org/m/abc.def~p1.jkl#answer=${status}`;
const lineOf = ([word, status]: Choice) => `${word}: ${answerLink(status)}`;

/** What stands in a page, without its marks. */
function wordsOf(html: string): string {
  const words = html.replace(/<style[\s\S]*?<\/style>|<!--[\s\S]*?-->|<[^>]+>/g, ' ');
  const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'" };
  return words.replace(/&[#\w]+;/g, (entity) => entities[entity] ?? entity).replace(/\s+/g, ' ');
}

/** What an inbox shows of a mail beside its subject. */
function previewOf(html: string): string {
  return wordsOf(html.match(/<div style="display: none;[^>]*>(.*?)<\/div>/s)?.[1] ?? '');
}

describe.each(everything)('the mail in $language on $action', ({ language, action }) => {
  const { sender, subject, html, text } = mailOf(language, action);
  const words = wordsOf(html);

  it('says in its subject what it is about', () => {
    expect(sender).toMatch(/^Ana Font \((Meetings|Reuniones|Reunions)\)$/);
    expect(subject).toBe(`${said[language]?.[action]}: Plans & numbers (${when[language]?.subject})`);
  });

  it('says who, what and when, in the offset of its zone, in text and in html alike', () => {
    for (const content of [text, words]) {
      expect(content).toContain('Plans & numbers');
      expect(content).toContain(when[language]?.day);
      expect(content).toContain(when[language]?.time);
      expect(content).toContain('ana@example.org');
      expect(content).toContain('bob@example.com');
      expect(content).toMatch(/First <b>line<\/b>\s+Second line/);
    }
  });

  it('tells how to join, but not how to join what does not take place', () => {
    for (const content of [text, html]) {
      expect(content.includes('https://meetings.example.org/m/abc.def')).toBe(action !== 'cancel');
      expect(content.includes('+34999999999')).toBe(action !== 'cancel');
      expect(content.includes('123456789')).toBe(action !== 'cancel');
    }
    expect(html.includes('href="tel:+34999999999,,123456789%23"')).toBe(action !== 'cancel');
  });

  it('asks for an answer where the calendar does', () => {
    expect(/“No”|«No»/.test(text)).toBe(action === 'invite' || action === 'update');
    expect(/“No”|«No»/.test(html)).toBe(action === 'invite' || action === 'update');
  });

  it('leads from there to the page with the answer chosen', () => {
    const { question, choices } = asked[language] ?? { question: '', choices: [] };
    const isAsked = action === 'invite' || action === 'update';
    expect(text.includes(`\n\n${[question, ...choices.map(lineOf)].join('\n')}\n\n`)).toBe(isAsked);
    expect(wordsOf(html).includes(` ${question} ${choices.map(([word]) => word).join(' ')} `)).toBe(isAsked);
    const links = [...html.matchAll(/href="([^"]*#[^"]*)"[^>]*>([^<]*)</g)].map(([, link, word]) => [word, link]);
    expect(links).toEqual(isAsked ? choices.map(([word, status]) => [word, answerLink(status)]) : []);
  });

  it('asks for none where the organizer has no address', () => {
    const mail = mailOf(language, action, { organizer: { ...base.organizer, email: undefined } });
    for (const content of [mail.text, mail.html]) expect(content).not.toMatch(/“No”|«No»|#answer/);
    expect(wordsOf(mail.html)).not.toContain(asked[language]?.question);
    expect(mail.text).not.toContain(asked[language]?.question);
    const links = [...mail.html.matchAll(/href="([^"]*)"/g)].map(([, link]) => link);
    const own = 'https://meetings.example.org/m/abc.def~p1.ghi';
    expect(links).toEqual(action === 'cancel' ? [] : [own, own, 'tel:+34999999999,,123456789%23']);
  });

  it('asks in the calendar alone whoever has no link of their own', () => {
    const mail = mailOf(language, action, { meeting: { answerUrl: undefined } });
    for (const content of [mail.text, mail.html]) {
      expect(content).not.toContain('#answer');
      expect(content).not.toContain(asked[language]?.question);
      expect(/“No”|«No»/.test(content)).toBe(action === 'invite' || action === 'update');
    }
  });

  it('is a page that programs for the blind can read', () => {
    expect(html.slice(0, 100)).toMatch(new RegExp(`^<!DOCTYPE html>\\n<html lang="${language}"`));
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toMatch(/<title>[^<]*Plans &amp; numbers<\/title>/);
    for (const table of html.match(/<table[^>]*>/g) ?? []) expect(table).toMatch(/role="presentation"|^<table>$/);
    expect(html).not.toMatch(/<(script|img|link|iframe|form)\b/);
    const open = html.match(/<(table|tr|td|p|a|h1|div|span)\b/g)?.length;
    expect(html.match(/<\/(table|tr|td|p|a|h1|div|span)>/g)?.length).toBe(open);
  });

  it('leaves no tag of a template and no gap behind', () => {
    for (const content of [subject, html, text]) expect(content).not.toMatch(/\{\{|\}\}|undefined|\[object|NaN/);
    expect(text).not.toMatch(/\n{4}/);
  });
});

describe.each(shippedLanguages)('the mails in %s', (language) => {
  it('leave out what is not known', () => {
    const organizer = { id: 'u', domain: 'wac', username: '', name: '', role: 'user', capabilities: [] };
    const { sender, text, html } = mailOf(language, 'cancel', {
      organizer,
      meeting: { ddi: undefined, description: undefined },
    });
    expect(sender).toMatch(/^(Meetings|Reuniones|Reunions)$/);
    for (const content of [text, wordsOf(html)]) expect(content).not.toMatch(/Organi|Descrip|About|\(\)| \./);
  });

  it('name both days of a meeting that ends on another', () => {
    const { text, html } = mailOf(language, 'invite', { meeting: { validUntil: new Date('2026-07-03T08:00:00Z') } });
    const { day, time } = when[language] ?? { day: '', time: '' };
    const [begins = ''] = time.split(' – ');
    const ends = language === 'en' ? '10:00 AM GMT+2' : '10:00 GMT+2';
    for (const content of [text, wordsOf(html)]) {
      expect(content).toContain(`${day}, ${begins} – ${lastDay[language]}, ${ends}`);
    }
  });

  it('name the offset of each end of a meeting during which the clocks change', () => {
    const overlap = { validSince: new Date('2027-10-31T00:30:00Z'), validUntil: new Date('2027-10-31T01:30:00Z') };
    const { subject, text, html } = mailOf(language, 'invite', { meeting: overlap });
    const [start, end] = language === 'en' ? ['2:30 AM GMT+2', '2:30 AM GMT+1'] : ['2:30 GMT+2', '2:30 GMT+1'];
    for (const content of [text, wordsOf(html), previewOf(html)]) expect(content).toContain(`${start} – ${end}`);
    expect(subject).toContain(`${start})`);
    expect(renderSms({ language, data: dataOf('invite', { meeting: overlap }) }).text).toContain(` ${start}.`);
  });

  it('tell the organizer that somebody waits', () => {
    const lead: Record<string, string> = {
      en: 'Somebody is waiting to be let into your meeting, and no host is there.',
      es: 'Alguien espera a que le den paso en tu reunión, y no hay ningún anfitrión.',
      ca: 'Algú espera que el deixin entrar a la teva reunió, i no hi ha cap amfitrió.',
    };
    const { text, html } = mailOf(language, 'waiting');
    expect(text.split('\n')[0]).toBe(lead[language]);
    expect(wordsOf(html)).toContain(lead[language]);
  });

  it('tell the organizer whom mail does not reach', () => {
    const lead: Record<string, string> = {
      en: 'Mail about your meeting has not reached the people below. Please tell them another way, or correct their addresses.',
      es: 'El correo sobre tu reunión no ha llegado a las personas de abajo. Avísalas por otro medio o corrige sus direcciones.',
      ca: 'El correu sobre la teva reunió no ha arribat a les persones de sota. Avisa-les per un altre mitjà o corregeix-ne les adreces.',
    };
    const unreachable = ['Bob <b>', 'carol@example.org'];
    const { text, html } = mailOf(language, 'unreachable', { meeting: { unreachable } });
    expect(text.split('\n').slice(0, 5)).toEqual([lead[language], '', '- Bob <b>', '- carol@example.org', '']);
    expect(wordsOf(html)).toContain(lead[language]);
    expect(html).toContain('<li><bdi>Bob &lt;b&gt;</bdi></li>\n<li><bdi>carol@example.org</bdi></li>');
    expect(mailOf(language, 'waiting', { meeting: { unreachable: [] } }).html).not.toContain('<li>');
  });

  it('tell one who was taken off that it is they who need not come', () => {
    const cancelled = mailOf(language, 'cancel');
    const removed = mailOf(language, 'cancel', { meeting: { status: 'scheduled' } });
    expect(removed.subject).not.toBe(cancelled.subject);
    expect(removed.text).not.toContain(cancelled.text.split('\n')[0]);
    expect(removed.html).not.toContain('line-through');
  });

  it('keep markup and line ends that people type from becoming any', () => {
    const name = '"><script>alert(1)</script>\r\nBcc: eve@example.com';
    const { subject, html } = mailOf(language, 'invite', {
      party: '"<x>"@example.com',
      meeting: { name, description: '</td><img src=x onerror=alert(1)>' },
      organizer: { ...base.organizer, username: '<b>ana</b>', email: '"onmouseover=alert(1)"@example.org' },
    });
    expect(subject).not.toMatch(/[\r\n]/);
    expect(html).not.toMatch(/<script|<img|<b>|<x>|href="[^"]*"[^>\s]*onmouseover/);
  });
});

const isByMailAlone = (action: Action) => action === 'waiting' || action === 'unreachable';
const sent = everything.filter(({ action }) => !isByMailAlone(action));

describe.each(sent)('the SMS in $language on $action', ({ language, action }) => {
  const name = 'Reunión “trimestral” de planificación A-1';
  const meeting = {
    name,
    personalUrl: 'https://bit.ly/4aBcDeF',
    ddi: { extension: '+491234567890123', pin: '123456789' },
  };

  it.each([
    ['Europe/Madrid', new Date('2026-03-28T09:00:00Z')],
    ['Asia/Kolkata', new Date('2026-09-30T17:45:00Z')],
    ['America/St_Johns', new Date('2026-12-31T15:59:00Z')],
  ])('is one part in %s, with a long name, a short link and a number to dial', (timeZone, validSince) => {
    const { sender, text } = renderSms({
      language,
      data: dataOf(action, { meeting: { ...meeting, timeZone, validSince } }),
    });
    expect(smsSize(text)).toMatchObject({ alphabet: 'GSM-7', parts: 1 });
    expect(sender).toMatch(/^(Meetings|Reuniones|Reunions)$/);
    expect(text).toContain('Reunion "trimestral" de planifica...');
    expect(text.includes('https://bit.ly/4aBcDeF')).toBe(action !== 'cancel');
    expect(text.includes('+491234567890123')).toBe(action !== 'cancel');
  });

  /** The longest of the commercial regions, and a code of our own. */
  const ownLink = `https://abcdefghij.execute-api.ap-southeast-1.amazonaws.com/j/${'m'.repeat(12)}`;

  it.each(['Europe/Madrid', 'Asia/Kolkata', 'America/St_Johns', 'Pacific/Chatham', 'UTC'])(
    'is one part on AWS’s own host name, at any time in %s, for a name of 36 letters',
    (timeZone) => {
      const [longest] = Array.from({ length: 365 * 2 }, (_, half) => {
        const validSince = new Date(Date.UTC(2027, 0, 1, half * 12, 45));
        const changes = { name: 'W'.repeat(36), personalUrl: ownLink, ddi: undefined, timeZone, validSince };
        return renderSms({ language, data: dataOf(action, { meeting: changes }) }).text;
      }).sort((one, other) => other.length - one.length);

      expect(longest).toContain('W'.repeat(36));
      expect(longest?.includes(ownLink)).toBe(action !== 'cancel');
      expect(smsSize(longest ?? '')).toMatchObject({ alphabet: 'GSM-7', parts: 1 });
    },
  );

  it('is GSM-7 in every month', () => {
    for (let month = 0; month < 12; month += 1) {
      const validSince = new Date(Date.UTC(2026, month, 7, 8));
      const { text } = renderSms({ language, data: dataOf(action, { meeting: { validSince } }) });
      expect(smsSize(text).alphabet, text).toBe('GSM-7');
    }
  });

  it('says what it is about', () => {
    const { text } = renderSms({ language, data: dataOf(action, { meeting }) });
    const others = actions.filter((other) => other !== action && !isByMailAlone(other));
    for (const other of others) {
      const said = renderSms({ language, data: dataOf(other, { meeting }) }).text;
      expect(said.split(':')[0]).not.toBe(text.split(':')[0]);
    }
  });
});

it('speaks to someone of a region in its language and their dates', () => {
  expect(mailOf('en-GB', 'invite').text).toContain('Wednesday, 1 July 2026\n12:00 – 13:30 GMT+2\n');
  expect(mailOf('en-GB', 'invite').subject).toBe('Invitation: Plans & numbers (Wed 1 Jul, 12:00 GMT+2)');
  expect(mailOf('en-US', 'invite').text).toContain('Wednesday, July 1, 2026\n12:00 PM – 1:30 PM GMT+2\n');
  expect(mailOf('es-MX', 'invite').text).toContain('miércoles, 1 de julio de 2026\n12:00 p.m. – 1:30 p.m. GMT+2\n');
  expect(mailOf('ca-ES', 'invite').subject).toContain('Invitació');
  expect(mailOf('fr', 'invite').subject).toContain('Invitation: ');
});

describe.each(shippedLanguages)('the mails in %s of an operator with a name and a colour', (language) => {
  const { sender, html } = mailOf(language, 'invite', { brand: { brandName: 'Vidal & Ros', brandColor: '#0b5d3b' } });

  it('come from them', () => {
    expect(sender).toBe('Ana Font (Vidal & Ros)');
    expect(html).toMatch(/<p class="brand" dir="auto" style="[^"]* color: #0b5d3b">Vidal &amp; Ros<\/p>/);
  });

  it('have their colours, and none of the service’s own', () => {
    const own = mailOf(language, 'invite').html;
    const ownColors = ['#2252c4', '#9dbcff', '#e8eefc', '#263a61', '#0e1830'];

    for (const color of ownColors) expect(own).toContain(color);
    for (const color of ownColors) expect(html).not.toContain(color);
    expect(html).toContain('<td class="button" align="center" bgcolor="#0b5d3b" style="background-color: #0b5d3b;');
    expect(html).toContain('.link { color: #689b85 !important }');
  });
});

describe.each(shippedLanguages)('names that run from right to left, in %s', (language) => {
  const meeting = { name: 'פגישה', validSince: new Date('2027-03-01T09:00:00Z'), ddi: undefined };
  const organizer = { ...base.organizer, name: 'דנה' };
  const address = 'user@مثال.إختبار';

  it('are isolated where they are an address', () => {
    const changes = { party: address, organizer: { ...base.organizer, email: address } };
    const { text, html } = mailOf(language, 'invite', changes);

    const times = (words: string, part: string) => words.split(part).length - 1;

    expect(text).toContain(` (\u2068${address}\u2069)\n`);
    expect([times(text, address), times(text, ` \u2068${address}\u2069 `)]).toEqual([2, 1]);
    expect([times(wordsOf(html), address), times(html, `<bdi>${address}</bdi>`)]).toEqual([2, 2]);
  });

  it('are isolated among other text in a mail and an SMS', () => {
    const { sender, subject, text, html } = mailOf(language, 'invite', { meeting, organizer });
    expect(sender).toMatch(/^\u2068דנה\u2069 \((Meetings|Reuniones|Reunions)\)$/);
    expect(subject).toContain(`${said[language]?.invite}: \u2068פגישה\u2069 (`);
    expect(text.match(/.?דנה.?/g)).toEqual(Array(3).fill('\u2068דנה\u2069'));
    expect(text).toContain('\nפגישה\n');
    expect(html.match(/.{5}דנה.{6}/g)).toEqual(Array(4).fill('<bdi>דנה</bdi>'));
    expect(html).toContain(': \u2068פגישה\u2069</title>');
    const sent = renderSms({ language, data: dataOf('invite', { meeting, organizer }) }).text;
    expect(sent).toMatch(/^\p{L}+: \u2068פגישה\u2069, .+10:00/u);
  });
});

it('passes its own check without a word', async () => {
  const options = {
    directory: shippedTemplates,
    languages: shippedLanguages,
    languagesGiven: true,
    mechanisms: ['email', 'sms'] as const,
  };
  const found = await checkTemplates({ ...options, mailIdentity: 'a@example.org', pstnExtension: '+34999999999' });
  expect(found).toEqual({ faults: [], warnings: [] });
});

it('passes the check of the settings that cdk.json ships, with its number to dial and AWS’s own host name', async () => {
  const { settings } = readProject();
  expect([settings.linkHost, settings.pstnExtension, settings.languagesGiven]).toEqual([
    undefined,
    '+34999999999',
    true,
  ]);
  expect(await checkTemplates(checkOptions(settings))).toEqual({ faults: [], warnings: [] });
});

it('leaves the number to dial out of an SMS that it would make longer than one part, and says it in any other', () => {
  const link = `https://abcdefghij.execute-api.eu-west-1.amazonaws.com/j/${'m'.repeat(12)}`;
  const ddi = { extension: '+34999999999', pin: '123456789' };
  const textOf = (name: string) =>
    renderSms({ language: 'en', data: dataOf('invite', { meeting: { name, personalUrl: link, ddi } }) }).text;

  expect(textOf('W'.repeat(36))).not.toContain('+34999999999');
  expect(smsSize(textOf('W'.repeat(36)))).toMatchObject({ parts: 1 });
  expect(textOf('W')).toContain('+34999999999');
  expect(smsSize(textOf('W'))).toMatchObject({ parts: 1 });
});

describe('the push', () => {
  it.each([
    ['en', 'Starts in 10 minutes'],
    ['es', 'Empieza dentro de 10 minutos'],
    ['ca', 'Comença d’aquí a 10 minuts'],
  ])('says in %s how soon the meeting starts', (language, text) => {
    expect(render(push, { language, data: dataOf('remind'), now })).toEqual({ text });
  });

  it.each([
    ['en', 'Somebody is waiting to be let in'],
    ['es', 'Alguien espera a que le den paso'],
    ['ca', 'Algú espera que el deixin entrar'],
  ])('says in %s that somebody waits', (language, text) => {
    expect(render(push, { language, data: dataOf('waiting'), now })).toEqual({ text });
  });
});
