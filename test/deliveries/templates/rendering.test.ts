import { describe, expect, it } from 'vitest';
import { displayName } from '../../../functions/deliveries/channels/email/email.ts';
import { push } from '../../../functions/deliveries/channels/push/push.ts';
import { isSmsSender, sms } from '../../../functions/deliveries/channels/sms/sms.ts';
import type { Templates } from '../../../functions/deliveries/templates/rendering.ts';
import { templateData } from '../../../functions/deliveries/templates/templateData.ts';
import { now, rendererOf } from './inMemoryTemplates.ts';
import { facts } from './templateFacts.ts';

const data = templateData(facts);

async function text(source: string, language = 'en', given = data): Promise<string> {
  const { renderPart } = await rendererOf({ 'email/en/text.hbs': source });
  return renderPart('email', 'text', { language, data: given });
}

describe('the samples of the manual', () => {
  it('render with their quotes straightened', async () => {
    const sample = `Your meeting {{ meeting.name }} will start on {{ formatDate
meeting.validSince }} at {{ formatTime meeting.validSince
hour="numeric" minute="numeric" hour12=false timeZone="Europe/Madrid" timeZoneName="short" }}`;
    expect(await text(sample)).toBe('Your meeting Plans & numbers will start on July 1, 2026 at 12:00 GMT+2');
  });

  it('render as html', async () => {
    const sample = `<p>Hi {{ party }},<br/> you have been invited to a meeting via our communications platform.</p>
<p>To join us, please
<a href="{{ meeting.url}}">this link</a>
{{#if meeting.ddi.extension}} or dial {{meeting.ddi.extension}} and introduce the code{{meeting.ddi.pin}}{{/if}}.</p>
<p>If you cannot make it, please answer "No" to the RSVP.</p>
<p>Thanks!</p>`;
    const { renderEmail } = await rendererOf({ 'email/en/html.hbs': sample });
    const { html } = renderEmail({ language: 'en', data });
    expect(html).toContain('<p>Hi bob@example.com,<br/>');
    expect(html).toContain('<a href="https://meetings.example.org/m/abc.def">this link</a>');
    expect(html).toContain(' or dial +34999999999 and introduce the code123456789.</p>');
    const withoutPhone = templateData({ ...facts, meeting: { ...facts.meeting, ddi: undefined } });
    expect(renderEmail({ language: 'en', data: withoutPhone }).html).toContain('this link</a>\n.</p>');
  });
});

describe('a mail', () => {
  it('is escaped in html and nowhere else', async () => {
    const source = '{{meeting.name}}';
    const parts = ['from', 'subject', 'html', 'text'].map((part) => [`email/en/${part}.hbs`, source]);
    const { renderEmail } = await rendererOf(Object.fromEntries(parts));
    expect(renderEmail({ language: 'en', data })).toEqual({
      sender: 'Plans & numbers',
      subject: 'Plans & numbers',
      html: 'Plans &amp; numbers',
      text: 'Plans & numbers',
    });
  });

  it('has headers of one line, whatever a meeting is called', async () => {
    const source = '{{meeting.name}}\n{{meeting.description}}\n';
    const { renderEmail } = await rendererOf({ 'email/en/subject.hbs': source, 'email/en/from.hbs': source });
    const name = 'Hi\r\nBcc: eve@example.com\u2028x\u0000';
    const { subject, sender } = renderEmail({
      language: 'en',
      data: templateData({ ...facts, meeting: { ...facts.meeting, name } }),
    });
    expect(subject).toBe('Hi Bcc: eve@example.com x First <b>line</b> Second line');
    expect(sender).toBe(subject);
  });

  it.each([
    ['Ana', 'Ana'],
    ['Ana <meetings@example.org>', 'Ana'],
    ['"Ana \\"A\\" B" <meetings@example.org>', 'Ana "A" B'],
    ['meetings@example.org', ''],
    ['<meetings@example.org>', ''],
    ['', ''],
  ])('from %j has the display name %j', (from, name) => {
    expect(displayName(from)).toBe(name);
  });

  it('has no display name where the template gives none', async () => {
    const { renderEmail } = await rendererOf({ 'email/en/from.hbs': 'meetings@example.org\n' });
    expect(renderEmail({ language: 'en', data })).not.toHaveProperty('sender');
  });
});

describe('an SMS', () => {
  it('has the sender and the text of its templates, without blanks around', async () => {
    const { renderSms } = await rendererOf({ 'sms/en/from.hbs': 'Quobis1\n', 'sms/en/text.hbs': ' {{party}}\n' });
    expect(renderSms({ language: 'en', data })).toEqual({ sender: 'Quobis1', text: 'bob@example.com' });
  });

  it('has punctuation that costs nothing', async () => {
    const { renderSms } = await rendererOf({ 'sms/en/text.hbs': '“{{meeting.name}}” – join…' });
    expect(renderSms({ language: 'en', data }).text).toBe('"Plans & numbers" - join...');
  });

  it.each(['Quobis', 'A', '12345678X', 'Abcdefghijk', '123456789', '+34600111222', '12345678901234567'])(
    'may come from %s',
    (sender) => expect(isSmsSender(sender)).toBe(true),
  );

  it.each(['', 'Abcdefghijkl', 'Qu obis', 'Ñandu', '12345678', '123456789012345678', '{{party}}', '+Quobis'])(
    'may not come from %j, and then has no sender',
    async (sender) => {
      expect(isSmsSender(sender)).toBe(false);
      const { renderSms } = await rendererOf({ 'sms/en/from.hbs': sender });
      expect(renderSms({ language: 'en', data })).not.toHaveProperty('sender');
    },
  );
});

