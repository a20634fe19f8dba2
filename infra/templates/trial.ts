import { type Channel, channels, type KnownChannel } from '../../functions/deliveries/channels/channels.ts';
import { isSmsSender, sms } from '../../functions/deliveries/channels/sms/sms.ts';
import { smsSize } from '../../functions/deliveries/channels/sms/smsSize.ts';
import { renderer, type Templates } from '../../functions/deliveries/templates/rendering.ts';
import type { Action } from '../../functions/deliveries/templates/templateData.ts';
import { oneLine } from '../../functions/deliveries/text.ts';
import { organizerChannels } from './folder.ts';
import { actions, fullSample, organizerActions, type SampleOccasion, sampleNow, sparseSample } from './sample.ts';

export interface Trial {
  readonly templates: Templates;
  readonly languages: readonly string[];
  readonly mechanisms: readonly Channel[];
  readonly mailIdentity?: string | undefined;
  readonly link?: string | undefined;
  readonly shortLink?: string | undefined;
  readonly pstnExtension?: string | undefined;
  /** Whether they are those of the letters to organizers. Default: false. */
  readonly toOrganizer?: boolean | undefined;
}

/** Renders everything, of a meeting of which all is known and of one of which little is; what fails is a fault. */
export function tryTemplates({ templates, mailIdentity, ...trial }: Trial): string[] {
  const { render, renderPart } = renderer(templates);
  const faults = new Set<string>();
  for (const { channel, rendering } of renderingsOf(trial)) {
    try {
      render(channel, rendering);
      const senderFault = senderFaults[channel.name];
      if (!senderFault) continue;
      const fault = senderFault(oneLine(renderPart(channel.name, 'from', rendering)), mailIdentity);
      if (fault) faults.add(`${templates.place ?? ''}${channel.name}/${rendering.language}/from.hbs: ${fault}`);
    } catch (error) {
      faults.add(error instanceof Error ? error.message : String(error));
    }
  }
  return [...faults];
}

function renderingsOf({
  languages,
  mechanisms,
  link,
  shortLink,
  pstnExtension,
  toOrganizer,
}: Omit<Trial, 'templates'>) {
  const used = (toOrganizer ? organizerChannels : channels).filter(({ name }) => mechanisms.includes(name));
  return used.flatMap((channel) =>
    (toOrganizer ? organizerActions : actionsOf(channel)).flatMap((action) =>
      languages.flatMap((language) => {
        const occasion: SampleOccasion = { channel, action, link, shortLink, pstnExtension, toOrganizer };
        return [fullSample(occasion), sparseSample(occasion)].map((data) => ({
          channel,
          rendering: { language, data, now: sampleNow },
        }));
      }),
    ),
  );
}

/** What a channel is for: one that reaches devices invites nobody, and not each tells of who waits or cannot be reached. */
export function actionsOf(channel: KnownChannel): readonly Action[] {
  const told = channel.reaches === 'devices' ? (['remind', 'waiting'] as const) : actions;
  const tellsOfUnreachable = channel.reaches === 'address' && channel.tellsOfUnreachable;
  return told.filter(
    (action) => (action !== 'waiting' || channel.tellsOfWaiting) && (action !== 'unreachable' || tellsOfUnreachable),
  );
}

/** What may be wrong with the sender that a channel's `from.hbs` names. */
const senderFaults: Partial<Record<Channel, (from: string, mailIdentity: string | undefined) => string | undefined>> = {
  email: mailSenderFault,
  sms: smsSenderFault,
};

function mailSenderFault(from: string, mailIdentity: string | undefined): string | undefined {
  const address = /<([^<>]*)>$/.exec(from)?.[1]?.trim() ?? /^[^\s@]+@[^\s@]+$/.exec(from)?.[0];
  if (address === undefined || mailIdentity === undefined) return undefined;
  if (address.toLowerCase() === mailIdentity.toLowerCase()) return undefined;
  return `gives the address ${address}, but mail comes from ${mailIdentity}: the name is all that it may set`;
}

function smsSenderFault(from: string): string | undefined {
  if (from === '' || isSmsSender(from)) return undefined;
  return `gives the sender ${from}, but networks take up to 11 letters and digits, or a number of 9 to 17 digits`;
}

/** The SMS templates of which any message takes several parts, each as the path of its file. */
export function largeSmsTemplates({ templates, languages, link, shortLink, pstnExtension }: Trial): string[] {
  const { render } = renderer(templates);
  const large = languages.filter((language) =>
    actionsOf(sms).some((action) => {
      const data = fullSample({ channel: sms, action, link, shortLink, pstnExtension });
      return smsSize(render(sms, { language, data, now: sampleNow }).text).parts > 1;
    }),
  );
  return large.map((language) => `sms/${language}/text.hbs`);
}
