import type { RenderedMessage } from '../../functions/deliveries/channels/channel.ts';
import { type Channel, channels, type KnownChannel } from '../../functions/deliveries/channels/channels.ts';
import { type Renderer, renderer } from '../../functions/deliveries/templates/rendering.ts';
import type { Action } from '../../functions/deliveries/templates/templateData.ts';
import type { CheckOptions } from './check.ts';
import { organizerChannels, readOrganizerTemplates, readTemplates } from './folder.ts';
import { compileTemplates } from './load.ts';
import { actions, fullSample, organizerActions, sampleNow } from './sample.ts';
import { actionsOf } from './trial.ts';

/** What one person would receive of one occasion, by each channel. */
export interface Exhibit {
  readonly language: string;
  readonly action: Action;
  /** Whether the organizer is told of their own meeting. */
  readonly toOrganizer: boolean;
  readonly messages: readonly Shown[];
}

/** A message, and by what it comes. */
export interface Shown {
  readonly channel: Channel;
  readonly title: string;
  readonly message: RenderedMessage;
}

/** Renders the sample meeting in every language and for every occasion. */
export async function showcase(options: CheckOptions): Promise<Exhibit[]> {
  const { directory, languages, mechanisms, organizerMail } = options;
  const { render } = renderer(await compileTemplates(readTemplates(directory, languages), languages));
  const own = renderer(await compileTemplates(readOrganizerTemplates(directory, languages), languages));
  const used = channels.filter(({ name }) => mechanisms.includes(name));
  const organizers = organizerMail ? organizerChannels.filter(({ name }) => mechanisms.includes(name)) : [];
  return languages.flatMap((language) => [
    ...actions.map((action): Exhibit => {
      const shown = used.filter((channel) => actionsOf(channel).includes(action));
      return {
        language,
        action,
        toOrganizer: false,
        messages: shown.map(shownBy(render, { language, action }, options)),
      };
    }),
    ...(organizers.length === 0 ? [] : organizerActions).map((action): Exhibit => {
      const exhibit = { language, action, toOrganizer: true };
      return { ...exhibit, messages: organizers.map(shownBy(own.render, exhibit, options)) };
    }),
  ]);
}

function shownBy(
  render: Renderer['render'],
  { language, action, toOrganizer }: Pick<Exhibit, 'language' | 'action'> & { readonly toOrganizer?: boolean },
  { link, shortLink, pstnExtension, brand }: CheckOptions,
) {
  return (channel: KnownChannel): Shown => {
    const data = fullSample({ channel, action, link, shortLink, pstnExtension, brand, toOrganizer });
    const message = render(channel, { language, data, now: sampleNow });
    return { channel: channel.name, title: channel.title, message };
  };
}

/** What an exhibit shows: `en, invite`, or `en, invite, to the organizer`. */
export function titleOf({ language, action, toOrganizer }: Exhibit): string {
  return [language, action, ...(toOrganizer ? ['to the organizer'] : [])].join(', ');
}
