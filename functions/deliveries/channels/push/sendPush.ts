import {
  CreatePlatformEndpointCommand,
  EndpointDisabledException,
  type MessageAttributeValue,
  NotFoundException,
  PublishCommand,
  SetEndpointAttributesCommand,
} from '@aws-sdk/client-sns';
import type { Meeting } from '../../../meetings/meeting.ts';
import { notifications, sendingTimeMilliseconds } from '../../../runtime/clients.ts';
import type { RuntimeSettings } from '../../../runtime/settings.ts';
import type { Device, Platform } from '../../../users/device.ts';
import type { DeviceStore } from '../../../users/deviceStore.ts';
import type { Outcome } from '../../deliveryStore.ts';
import { reminderText } from '../../templates/relativeTime.ts';

interface Push {
  readonly meeting: Meeting;
  readonly device: Device;
  /** The language that the user reads (BCP 47). */
  readonly language: string;
  readonly now: Date;
}

/** Pushes the reminder of a meeting to one device; SNS hears of the device at its first push. */
export async function pushReminder(push: Push, devices: DeviceStore, settings: RuntimeSettings): Promise<Outcome> {
  const { device } = push;
  const application = settings.pushApplications[device.platform];
  if (application === undefined) return { state: 'failed', reason: 'platform-not-configured' };
  const abortSignal = AbortSignal.timeout(sendingTimeMilliseconds);
  const introduced = async () => publish(push, await introduce(device, application, devices, abortSignal), abortSignal);
  if (device.endpointArn === undefined) return introduced();
  try {
    return await publish(push, device.endpointArn, abortSignal);
  } catch (error) {
    // Its endpoint went with the application that it belonged to, or was cleared away.
    if (error instanceof NotFoundException) return introduced();
    if (error instanceof EndpointDisabledException) return giveUp(device, devices);
    throw error;
  }
}

/** The platform knows the token no more; an app that is in use again registers again, and may have done so by now. */
async function giveUp(device: Device, devices: DeviceStore): Promise<Outcome> {
  await devices.remove(device);
  return { state: 'failed', reason: 'endpoint-disabled' };
}

async function publish(push: Push, TargetArn: string, abortSignal: AbortSignal): Promise<Outcome> {
  const { MessageId } = await notifications().send(
    new PublishCommand({
      TargetArn,
      MessageStructure: 'json',
      Message: JSON.stringify(messages(push)),
      MessageAttributes: lifetime(push),
    }),
    { abortSignal },
  );
  return { state: 'sent', ...(MessageId === undefined ? {} : { messageId: MessageId }) };
}

/**
 * Makes SNS's endpoint of a device. Where SNS knows the token it gives the endpoint that there is, disabled if
 * the token was once out of use; its owner has registered it since.
 */
async function introduce(
  device: Device,
  application: string,
  devices: DeviceStore,
  abortSignal: AbortSignal,
): Promise<string> {
  const { EndpointArn } = await notifications().send(
    new CreatePlatformEndpointCommand({ PlatformApplicationArn: application, Token: device.token }),
    { abortSignal },
  );
  if (EndpointArn === undefined) throw new Error('SNS gave no endpoint');
  await notifications().send(
    new SetEndpointAttributesCommand({ EndpointArn, Attributes: { Enabled: 'true', Token: device.token } }),
    { abortSignal },
  );
  await devices.keepEndpoint(device, EndpointArn);
  return EndpointArn;
}

/** The payload of the reminder; operators do not configure it, and apps rely on it (Quobis's manual, "Mobile push notifications"). */
function payloadOf({ id, name }: Meeting) {
  return { type: 'meeting-reminder', info: { id, name } };
}

/** One message for each platform, as its own service wants it; `data` of FCM holds text alone. */
function messages({ meeting, device, language, now }: Push): Record<string, string> {
  const { type, info } = payloadOf(meeting);
  const { title, body } = reminderText(meeting, language, now);
  if (device.platform === 'fcm') {
    const message = { notification: { title, body }, data: { type, info: JSON.stringify(info) } };
    return { default: title, GCM: JSON.stringify(message) };
  }
  const message = JSON.stringify({ aps: { alert: { title, body }, sound: 'default' }, type, info });
  return { default: title, [device.platform === 'apns' ? 'APNS' : 'APNS_SANDBOX']: message };
}

const lifetimeAttributes: Record<Platform, string> = {
  fcm: 'AWS.SNS.MOBILE.FCM.TTL',
  apns: 'AWS.SNS.MOBILE.APNS.TTL',
  'apns-sandbox': 'AWS.SNS.MOBILE.APNS_SANDBOX.TTL',
};

/** A reminder that is not delivered before the start is not delivered at all; in seconds. */
function lifetime({ meeting, device, now }: Push): Record<string, MessageAttributeValue> {
  const seconds = Math.max(1, Math.floor((meeting.validSince.getTime() - now.getTime()) / 1_000));
  return { [lifetimeAttributes[device.platform]]: { DataType: 'String', StringValue: String(seconds) } };
}
