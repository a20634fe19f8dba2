import type * as compiled from 'virtual:templates';
import Handlebars from 'handlebars/runtime.js';
import { dateLanguage, languageFor } from './language.ts';
import { plainPunctuation } from './smsSize.ts';
import type { TemplateData } from './templateData.ts';
import { templateHelpers } from './templateHelpers.ts';
import { oneLine } from './text.ts';

export type Channel = 'email' | 'sms';

export type Templates = Pick<typeof compiled, 'languages' | 'email' | 'sms' | 'partials'>;

/** `language` is the recipient's tag (BCP 47). */
export type Rendering = { language: string; data: TemplateData };

/** `fromName` is the display name, absent where `from.hbs` gives none. */
export type Email = { fromName?: string; subject: string; html: string; text: string };

/** `sender` is absent where `from.hbs` gives none that networks take. */
export type Sms = { sender?: string; text: string };

/** There is no such template, or it cannot make anything of this meeting; the message begins with its file. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
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

  /** What one file makes of it, as it stands. */
  function renderPart(channel: Channel, part: compiled.Part, { language: tag, data }: Rendering): string {
    const templates = { email, sms }[channel];
    const language = languageFor(tag, templates, languages);
    const file = `${channel}/${language}/${part}.hbs`;
    const template = templates[language]?.[part];
    if (!template) throw new TemplateError(`${file} is missing`);
    const locale = { language: dateLanguage(tag, language), timeZone: data.meeting.timeZone };
    try {
      return delegateOf(template)(data, { data: locale });
    } catch (error) {
      throw new TemplateError(`${file}: ${error instanceof Error ? error.message : error}`, { cause: error });
    }
  }

  return {
    renderPart,

    /** @throws {TemplateError} */
    renderEmail(rendering: Rendering): Email {
      const render = (part: compiled.Part) => renderPart('email', part, rendering);
      const fromName = displayName(oneLine(render('from'), mostNameLength));
      const subject = oneLine(render('subject'), mostSubjectLength);
      return { ...(fromName && { fromName }), subject, html: render('html'), text: render('text') };
    },

    /** @throws {TemplateError} */
    renderSms(rendering: Rendering): Sms {
      const sender = oneLine(renderPart('sms', 'from', rendering));
      const text = plainPunctuation(renderPart('sms', 'text', rendering).trim());
      return { ...(isSmsSender(sender) && { sender }), text };
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
