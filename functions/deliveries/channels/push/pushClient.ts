import {
  CreatePlatformEndpointCommand,
  PublishCommand,
  SetEndpointAttributesCommand,
  SNSServiceException,
} from '@aws-sdk/client-sns';
import { notifications } from '../../../runtime/clients.ts';
import { sendingTimeMilliseconds } from '../../../runtime/timeLimits.ts';
import type { Device, Platform } from '../../../users/device.ts';
import type { Sender, SenderTools } from '../sender.ts';
import { answerIn } from '../serviceAnswer.ts';
import { pushAnswers } from './pushAnswers.ts';
import { type Notification, sendPush } from './sendPush.ts';

/** Pushes notifications by SNS. */
export function createPushSender(tools: SenderTools): Sender<Device> {
  return {
    send(device, sending) {
      const abortSignal = AbortSignal.timeout(sendingTimeMilliseconds);
      return sendPush(device, sending, {
        ...tools,
        publish: (notification) => publish(notification, abortSignal),
        createEndpoint: (application, token) => createEndpoint(application, token, abortSignal),
      });
    },
  };
}

const lifetimeAttributes: Record<Platform, string> = {
  fcm: 'AWS.SNS.MOBILE.FCM.TTL',
  apns: 'AWS.SNS.MOBILE.APNS.TTL',
  'apns-sandbox': 'AWS.SNS.MOBILE.APNS_SANDBOX.TTL',
};

/** @throws ServiceAnswer, NoAnswer */
async function publish(
  { endpointArn, messages, platform, lifetimeSeconds }: Notification,
  abortSignal: AbortSignal,
): Promise<string | undefined> {
  const command = new PublishCommand({
    TargetArn: endpointArn,
    MessageStructure: 'json',
    Message: JSON.stringify(messages),
    MessageAttributes: { [lifetimeAttributes[platform]]: { DataType: 'String', StringValue: String(lifetimeSeconds) } },
  });
  try {
    const { MessageId } = await notifications().send(command, { abortSignal });
    return MessageId;
  } catch (error) {
    throw answerIn(error, SNSServiceException, pushAnswers);
  }
}

/** @throws ServiceAnswer, NoAnswer */
async function createEndpoint(application: string, token: string, abortSignal: AbortSignal): Promise<string> {
  try {
    const { EndpointArn } = await notifications().send(
      new CreatePlatformEndpointCommand({ PlatformApplicationArn: application, Token: token }),
      { abortSignal },
    );
    if (EndpointArn === undefined) throw new Error('SNS gave no endpoint');
    await notifications().send(
      new SetEndpointAttributesCommand({ EndpointArn, Attributes: { Enabled: 'true', Token: token } }),
      { abortSignal },
    );
    return EndpointArn;
  } catch (error) {
    throw answerIn(error, SNSServiceException, pushAnswers);
  }
}
