import type { AddressChannelName, DeviceChannelName } from '../../deliveries/channels/channels.ts';
import { createEmailSender } from '../../deliveries/channels/email/emailClient.ts';
import { createPushSender } from '../../deliveries/channels/push/pushClient.ts';
import type { Sender, SenderTools } from '../../deliveries/channels/sender.ts';
import { createSmsSender } from '../../deliveries/channels/sms/smsClient.ts';
import type { Senders } from '../../deliveries/deliver.ts';
import type { Device } from '../../users/device.ts';

type CreateSender<Place> = (tools: SenderTools) => Sender<Place>;

/** How each channel sends: the other half of its object, apart from it so that this function alone holds its client. */
const toAddresses: Readonly<Record<AddressChannelName, CreateSender<string>>> = {
  email: createEmailSender,
  sms: createSmsSender,
};
const toDevices: Readonly<Record<DeviceChannelName, CreateSender<Device>>> = { push: createPushSender };

export function sendersWith(tools: SenderTools): Senders {
  return {
    toAddress: (channel) => toAddresses[channel](tools),
    toDevice: (channel) => toDevices[channel](tools),
  };
}
