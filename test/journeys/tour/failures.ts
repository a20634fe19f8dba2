import { enter } from './guest.ts';
import type { Stage, Story } from './stage.ts';

/** What fails for good waits for a person in a queue of its own. */
export const failureStories: readonly Story[] = [
  {
    name: 'a reminder that cannot be planned',
    alone: true,
    tell: async (stage) => {
      const { id } = await stage.visitor('meetings').schedule();
      await stage.until('the schedule', () => stage.service.schedules().find(({ Name }) => Name === id));
      const mend = crashing(stage, 'OnReminderDue');
      stage.service.fire(id);
      await givenUp(stage, 'ReminderFailures', id).finally(mend);
    },
  },
  {
    name: 'a room’s clock that cannot be followed',
    alone: true,
    tell: async (stage) => {
      const { id, url } = await stage.visitor('meetings').schedule({ validSince: Date.now() + 60_000 });
      const guest = await enter(stage, url);
      await guest.hears('joined');
      guest.leave();
      await stage.until('its clock', () => stage.service.schedules().find(({ Name }) => Name === `${id}-end`));
      const mend = crashing(stage, 'OnRoomDue');
      stage.service.fire(`${id}-end`);
      await givenUp(stage, 'RoomFailures', id).finally(mend);
    },
  },
  {
    name: 'what SES says of a mail, and cannot be kept',
    alone: true,
    tell: async (stage) => {
      const mend = crashing(stage, 'OnMailEvent');
      const participants = [{ email: 'success@simulator.amazonses.com' }];
      const { id } = await stage.visitor('meetings').schedule({ participants, sendInvitations: true });
      await givenUp(stage, 'MailEventFailures', id).finally(mend);
    },
  },
  {
    name: 'a meeting that cannot be followed',
    alone: true,
    tell: async (stage) => {
      const mend = refusing(stage, 'OnMeetingChanged');
      const before = stage.service.messages('MeetingChangeFailures').length;
      await stage.visitor('meetings').schedule();
      await stage
        .until('the record given up', () => stage.service.messages('MeetingChangeFailures').length > before)
        .finally(mend);
    },
  },
  {
    name: 'a user who cannot be removed',
    alone: true,
    tell: async (stage) => {
      const [admin, user] = [stage.visitor('admin'), stage.visitor()];
      await user.call(200, 'GET', '/users/me');
      const mend = refusing(stage, 'OnUserChanged');
      const before = stage.service.messages('UserChangeFailures').length;
      await admin.call(204, 'DELETE', `/users/${user.id}`);
      await stage
        .until('the record given up', () => stage.service.messages('UserChangeFailures').length > before)
        .finally(mend);
    },
  },
];

/** Has a function die at its first call. */
function crashing({ service }: Stage, functionName: string): () => void {
  return service.faults.order({ service: 'dynamodb', functionName, kind: 'crashBefore' });
}

/** Has a function be refused what it reads: an answer that it does not wait upon. */
function refusing({ service }: Stage, functionName: string): () => void {
  return service.faults.order({
    service: 'dynamodb',
    action: 'GetItem',
    functionName,
    kind: 'denied',
  });
}

function givenUp({ service, until }: Stage, queue: string, about: string) {
  return until(`a message in ${queue}`, () => service.messages(queue).find(({ body }) => body.includes(about)));
}
