import { type Job, organizerParticipantId, reminderOccasion } from '../deliveries/delivery.ts';
import { queueJobs } from '../deliveries/queue.ts';
import type { Attendees } from '../meetings/attendees.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { inParallel } from '../runtime/inParallel.ts';
import { log } from '../runtime/log.ts';
import { table } from '../runtime/table.ts';
import { deviceStore } from '../users/deviceStore.ts';

const usersAtOnce = 10;

/** Queues a push to each device of the organizer and of each participant who is a user. */
export async function planReminders(meeting: Meeting, attendees: Attendees): Promise<void> {
  const people = [...remindedUsers(meeting, attendees)];
  const jobs = await inParallel(people, usersAtOnce, async ([userId, participantId]): Promise<Job[]> => {
    const devices = await deviceStore(table()).ofUser(userId);
    return devices.map(({ deviceId }) => ({
      meetingId: meeting.id,
      participantId,
      channel: 'push',
      occasion: reminderOccasion(meeting),
      reached: false,
      device: { userId, deviceId },
    }));
  });
  await queueJobs(jobs.flat());
  log.info('Reminders planned', { meetingId: meeting.id, users: people.length, jobs: jobs.flat().length });
}

/** Each user once, with the participant that he is. */
function remindedUsers(meeting: Meeting, attendees: Attendees): Map<string, string> {
  const users = new Map([[meeting.organizerId, organizerParticipantId]]);
  for (const { id } of meeting.participants) {
    const user = attendees.get(id);
    if (user && !users.has(user.id)) users.set(user.id, id);
  }
  return users;
}
