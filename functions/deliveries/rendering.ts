import type * as compiled from 'virtual:templates';
import Handlebars from 'handlebars/runtime';
import { dateLanguage, languageFor } from './language.ts';
import { plainPunctuation } from './smsSize.ts';
import type { TemplateData } from './templateData.ts';
import { templateHelpers } from './templateHelpers.ts';
import { oneLine } from './text.ts';

export type Templates = Pick<typeof compiled, 'languages' | 'email' | 'sms' | 'partials'>;

/** `language` is the recipient's tag (BCP 47). */
export type Rendering = { language: string; data: TemplateData };

/** `language` is that of the templates; `fromName` is the display name, absent where `from.hbs` gives none. */
export type Email = { language: string; fromName?: string; subject: string; html: string; text: string };

/** `sender` is absent where `from.hbs` gives none that networks take. */
export type Sms = { language: string; sender?: string; text: string };

/** The folder holds no such template. */
export class MissingTemplate extends Error {
  override readonly name = 'MissingTemplate';
}

/** What makes mails and messages of these templates. */
export function renderer({ languages, email, sms, partials }: Templates) {
  const handlebars = Handlebars.create();
  handlebars.registerHelper(templateHelpers);
  for (const [name, partial] of Object.entries(partials))
    handlebars.registerPartial(name, handlebars.template(partial));
  const used = new Map<object, Handlebars.TemplateDelegate>();

  function delegateOf(template: object) {
    const delegate = used.get(template) ?? handlebars.template(template);
    used.set(template, delegate);
    return delegate;
  }

  function partsFor(channel: 'email' | 'sms', { language: tag, data }: Rendering) {
    const templates = channel === 'email' ? email : sms;
    const language = languageFor(tag, templates, languages);
    const locale = { language: dateLanguage(tag, language), timeZone: data.meeting.timeZone };
    const render = (part: compiled.Part): string => {
      const template = templates[language]?.[part];
      if (!template) throw new MissingTemplate(`${channel}/${language}/${part}.hbs is missing`);
      return delegateOf(template)(data, { data: locale });
    };
    return { language, render };
  }

  return {
    /** @throws {MissingTemplate} */
    renderEmail(rendering: Rendering): Email {
      const { language, render } = partsFor('email', rendering);
      const fromName = displayName(oneLine(render('from'), mostNameLength));
      const subject = oneLine(render('subject'), mostSubjectLength);
      return { language, ...(fromName && { fromName }), subject, html: render('html'), text: render('text') };
    },

    /** @throws {MissingTemplate} */
    renderSms(rendering: Rendering): Sms {
      const { language, render } = partsFor('sms', rendering);
      const sender = oneLine(render('from'));
      return { language, ...(isSmsSender(sender) && { sender }), text: plainPunctuation(render('text').trim()) };
    },
  };
}

const mostNameLength = 200;
const mostSubjectLength = 400;

/** `Name` of `Name`, `Name <address>` and `"Name" <address>`: the address itself is a setting, never a template's. */
export function displayName(from: string): string {
  const name = from.replace(/<[^<>]*>$/, '').trim();
  if (/^[^\s@]+@[^\s@]+$/.test(name)) return '';
  return /^".*"$/.test(name) ? name.slice(1, -1).replace(/\\(.)/g, '$1') : name;
}

/** Up to 11 letters and digits, not all of them digits, or a number of 9 to 17 digits. */
export function isSmsSender(sender: string): boolean {
  return /^(?=.*[A-Za-z])[A-Za-z0-9]{1,11}$/.test(sender) || /^\+?\d{9,17}$/.test(sender);
}
