import { languageFor } from '../../../meetings/languages.ts';
import { isCountryAllowed } from '../../../meetings/smsReach.ts';
import { log } from '../../../runtime/log.ts';
import type { RuntimeSettings } from '../../../runtime/settings.ts';
import { loadPlanOf } from '../../../users/loadNumberPlan.ts';
import type { Outcome } from '../../deliveryStore.ts';
import { faultOf } from '../../faults.ts';
import { languageOf, templateDataOf } from '../../message.ts';
import type { SenderTools, Sending } from '../sender.ts';
import { sms } from './sms.ts';
import { smsSize } from './smsSize.ts';

/** Whom an SMS comes from, as SNS is told: an alphanumeric sender ID, or a number with its plus sign. */
export type Origination = NonNullable<RuntimeSettings['smsOrigination']>;

/** A text message as SNS is given it. */
export interface TextMessage {
  /** E.164. */
  readonly number: string;
  readonly text: string;
  /** Undefined where AWS is to choose. */
  readonly origination: Origination | undefined;
  /** Undefined where the account's limit alone counts. */
  readonly maxPriceUsd: number | undefined;
}

interface TextTools extends Pick<SenderTools, 'settings' | 'render'> {
  /** @returns the id that SNS gave it */
  publishText(message: TextMessage): Promise<string | undefined>;
}

const smsRefusals = { landline: 'landline', no: 'number-without-sms' };

/** Numbers are looked at when they come in; the settings may be others since. */
export async function smsRefusalOf(number: string, { smsCountries }: RuntimeSettings): Promise<string | undefined> {
  const planned = (await loadPlanOf())(number);
  if (!planned) return 'no-such-number';
  if (!isCountryAllowed(planned.country, smsCountries)) return 'country-not-allowed';
  return planned.takesSms === 'yes' ? undefined : smsRefusals[planned.takesSms];
}

/**
 * Sends a message as a text message; `number` is E.164. `beginSending` is called when nothing is left
 * to do but to publish, which is tried once: from there on, a silence counts as sent.
 */
export async function sendSms(
  number: string,
  { message, now, beginSending }: Sending,
  { settings, render, publishText }: TextTools,
): Promise<Outcome> {
  const language = languageOf(message, settings);
  const { sender, text } = render(sms, { language, data: templateDataOf(message, number, settings), now });
  warnOfSize(text, language, message.meeting.id, settings);
  const origination = sender === undefined ? settings.smsOrigination : originationOf(sender);
  await beginSending();
  try {
    const messageId = await publishText({ number, text, origination, maxPriceUsd: settings.smsMaxPriceUsd });
    return { state: 'sent', ...(messageId === undefined ? {} : { messageId }) };
  } catch (error) {
    const fault = faultOf(error);
    if (fault.kind === 'unclear') return { state: 'sent', reason: 'unclear' };
    throw error;
  }
}

const warnedOf = new Set<string>();

/** Says of each template once that what it makes takes several SMS, where the operator named its language. */
function warnOfSize(
  text: string,
  tag: string,
  meetingId: string,
  { languages, languagesGiven }: RuntimeSettings,
): void {
  if (!languagesGiven) return;
  const template = `sms/${languageFor(tag, languages) ?? languages[0]}/text.hbs`;
  if (warnedOf.has(template) || smsSize(text).parts === 1) return;
  warnedOf.add(template);
  log.warn(`The sms template ${template} is too large. It will be sent several SMS by meeting`, { meetingId });
}

function originationOf(sender: string): Origination {
  if (!/^\+?\d{9,17}$/.test(sender)) return { kind: 'senderId', value: sender };
  return { kind: 'number', value: sender.startsWith('+') ? sender : `+${sender}` };
}
