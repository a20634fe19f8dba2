import type * as compiled from 'virtual:templates';
import Handlebars from 'handlebars/runtime.js';
import type { RenderedMessage } from '../channels/channel.ts';
import { dateLanguage, templateLanguageFor } from './language.ts';
import type { TemplateData } from './templateData.ts';
import { templateHelpers } from './templateHelpers.ts';

export type Templates = Pick<typeof compiled, 'languages' | 'templates' | 'partials'> &
  Partial<Pick<typeof compiled, 'substitutes'>> & {
    /** Where they lie in their folder, with a slash at its end. Default: in the folder itself. */
    readonly place?: string;
  };

/** What a message is made of, and for whom. */
export interface Rendering {
  /** The recipient's tag (BCP 47). */
  readonly language: string;
  readonly data: TemplateData;
  readonly now: Date;
}

/** Also of an action that there is not. */
type AnyRendering = Omit<Rendering, 'data'> & {
  readonly data: Omit<TemplateData, 'action'> & { readonly action: string };
};

/** There is no such template, or it cannot make anything of this meeting; the message begins with its file. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** What a rendering asks of a channel. */
export interface Composing<Message extends RenderedMessage> {
  readonly name: string;
  compose(render: (part: string) => string): Message;
  partsOf?(message: Message): number;
}

interface PartRenderer {
  renderPart(channel: string, part: string, rendering: AnyRendering): string;
}

/** What makes messages of these templates. */
export function renderer({ languages, templates, partials, substitutes, place = '' }: Templates) {
  const handlebars = Handlebars.create();
  handlebars.registerHelper(templateHelpers);
  for (const [name, partial] of Object.entries(partials))
    handlebars.registerPartial(name, handlebars.template(partial));
  const used = new Map<object, Handlebars.TemplateDelegate>();
  const shipped: PartRenderer | undefined = substitutes && renderer(substitutes);

  /** Whether the service's own words stand in: whom it comes from is the operator's to say all the same. */
  function isSubstituted(channel: string, language: string, part: string, action: string): boolean {
    return part !== 'from' && Boolean(substitutes?.untold[channel]?.[language]?.includes(action));
  }

  function delegateOf(template: object) {
    const delegate = used.get(template) ?? handlebars.template(template);
    used.set(template, delegate);
    return delegate;
  }

  /** What one file makes of it, as it stands. @throws TemplateError */
  function renderPart(channel: string, part: string, rendering: AnyRendering): string {
    const { language: tag, data, now } = rendering;
    const ofChannel = templates[channel] ?? {};
    const language = templateLanguageFor(tag, ofChannel, languages);
    if (shipped && isSubstituted(channel, language, part, data.action)) {
      return shipped.renderPart(channel, part, rendering);
    }
    const file = `${place}${channel}/${language}/${part}.hbs`;
    const template = ofChannel[language]?.[part];
    if (!template) throw new TemplateError(`${file} is missing`);
    const locale = { language: dateLanguage(tag, language), timeZone: data.meeting.timeZone, now };
    try {
      return delegateOf(template)(data, { data: locale });
    } catch (error) {
      throw new TemplateError(`${file}: ${error instanceof Error ? error.message : error}`, { cause: error });
    }
  }

  function composed<Message extends RenderedMessage>(channel: Composing<Message>, rendering: Rendering): Message {
    return channel.compose((part) => renderPart(channel.name, part, rendering));
  }

  /**
   * The whole message of a channel, in as few parts as may be: the number to dial, which the page behind the link tells
   * too, is left out where it makes one more.
   *
   * @throws TemplateError
   */
  function render<Message extends RenderedMessage>(channel: Composing<Message>, rendering: Rendering): Message {
    const whole = composed(channel, rendering);
    const parts = channel.partsOf?.(whole) ?? 1;
    const { meeting } = rendering.data;
    if (parts === 1 || !meeting.ddi.extension) return whole;
    const data = { ...rendering.data, meeting: { ...meeting, ddi: { extension: '', pin: '' } } };
    const short = composed(channel, { ...rendering, data });
    return (channel.partsOf?.(short) ?? 1) < parts ? short : whole;
  }

  function tellsApart(channel: string, rendering: Rendering): boolean {
    const unknown = { ...rendering, data: { ...rendering.data, action: 'another' } };
    return renderPart(channel, 'text', rendering) !== renderPart(channel, 'text', unknown);
  }

  return {
    renderPart,

    render,

    /**
     * Whether the text of a channel says something for an action that it says for no other: operators may have written
     * theirs before there was such a letter.
     */
    tellsApart,

    /** As `render`, of a letter that would otherwise read as another. @throws TemplateError where it would */
    renderKnown<Message extends RenderedMessage>(channel: Composing<Message>, rendering: Rendering): Message {
      const { action } = rendering.data;
      if (isNewer(action) && !tellsApart(channel.name, rendering))
        throw new TemplateError(`the text of ${channel.name} says nothing for the action ${action}`);
      return render(channel, rendering);
    },
  };
}

/** Actions that Quobis's manual does not know, for which a template's last words must not stand. */
export function isNewer(action: string): boolean {
  return action === 'waiting' || action === 'unreachable';
}

export type Renderer = ReturnType<typeof renderer>;
