import { type MessageAttributeValue, PublishCommand } from '@aws-sdk/client-sns';
import { languageFor } from '../../../meetings/languages.ts';
import { textMessages } from '../../../runtime/clients.ts';
import { log } from '../../../runtime/log.ts';
import type { RuntimeSettings } from '../../../runtime/settings.ts';
import type { Outcome } from '../../deliveryStore.ts';
import { faultOf } from '../../faults.ts';
import { dataOf, type Letter, languageOf } from '../../message.ts';
import { renderSms } from '../../templates/templates.ts';
import { smsSize } from './smsSize.ts';

/**
 * Sends a letter as a text message; `phone` is E.164. `beginSending` is called when nothing is left
 * to do but to publish, which is tried once: from there on, a silence counts as sent.
 */
export async function sendSms(
  letter: Letter,
  phone: string,
  settings: RuntimeSettings,
  beginSending: () => Promise<void>,
): Promise<Outcome> {
  const language = languageOf(letter, settings);
  const { sender, text } = renderSms({ language, data: dataOf(letter, phone, settings) });
  warnOfSize(text, language, letter.meeting.id, settings);
  const MessageAttributes = attributes(sender, settings);
  await beginSending();
  try {
    const { MessageId } = await textMessages().send(
      new PublishCommand({ PhoneNumber: phone, Message: text, MessageAttributes }),
    );
    return { state: 'sent', ...(MessageId === undefined ? {} : { messageId: MessageId }) };
  } catch (error) {
    const fault = faultOf(error);
    if (fault.kind === 'unclear') return { state: 'sent', reason: 'unclear' };
    throw error;
  }
}

const warnedOf = new Set<string>();

/** Says of each template once that what it makes takes several SMS, where the operator named its language himself. */
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

/** SNS's own attributes (Amazon SNS developer guide, "Publishing SMS messages to a mobile phone"). */
function attributes(sender: string | undefined, settings: RuntimeSettings): Record<string, MessageAttributeValue> {
  const { smsOrigination, smsMaxPriceUsd } = settings;
  const origination = sender === undefined ? smsOrigination : originationOf(sender);
  return {
    'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
    ...(origination?.kind === 'senderId' ? { 'AWS.SNS.SMS.SenderID': text(origination.value) } : {}),
    ...(origination?.kind === 'number' ? { 'AWS.MM.SMS.OriginationNumber': text(origination.value) } : {}),
    ...(smsMaxPriceUsd === undefined
      ? {}
      : { 'AWS.SNS.SMS.MaxPrice': { DataType: 'Number', StringValue: smsMaxPriceUsd.toFixed(5) } }),
  };
}

function originationOf(sender: string): { kind: 'number' | 'senderId'; value: string } {
  if (!/^\+?\d{9,17}$/.test(sender)) return { kind: 'senderId', value: sender };
  return { kind: 'number', value: sender.startsWith('+') ? sender : `+${sender}` };
}

function text(value: string): MessageAttributeValue {
  return { DataType: 'String', StringValue: value };
}
