import type { RenderedMessage } from '../../functions/deliveries/channels/channel.ts';
import { type Channel, channels } from '../../functions/deliveries/channels/channels.ts';
import { renderer } from '../../functions/deliveries/templates/rendering.ts';
import type { Action } from '../../functions/deliveries/templates/templateData.ts';
import type { CheckOptions } from './check.ts';
import { readTemplates } from './folder.ts';
import { compileTemplates } from './load.ts';
import { actions, fullSample, sampleNow } from './sample.ts';
import { actionsOf } from './trial.ts';

/** What one person would receive of one occasion, by each channel. */
export interface Exhibit {
  readonly language: string;
  readonly action: Action;
  readonly messages: readonly Shown[];
}

/** A message, and by what it comes. */
export interface Shown {
  readonly channel: Channel;
  readonly title: string;
  readonly message: RenderedMessage;
}

/** Renders the sample meeting in every language and for every occasion. */
export async function showcase({
  directory,
  languages,
  mechanisms,
  link,
  shortLink,
  pstnExtension,
  brand,
}: CheckOptions) {
  const templates = await compileTemplates(readTemplates(directory, languages), languages);
  const { render } = renderer(templates);
  const used = channels.filter(({ name }) => mechanisms.includes(name));
  return languages.flatMap((language) =>
    actions.map((action): Exhibit => {
      const shown = used.filter((channel) => actionsOf(channel).includes(action));
      const messages = shown.map((channel): Shown => {
        const data = fullSample({ channel, action, link, shortLink, pstnExtension, brand });
        const message = render(channel, { language, data, now: sampleNow });
        return { channel: channel.name, title: channel.title, message };
      });
      return { language, action, messages };
    }),
  );
}
