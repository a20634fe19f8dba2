import { type MessageAttributeValue, PublishCommand, SNSServiceException } from '@aws-sdk/client-sns';
import { textMessages } from '../../../runtime/clients.ts';
import type { Sender, SenderTools } from '../sender.ts';
import { answerIn } from '../serviceAnswer.ts';
import { sendSms, smsRefusalOf, type TextMessage } from './sendSms.ts';
import { textAnswers } from './textAnswers.ts';

/** Sends text messages by SNS. */
export function createSmsSender(tools: SenderTools): Sender<string> {
  return {
    refusalOf: (number) => smsRefusalOf(number, tools.settings),
    send: (number, sending) => sendSms(number, sending, { ...tools, publishText }),
  };
}

/** @throws ServiceAnswer, NoAnswer */
async function publishText(message: TextMessage): Promise<string | undefined> {
  const { number, text } = message;
  const command = new PublishCommand({ PhoneNumber: number, Message: text, MessageAttributes: attributes(message) });
  try {
    const { MessageId } = await textMessages().send(command);
    return MessageId;
  } catch (error) {
    throw answerIn(error, SNSServiceException, textAnswers);
  }
}

/** SNS's own attributes (Amazon SNS developer guide, "Publishing SMS messages to a mobile phone"). */
function attributes({ origination, maxPriceUsd }: TextMessage): Record<string, MessageAttributeValue> {
  return {
    'AWS.SNS.SMS.SMSType': stringAttribute('Transactional'),
    ...(origination?.kind === 'senderId' ? { 'AWS.SNS.SMS.SenderID': stringAttribute(origination.value) } : {}),
    ...(origination?.kind === 'number' ? { 'AWS.MM.SMS.OriginationNumber': stringAttribute(origination.value) } : {}),
    ...(maxPriceUsd === undefined
      ? {}
      : { 'AWS.SNS.SMS.MaxPrice': { DataType: 'Number', StringValue: maxPriceUsd.toFixed(5) } }),
  };
}

function stringAttribute(value: string): MessageAttributeValue {
  return { DataType: 'String', StringValue: value };
}
