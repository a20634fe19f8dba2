import type { RenderedMessage } from '../../../functions/deliveries/channels/channel.ts';
import { channels } from '../../../functions/deliveries/channels/channels.ts';
import { email } from '../../../functions/deliveries/channels/email/email.ts';
import { sms } from '../../../functions/deliveries/channels/sms/sms.ts';
import { type Composing, type Rendering, renderer } from '../../../functions/deliveries/templates/rendering.ts';
import type { TemplateSource } from '../../../infra/templates/folder.ts';
import { compileTemplates } from '../../../infra/templates/load.ts';

/** Ten minutes before the sample meeting. */
export const now = new Date('2026-07-01T09:50:00Z');

type Timeless = Omit<Rendering, 'now'>;

/** A renderer of templates that are given by their path, `email/en/text.hbs`; the parts left out are empty. */
export async function rendererOf(files: Record<string, string>, languages = ['en']) {
  const templates = languages.flatMap((language) =>
    channels.flatMap((channel) =>
      Object.entries(channel.parts).map(([part, kind]): TemplateSource => {
        const name = `${channel.name}/${language}/${part}.hbs`;
        return { file: name, name, source: files[name] ?? '', channel: channel.name, language, part, kind };
      }),
    ),
  );
  const { renderPart, render, renderKnown } = renderer(await compileTemplates({ templates, partials: [] }, languages));
  const rendered = <Message extends RenderedMessage>(channel: Composing<Message>) => {
    return (rendering: Timeless) => render(channel, { ...rendering, now });
  };
  return {
    renderPart: (channel: string, part: string, rendering: Timeless) =>
      renderPart(channel, part, { ...rendering, now }),
    renderEmail: rendered(email),
    renderSms: rendered(sms),
    render,
    renderKnown,
  };
}
