import { SESServiceException, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { mails } from '../../../runtime/clients.ts';
import { sendingTimeMilliseconds } from '../../../runtime/timeLimits.ts';
import type { Sender, SenderTools } from '../sender.ts';
import { answerIn } from '../serviceAnswer.ts';
import { mailAnswers } from './mailAnswers.ts';
import { type RawMail, sendEmail } from './sendEmail.ts';

/** Sends mails by SES. */
export function createEmailSender(tools: SenderTools): Sender<string> {
  return { send: (address, sending) => sendEmail(address, sending, { ...tools, sendRawMail }) };
}

/** @throws ServiceAnswer, NoAnswer */
async function sendRawMail({ source, destination, data, tags, configurationSet }: RawMail) {
  const command = new SendRawEmailCommand({
    Source: source,
    Destinations: [destination],
    RawMessage: { Data: data },
    Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
    ...(configurationSet === undefined ? {} : { ConfigurationSetName: configurationSet }),
  });
  try {
    const { MessageId } = await mails().send(command, { abortSignal: AbortSignal.timeout(sendingTimeMilliseconds) });
    return MessageId;
  } catch (error) {
    throw answerIn(error, SESServiceException, mailAnswers);
  }
}
