import { smsSize } from '../../functions/deliveries/channels/sms/smsSize.ts';
import { type Channel, isSmsSender, renderer, type Templates } from '../../functions/deliveries/templates/rendering.ts';
import { oneLine } from '../../functions/deliveries/text.ts';
import { actions, fullSample, type Occasion, sparseSample } from './sample.ts';

export type Trial = {
  templates: Templates;
  languages: readonly string[];
  mechanisms: readonly Channel[];
  mailIdentity?: string | undefined;
  link?: string | undefined;
  pstnExtension?: string | undefined;
};

/** Renders everything, of a meeting of which all is known and of one of which little is; what fails is a fault. */
export function tryTemplates({ templates, mailIdentity, ...trial }: Trial): string[] {
  const { renderEmail, renderSms, renderPart } = renderer(templates);
  const faults = new Set<string>();
  for (const { channel, rendering } of renderingsOf(trial)) {
    try {
      if (channel === 'email') renderEmail(rendering);
      else renderSms(rendering);
      const from = oneLine(renderPart(channel, 'from', rendering));
      const fault = channel === 'email' ? mailSenderFault(from, mailIdentity) : smsSenderFault(from);
      if (fault) faults.add(`${channel}/${rendering.language}/from.hbs: ${fault}`);
    } catch (error) {
      faults.add(error instanceof Error ? error.message : String(error));
    }
  }
  return [...faults];
}

function renderingsOf({ languages, mechanisms, link, pstnExtension }: Omit<Trial, 'templates'>) {
  const occasions = mechanisms.flatMap((channel) =>
    actions.map((action): Occasion => ({ channel, action, link, pstnExtension })),
  );
  return occasions.flatMap((occasion) =>
    languages.flatMap((language) =>
      [fullSample(occasion), sparseSample(occasion)].map((data) => ({
        channel: occasion.channel,
        rendering: { language, data },
      })),
    ),
  );
}

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
export function largeSmsTemplates({ templates, languages, link, pstnExtension }: Trial): string[] {
  const { renderSms } = renderer(templates);
  const large = languages.filter((language) =>
    actions.some((action) => {
      const data = fullSample({ channel: 'sms', action, link, pstnExtension });
      return smsSize(renderSms({ language, data }).text).parts > 1;
    }),
  );
  return large.map((language) => `sms/${language}/text.hbs`);
}
