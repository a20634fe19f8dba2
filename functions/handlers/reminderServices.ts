import { queueJobs } from '../deliveries/queue.ts';
import type { ReminderServices } from '../reminders/planReminders.ts';
import { settings } from '../runtime/settings.ts';
import { deliveries, devices, users } from './stores.ts';

/** What a handler that plans reminders hands down. */
export function reminderServices(): ReminderServices {
  return { users: users(), devices: devices(), deliveries: deliveries(), queueJobs, settings: settings() };
}
