import type { Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import {
  ConfigurationSet,
  ConfigurationSetEventDestination,
  EmailSendingEvent,
  EventDestination,
} from 'aws-cdk-lib/aws-ses';
import type { Settings } from '../settings.ts';

/** As the stack follows them: mails are sent with a set in any case. */
export type SettingsOfStack = Settings & { readonly configurationSet: string };

/** What is told of each mail. That it was taken is known from SES's answer; what its reader does is nobody's business. */
const published = [
  EmailSendingEvent.DELIVERY,
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.REJECT,
  EmailSendingEvent.DELIVERY_DELAY,
];

/**
 * The settings with the configuration set that mails are sent with: where the operator names none, one of the stack's own,
 * which publishes what becomes of them on the account's default event bus, the only one that SES sends to (SES developer
 * guide, "Set up an Amazon EventBridge event destination for event publishing").
 */
export function withConfigurationSet(stack: Stack, settings: Settings): SettingsOfStack {
  const { configurationSet: named } = settings;
  if (named !== undefined) return { ...settings, configurationSet: named };
  const configurationSet = new ConfigurationSet(stack, 'MailSet');
  new ConfigurationSetEventDestination(stack, 'MailSetEvents', {
    configurationSet,
    destination: EventDestination.eventBus(EventBus.fromEventBusName(stack, 'DefaultBus', 'default')),
    events: published,
  });
  return { ...settings, configurationSet: configurationSet.configurationSetName };
}
