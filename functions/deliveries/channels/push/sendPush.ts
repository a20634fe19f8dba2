import { type Device, type Platform, pushTargetOf } from '../../../users/device.ts';
import type { Outcome } from '../../deliveryStore.ts';
import { languageOf, type Message, templateDataOf } from '../../message.ts';
import type { SenderTools, Sending } from '../sender.ts';
import { ServiceAnswer } from '../serviceAnswer.ts';
import { push } from './push.ts';

/** A notification as SNS is given it. */
export interface Notification {
  readonly endpointArn: string;
  /** The text for each platform, by SNS's own name for it. */
  readonly messages: Readonly<Record<string, string>>;
  readonly platform: Platform;
  /** After which it is not delivered any more. */
  readonly lifetimeSeconds: number;
}

interface PushTools extends SenderTools {
  /** @returns the id that SNS gave it */
  publish(notification: Notification): Promise<string | undefined>;
  /**
   * Makes SNS's endpoint of a device, enabled. Where SNS knows the token it gives the endpoint that there is, disabled
   * if the token was once out of use; its owner has registered it since.
   *
   * @returns its ARN
   */
  createEndpoint(application: string, token: string): Promise<string>;
}

/** Pushes the reminder of a meeting, or that somebody waits, to one device; SNS hears of the device at its first push. */
export async function sendPush(device: Device, sending: Sending, tools: PushTools): Promise<Outcome> {
  const target = pushTargetOf(device, tools.settings.pushApplications);
  if (!target) return { state: 'failed', reason: 'platform-not-configured' };
  const { platform, application } = target;
  const publish = (endpointArn: string) => publishTo({ endpointArn, platform }, device, sending, tools);
  const publishToNewEndpoint = async () => publish(await registerEndpoint(device, application, tools));
  if (device.endpointArn === undefined) return publishToNewEndpoint();
  try {
    return await publish(device.endpointArn);
  } catch (error) {
    const reason = error instanceof ServiceAnswer ? error.reason : undefined;
    // Its endpoint went with the application that it belonged to, or was cleared away.
    if (reason === 'NotFoundException') return publishToNewEndpoint();
    if (reason === 'EndpointDisabledException') return removeDevice(device, tools);
    throw error;
  }
}

/** The platform knows the token no more; an app that is in use again registers again, and may have done so by now. */
async function removeDevice(device: Device, { devices }: PushTools): Promise<Outcome> {
  await devices.remove(device);
  return { state: 'failed', reason: 'endpoint-disabled' };
}

async function registerEndpoint(
  device: Device,
  application: string,
  { createEndpoint, devices }: PushTools,
): Promise<string> {
  const endpointArn = await createEndpoint(application, device.token);
  await devices.keepEndpoint(device, endpointArn);
  return endpointArn;
}

async function publishTo(
  { endpointArn, platform }: Pick<Notification, 'endpointArn' | 'platform'>,
  device: Device,
  { message, now }: Sending,
  { settings, render, publish }: PushTools,
): Promise<Outcome> {
  const data = templateDataOf(message, device.deviceId, settings);
  const { text } = render(push, { language: languageOf(message, settings), data, now });
  const messageId = await publish({
    endpointArn,
    messages: messagesFor(platform, payloadOf(message), text),
    platform,
    lifetimeSeconds: Math.max(1, Math.floor((usefulUntil(message).getTime() - now.getTime()) / 1_000)),
  });
  return { state: 'sent', ...(messageId === undefined ? {} : { messageId }) };
}

/** A reminder that is not delivered before the start is not delivered at all. */
function usefulUntil({ action, meeting }: Message): Date {
  return action === 'waiting' ? meeting.validUntil : meeting.validSince;
}

/** Operators do not configure it, and apps rely on it; the reminder's is of Quobis's manual, "Mobile push notifications". */
function payloadOf({ action, meeting: { id, name } }: Message) {
  return { type: action === 'waiting' ? 'meeting-waiting' : 'meeting-reminder', info: { id, name } };
}

/** One message for each platform, as its own service wants it; `data` of FCM holds text alone. */
function messagesFor(
  platform: Platform,
  { type, info }: ReturnType<typeof payloadOf>,
  body: string,
): Record<string, string> {
  const title = info.name;
  if (platform === 'fcm') {
    const message = { notification: { title, body }, data: { type, info: JSON.stringify(info) } };
    return { default: title, GCM: JSON.stringify(message) };
  }
  const message = JSON.stringify({ aps: { alert: { title, body }, sound: 'default' }, type, info });
  return { default: title, [platform === 'apns' ? 'APNS' : 'APNS_SANDBOX']: message };
}
