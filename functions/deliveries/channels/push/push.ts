import { oneLine } from '../../text.ts';
import type { DeviceChannel } from '../channel.ts';

/** Notifications on the devices that users registered, sent by SNS. */
export const push = {
  name: 'push',
  title: 'Push',
  reaches: 'devices',
  isAvailable: ({ pushApplications }) => Object.values(pushApplications).some((arn) => arn !== undefined),
  unavailableInDeployment: 'remindMechanisms: nobody can be reminded by push, since pushApplications names none',
  parts: { text: 'plain' },
  hasShippedTemplates: true,
  tellsOfWaiting: true,
  compose: (render) => ({ text: oneLine(render('text')) }),
} as const satisfies DeviceChannel;
