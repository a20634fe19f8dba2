import type { PlanServices } from './planInvitations.ts';
import { reminderServices } from './reminderServices.ts';
import { meetings } from './stores.ts';

/** What a handler that plans invitations hands down. */
export function planServices(): PlanServices {
  return {
    ...reminderServices(),
    meetings: meetings(),
  };
}
