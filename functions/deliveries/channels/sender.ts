import type { RuntimeSettings } from '../../runtime/settings.ts';
import type { DeviceStore } from '../../users/deviceStore.ts';
import type { Outcome } from '../deliveryStore.ts';
import type { Message } from '../message.ts';
import type { Renderer } from '../templates/rendering.ts';

/** What every sender may use. */
export interface SenderTools {
  readonly settings: RuntimeSettings;
  readonly render: Renderer['render'];
  /** The same by the templates of the organizer's own letters. */
  readonly renderToOrganizer: Renderer['render'];
  readonly devices: DeviceStore;
}

/** One message to send, and when. */
export interface Sending {
  readonly message: Message;
  readonly now: Date;
  /** Called when nothing is left to do but to send what must never leave twice: from there on, a silence counts as sent. */
  beginSending(): Promise<void>;
}

/** How a channel sends to what it reaches: to an address, or to a device of the user's. */
export interface Sender<Place> {
  /** Why nothing may be sent there, whatever it is; undefined where something may. */
  refusalOf?(place: Place): Promise<string | undefined>;
  /** @throws ServiceAnswer where the service refuses, NoAnswer where it is silent, and anything else where it was not called */
  send(place: Place, sending: Sending): Promise<Outcome>;
}
