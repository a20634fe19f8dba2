import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { peopleAtFirst } from '../../deliveries/planJob.ts';
import { type Moment, momentEvent, momentsPassed, reminderEvent } from '../../events/clockEvents.ts';
import type { Event } from '../../events/event.ts';
import { handOn, type Listeners, listenersOf } from '../../events/handOn.ts';
import { attendeesOf } from '../../meetings/attendees.ts';
import { type Meeting, mayBeReminded } from '../../meetings/meeting.ts';
import { planReminders } from '../../reminders/planReminders.ts';
import { type ReminderDue, reminderDueSchema } from '../../reminders/reminderDue.ts';
import { dueTime } from '../../reminders/reminderTime.ts';
import { errorOf, log, withoutAddresses } from '../../runtime/log.ts';
import { measureSeconds, withMetrics } from '../../runtime/metrics.ts';
import { once } from '../../runtime/once.ts';
import { settings } from '../../runtime/settings.ts';
import { eventServices } from '../eventServices.ts';
import { keepWake, reminderSchedules } from '../keepWake.ts';
import { reminderServices } from '../reminderServices.ts';
import * as stores from '../stores.ts';

const services = once(() => ({
  ...reminderServices(),
  ...eventServices(),
  meetings: stores.meetings(),
}));

/**
 * A meeting's schedule, `remindBefore` its start, and where anybody listens at its start and end: reads the meeting again,
 * and reminds the first people of it as it is now, the planning queue going on; or tells that it began or ended. Then it
 * sets the schedule to what comes next.
 */
export const handler = withMetrics(
  async (event: unknown, context: Pick<Context, 'invokedFunctionArn'>): Promise<void> => {
    const due = z.parse(reminderDueSchema, event);
    try {
      await wake(due, context.invokedFunctionArn);
    } catch (thrown) {
      const error = errorOf(thrown);
      const cause = withoutAddresses(error.message);
      log.error(`Unable to send reminder for meeting: ${due.meetingId}. Cause: ${cause}`, {
        meetingId: due.meetingId,
        error,
      });
      throw error;
    }
  },
);

/** A meeting that was moved is followed by the stream, which sets its schedule anew. */
async function wake({ meetingId, validSince, moment }: ReminderDue, functionArn: string): Promise<void> {
  const meeting = await services().meetings.get(meetingId);
  const isMoved = meeting?.validSince.getTime() !== validSince.getTime();
  if (!meeting || isMoved) return sayUnwanted(meetingId);
  const listeners = await listenersOf(services());
  const events = moment ? momentEvents(moment, meeting) : await remind(meeting);
  await handOn(events, listeners, services());
  await keepNextWake(meeting, listeners, functionArn);
}

function momentEvents(moment: Moment, meeting: Meeting): Event[] {
  if (!momentsPassed(meeting, new Date()).includes(moment)) return [];
  return [momentEvent(moment, meeting)];
}

async function remind(meeting: Meeting): Promise<Event[]> {
  const now = new Date();
  const { remindBeforeMinutes } = settings();
  if (!mayBeReminded(meeting, now) || remindBeforeMinutes === undefined) {
    sayUnwanted(meeting.id);
    return [];
  }
  const due = dueTime(meeting, remindBeforeMinutes);
  measureSeconds('ReminderDelay', (now.getTime() - due.getTime()) / 1_000);
  const attendees = await attendeesOf(meeting, stores.users());
  await planReminders(meeting, attendees, { most: peopleAtFirst }, services(), now);
  return [reminderEvent(meeting, due, remindBeforeMinutes)];
}

function sayUnwanted(meetingId: string): void {
  log.info('Reminder no longer wanted', { meetingId });
}

/**
 * Where nobody listens the schedule is gone by itself. The stream may have set it meanwhile, by a revision that this has
 * not seen: whoever finds the meeting changed sets it again.
 */
async function keepNextWake(meeting: Meeting, listeners: Listeners, functionArn: string): Promise<void> {
  if (listeners.webhooks.length === 0 && !listeners.bus) return;
  const own = { ...services(), reminderSchedules: reminderSchedules(functionArn) };
  for (let current: Meeting | undefined = meeting; current; ) {
    await keepWake(current, listeners, own, new Date());
    const since: Meeting | undefined = await services().meetings.get(current.id);
    current = since?.revision === current.revision ? undefined : since;
  }
}
