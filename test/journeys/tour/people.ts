import type { Made, Stage, Story } from './stage.ts';

const deletions = ({ service }: Stage) => service.calls.count({ service: 'sns', action: 'DeleteEndpoint' });

/** Users and their devices. */
export const peopleStories: readonly Story[] = [
  {
    name: 'a user says who they are',
    tell: async ({ visitor }) => {
      const user = visitor();
      await user.call(200, 'GET', '/users/me');
      await user.call(200, 'PATCH', '/users/me', { alias: `alias-${user.id}`.slice(-40), language: 'es' });
    },
  },
  {
    name: 'an admin looks users up, and enters one',
    tell: async ({ visitor }) => {
      const [admin, user] = [visitor('admin'), visitor()];
      await user.call(200, 'GET', '/users/me');
      const { users } = await admin.call<{ users: unknown[] }>(200, 'GET', `/users?email=${user.email}`);
      if (users.length !== 1) throw new Error(`${users.length} users are listed`);
      await admin.call(200, 'GET', `/users/${user.id}`);
      await admin.call(200, 'PUT', `/users/${user.id}`, { capabilities: ['meetings'] });
    },
  },
  {
    name: 'a device gets another token, another owner, and goes',
    tell: async ({ visitor }) => {
      const [owner, next] = [visitor(), visitor()];
      const device = (token: string) => ({ platform: 'fcm', token: `${token}-${owner.id}` });
      await owner.call(200, 'PUT', '/users/me/devices/phone', device('one'));
      await owner.call(200, 'PUT', '/users/me/devices/phone', device('two'));
      await next.call(200, 'PUT', '/users/me/devices/phone', device('two'));
      await next.call(200, 'GET', '/users/me/devices');
      await next.call(204, 'DELETE', '/users/me/devices/phone');
    },
  },
  {
    name: 'a meeting that names a user who was deleted goes on without them',
    tell: async ({ visitor, until }) => {
      const [admin, organizer, user] = [visitor('admin'), visitor('meetings'), visitor()];
      await user.call(200, 'GET', '/users/me');
      await admin.call(204, 'DELETE', `/users/${user.id}`);
      const { id } = await organizer.schedule({ participants: [{ userId: user.id }] });
      await until('the meeting without them', async () => {
        return (await organizer.call<Made>(200, 'GET', `/meetings/${id}`)).participants.length === 0;
      });
    },
  },
  {
    name: 'a user is deleted, and gone from everything',
    tell: async (stage) => {
      const [admin, organizer, user] = [stage.visitor('admin'), stage.visitor('meetings'), stage.visitor('meetings')];
      const token = `token-of-${user.id}`;
      const before = deletions(stage);
      await user.call(200, 'PUT', '/users/me/devices/phone', { platform: 'fcm', token });
      const theirs = await user.schedule({ validSince: Date.now() + 300_000 });
      const hers = await organizer.schedule({ participants: [{ email: user.email }] });
      await stage.until('a push, and the meeting in their listing', async () => {
        const { meetings } = await user.call<{ meetings: Made[] }>(200, 'GET', '/meetings');
        return meetings.length === 2 && stage.service.pushes().some((push) => push.token === token);
      });
      await admin.call(204, 'DELETE', `/users/${user.id}`);
      await stage.until('their meeting cancelled, hers without them, and SNS without their device', async () => {
        const shown = await organizer.call<Made>(200, 'GET', `/meetings/${hers.id}`);
        const own = await admin.call<Made>(200, 'GET', `/meetings/${theirs.id}`);
        return shown.participants.length === 0 && own.status === 'cancelled' && deletions(stage) > before;
      });
    },
  },
];
