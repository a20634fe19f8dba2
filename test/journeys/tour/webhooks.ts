import type { Made, Stage, Story } from './stage.ts';

interface Attempted {
  readonly events: readonly { readonly type: string; readonly attempts: readonly object[] }[];
}

const hooks = { url: 'https://hooks.example.org/meetings' };
const scheduleOf = ({ service }: Stage, { id }: Made) => service.schedules().find(({ Name }) => Name === id);

/** Webhooks, and what is told through them. Nobody answers at their address: each attempt is kept all the same. */
export const webhookStories: readonly Story[] = [
  {
    name: 'an admin has a system told of meetings, tries it, and takes it away',
    tell: async (stage) => {
      const [admin, organizer] = [stage.visitor('admin'), stage.visitor('meetings')];
      const events = ['meeting.scheduled', 'meeting.changed'];
      const { id } = await admin.call<{ id: string }>(201, 'POST', '/webhooks', { ...hooks, events });
      const { webhooks } = await admin.call<{ webhooks: { id: string }[] }>(200, 'GET', '/webhooks');
      if (!webhooks.some((webhook) => webhook.id === id)) throw new Error(`It is not in ${JSON.stringify(webhooks)}`);
      await admin.call(200, 'PATCH', `/webhooks/${id}`, { events: ['meeting.scheduled'] });
      await admin.call(200, 'POST', `/webhooks/${id}/test`);
      await organizer.schedule();
      const attempts = `/webhooks/${id}/attempts`;
      await stage.until('an attempt', async () => {
        const { events } = await admin.call<Attempted>(200, 'GET', attempts);
        return events.some((event) => event.attempts.length > 0);
      });
      await admin.call(204, 'DELETE', `/webhooks/${id}`);
    },
  },
  {
    name: 'a system is told when a meeting begins, at once, and its end is waited for',
    tell: async (stage) => {
      const [admin, organizer] = [stage.visitor('admin'), stage.visitor('meetings')];
      const events = ['meeting.started', 'meeting.ended'];
      const { id } = await admin.call<{ id: string }>(201, 'POST', '/webhooks', { ...hooks, events });
      const meeting = await organizer.schedule({ validSince: Date.now() + 6_000 });
      const atStart = await stage.until('the schedule of its start', () => scheduleOf(stage, meeting));
      await stage.until('the event', async () => {
        const { events } = await admin.call<Attempted>(200, 'GET', `/webhooks/${id}/attempts`);
        return events.some(({ type }) => type === 'meeting.started');
      });
      await stage.until('the schedule moved to its end', () => {
        return scheduleOf(stage, meeting)?.ScheduleExpression !== atStart.ScheduleExpression;
      });
      await organizer.call(204, 'DELETE', `/meetings/${meeting.id}`);
      await admin.call(204, 'DELETE', `/webhooks/${id}`);
    },
  },
];
