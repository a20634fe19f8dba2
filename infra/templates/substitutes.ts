import { channels, type KnownChannel } from '../../functions/deliveries/channels/channels.ts';
import { isNewer, type Renderer, renderer, type Templates } from '../../functions/deliveries/templates/rendering.ts';
import type { Action } from '../../functions/deliveries/templates/templateData.ts';
import { literalsOf, moduleOfFolder, objectLiteral, partialName } from './compile.ts';
import { type Folder, organizerChannels, organizerFolder, readTemplates, shippedTemplates } from './folder.ts';
import { loadModule } from './load.ts';
import { fullSample, organizerActions, sampleNow } from './sample.ts';
import { shippedLanguages } from './shippedLanguages.ts';
import { actionsOf } from './trial.ts';

/**
 * The source of the module `virtual:templates`: an operator's templates, those of letters to organizers, and the service's
 * own for what theirs do not tell apart.
 */
export async function templatesModule(
  folder: Folder,
  organizer: Folder,
  languages: readonly string[],
): Promise<string> {
  const own = moduleOfFolder(folder, languages);
  const untold = untoldLetters(await loadModule(own), languages);
  const substitutes = Object.keys(untold).length > 0 ? shippedLiteral(untold) : 'undefined';
  const ofOrganizer = organizerLiteral(folder, organizer, languages);
  return `${own}\nexport const organizer = ${ofOrganizer};\nexport const substitutes = ${substitutes};`;
}

/** What both folders include is compiled once. */
function organizerLiteral(folder: Folder, organizer: Folder, languages: readonly string[]): string {
  const isShared = ({ file }: Folder['partials'][number]) => folder.partials.some((partial) => partial.file === file);
  const partials = organizer.partials.filter((partial) => !isShared(partial));
  const shared = organizer.partials.filter(isShared).map(({ name }) => JSON.stringify(partialName(name)));
  const literals = literalsOf({ ...organizer, partials }, languages);
  return objectLiteral([
    ['place', JSON.stringify(`${organizerFolder}/`)],
    ['languages', literals.languages],
    ['templates', literals.templates],
    ['partials', `{${shared.map((name) => `${name}: partials[${name}], `).join('')}...${literals.partials}}`],
  ]);
}

/** Letters that read as another one, by channel and language. */
export type Untold = Readonly<Record<string, Readonly<Record<string, readonly Action[]>>>>;

/**
 * The letters whose text operators' templates do not tell from the first one of their channel, an invitation mostly:
 * theirs may know no `action`, as the samples of Quobis's manual do, and would cancel in the words of an invitation.
 */
export function untoldLetters(templates: Templates, languages: readonly string[], toOrganizer = false): Untold {
  const own = renderer(templates);
  const of = toOrganizer ? organizerChannels : channels;
  const found = of.map((channel) => {
    const ofChannel = languages
      .filter((language) => templates.templates[channel.name]?.[language]?.text)
      .map((language) => [language, untoldActions(own, channel, language, toOrganizer)] as const)
      .filter(([, actions]) => actions.length > 0);
    return [channel.name, Object.fromEntries(ofChannel)] as const;
  });
  return Object.fromEntries(found.filter(([, byLanguage]) => Object.keys(byLanguage).length > 0));
}

function untoldActions(own: Renderer, channel: KnownChannel, language: string, toOrganizer: boolean): Action[] {
  const [first, ...others] = toOrganizer ? organizerActions : actionsOf(channel);
  const renderingOf = (action: Action) => ({
    language,
    data: fullSample({ channel, action, toOrganizer }),
    now: sampleNow,
  });
  const textOf = (action: Action) => own.renderPart(channel.name, 'text', renderingOf(action));
  try {
    return others.filter(
      (action) =>
        (first && textOf(action) === textOf(first)) ||
        (isNewer(action) && !own.tellsApart(channel.name, renderingOf(action))),
    );
  } catch {
    return []; // a template that fails is told as a fault by itself
  }
}

function shippedLiteral(untold: Untold): string {
  const shipped = literalsOf(readTemplates(shippedTemplates, shippedLanguages), shippedLanguages);
  return objectLiteral([['untold', JSON.stringify(untold)], ...Object.entries(shipped)]);
}
