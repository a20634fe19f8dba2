import { deliveryQueueClient } from '../deliveries/deliveryQueueClient.ts';
import { planQueueClient } from '../deliveries/planQueueClient.ts';
import type { ReminderServices } from '../reminders/planReminders.ts';
import { variable } from '../runtime/environment.ts';
import { settings } from '../runtime/settings.ts';
import { deliveries, devices, users } from './stores.ts';

/** What a handler that plans reminders hands down. */
export function reminderServices(): ReminderServices {
  return {
    users: users(),
    devices: devices(),
    deliveries: deliveries(),
    queueJobs: deliveryQueueClient(variable('DELIVERY_QUEUE_URLS')).send,
    queuePlan: planQueueClient(variable('PLANNING_QUEUE_URL')).send,
    settings: settings(),
  };
}