describe('the language', () => {
  const files = Object.fromEntries(
    ['en', 'es', 'pt-BR'].map((language) => [
      `email/${language}/text.hbs`,
      `${language} {{formatDate meeting.validSince}} {{@language}}`,
    ]),
  );

  it.each([
    ['its own', 'es', 'es 1 de julio de 2026 es'],
    ['its own, whatever its case', 'PT-br', 'pt-BR 1 de julho de 2026 PT-br'],
    ['its base, with the dates of its region', 'en-GB', 'en 1 July 2026 en-GB'],
    ['its base, of a tag of several parts', 'es-MX-u-nu-latn', 'es 1 de julio de 2026 es-MX-u-nu-latn'],
    ['the first there is', 'de', 'en July 1, 2026 en'],
    ['the first there is, for a region of no templates', 'pt-PT', 'en July 1, 2026 en'],
    ['its base, for a tag that is none', 'en-!', 'en July 1, 2026 en'],
  ])('is %s', async (_, tag, expected) => {
    const { renderPart } = await rendererOf(files, ['en', 'es', 'pt-BR']);
    expect(renderPart('email', 'text', { language: tag, data })).toBe(expected);
  });
});

describe('the helpers', () => {
  it('compare', async () => {
    const source = '{{#if (is action "update" "invite")}}new{{else if (is action "cancel")}}gone{{else}}other{{/if}}';
    expect(await text(source)).toBe('new');
    expect(await text(source, 'en', templateData({ ...facts, action: 'cancel' }))).toBe('gone');
    expect(await text(source, 'en', templateData({ ...facts, action: 'remind' }))).toBe('other');
  });

  it('go through lines, escaping each', async () => {
    const { renderPart } = await rendererOf({
      'email/en/html.hbs':
        '{{#each (lines meeting.description)}}{{this}}<br>{{/each}}{{#each (lines meeting.nothing)}}x{{/each}}',
    });
    const html = renderPart('email', 'html', { language: 'en', data });
    expect(html).toBe('First &lt;b&gt;line&lt;/b&gt;<br>Second line<br>');
  });

  it('are brief', async () => {
    const meeting = { ...facts.meeting, name: 'Reunión “de” planificación' };
    const given = templateData({ ...facts, meeting });
    expect(await text('{{brief meeting.name 16}}|{{brief meeting.nothing 3}}', 'en', given)).toBe('Reunion "de"...|');
  });

  it('write dates in the zone of the meeting, in a loop too', async () => {
    const source = '{{#each meeting.users}}{{formatTime @root.meeting.validSince}} {{/each}}';
    expect(await text(source)).toBe('12:00 PM 12:00 PM ');
  });
});

describe('how soon something comes', () => {
  const start = facts.meeting.validSince.getTime();
  const minutes = 60_000;

  it.each([
    ['en', 10, 'in 10 minutes'],
    ['en', 0.2, 'in 1 minute'],
    ['en', -5, 'in 1 minute'],
    ['es', 59, 'dentro de 59 minutos'],
    ['es', 60, 'dentro de 1 hora'],
    ['ca', 90, 'd’aquí a 2 hores'],
    ['en', 24 * 60, 'tomorrow'],
    ['ca', 24 * 60, 'demà'],
    ['es', 28 * 24 * 60, 'dentro de 28 días'],
  ])('is said in %s, %d minutes before: %s', async (language, before, said) => {
    const { render } = await rendererOf({ [`push/${language}/text.hbs`]: '{{relativeTime meeting.validSince}}' }, [
      language,
    ]);
    const message = render(push, { language, data, now: new Date(start - before * minutes) });
    expect(message).toEqual({ text: said });
  });
});

describe('what is wrong is said with its file', () => {
  it('where a template is missing', async () => {
    const { renderPart } = await rendererOf({});
    const missing = { name: 'TemplateError', message: 'sms/en/subject.hbs is missing' };
    expect(() => renderPart('sms', 'subject', { language: 'en', data })).toThrow(expect.objectContaining(missing));
  });

  it('where a helper refuses', async () => {
    await expect(text('{{formatDate meeting.name}}')).rejects.toThrow(
      /^email\/en\/text\.hbs: "Plans & numbers" is not an instant/,
    );
  });
});

it('gives templates nothing of the language they are run in', async () => {
  const source = '{{constructor}}{{meeting.constructor.name}}{{meeting.__proto__}}';
  expect(await text(source)).toBe('');
});

it.each([
  ['{{#if (is action "waiting")}}Come{{else}}Invitation{{/if}}', 'Come'],
  ['{{#if (is action "invite")}}Invitation{{else}}Withdrawn{{/if}}', undefined],
  ['Invitation', undefined],
])('writes no letter for an action that the text %s says nothing for', async (source, written) => {
  const { renderKnown } = await rendererOf({ 'sms/en/text.hbs': source });
  const letter = () => renderKnown(sms, { language: 'en', data: { ...data, action: 'waiting' }, now }).text;
  if (written === undefined) expect(letter).toThrow('the text of sms says nothing for the action waiting');
  else expect(letter()).toBe(written);
});

it('reads templates that a bundler made, of which some may be absent', async () => {
  const { renderer } = await import('../../../functions/deliveries/templates/rendering.ts');
  const none: Templates = { languages: ['en'], templates: {}, partials: {} };
  expect(() => renderer(none).render(sms, { language: 'en', data, now })).toThrow('sms/en/from.hbs is missing');
});
