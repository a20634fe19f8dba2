import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { enter } from './guest.ts';
import type { Made, Stage, Story } from './stage.ts';

/** Names a secret that the service's settings refer to. */
export const turnSecret = '/meetings/turn-secret';

let names = 0;

const publicRoom = ({ service }: Stage) => {
  names += 1;
  return `${service.url}/c/Tour-${process.pid}-${names}`;
};
const soon = () => Date.now() + 60_000;

/** A secret is read once per worker: what reads it anew is one that was just started. */
function startAnew({ service }: Stage, functionName: string): void {
  writeFileSync(join(service.stateDirectory, 'secrets.json'), JSON.stringify({ [turnSecret]: 'north' }));
  service.faults.order({ service: 'dynamodb', functionName, kind: 'crashBefore', count: 1 });
}

/** Rooms, as far as the service is in them. */
export const roomStories: readonly Story[] = [
  {
    name: 'two meet in a public room, and one goes',
    tell: async (stage) => {
      const url = publicRoom(stage);
      const ana = await enter(stage, url);
      const { you } = await ana.hears('joined');
      const ben = await enter(stage, url);
      await ben.hears('joined');
      ben.say({ action: 'signal', to: you.id, data: { call: 'one' } });
      ben.say({ action: 'chat', text: 'Hello' });
      await ana.hears('chat');
      ben.leave();
      await ana.hears('left');
      ana.say({ action: 'ping' });
      await ana.hears('pong');
      ana.leave();
    },
  },
  {
    name: 'somebody leaves their seat for good',
    tell: async (stage) => {
      const url = publicRoom(stage);
      const [ana, ben] = [await enter(stage, url), await enter(stage, url)];
      await Promise.all([ana.hears('joined'), ben.hears('joined')]);
      ben.say({ action: 'leave' });
      await ana.hears('left');
      ana.leave();
    },
  },
  {
    name: 'a host admits who waits, ends the conference, and reads who was there',
    tell: async (stage) => {
      const organizer = stage.visitor('meetings');
      const { id, url } = await organizer.schedule({ validSince: soon(), lobby: true });
      const { token } = await organizer.call<{ token: string }>(201, 'POST', `/meetings/${id}/host-token`);
      const host = await enter(stage, url, { host: token });
      await host.hears('joined');
      const guest = await enter(stage, url);
      host.say({ action: 'admit', id: (await host.hears('knocking')).id });
      await guest.hears('joined');
      host.say({ action: 'end' });
      await guest.hears('ended');
      const { organizer: seen, others } = await organizer.call<{
        organizer: { visits: unknown[] };
        others: { name: string }[];
      }>(200, 'GET', `/meetings/${id}/attendance`);
      if (seen.visits.length !== 1 || others.map(({ name }) => name).join() !== 'Guest')
        throw new Error(`Attended by ${JSON.stringify({ seen, others })}`);
    },
  },
  {
    name: 'who waits before the door goes again',
    tell: async (stage) => {
      const organizer = stage.visitor('meetings');
      const { id, url } = await organizer.schedule({ validSince: soon(), lobby: true });
      const { token } = await organizer.call<{ token: string }>(201, 'POST', `/meetings/${id}/host-token`);
      const host = await enter(stage, url, { host: token });
      const guest = await enter(stage, url);
      await host.hears('knocking');
      guest.leave();
      await host.hears('knockGone');
      host.leave();
    },
  },
  {
    name: 'a room is moved with its meeting, and ends when that is cancelled',
    tell: async (stage) => {
      const organizer = stage.visitor('meetings');
      const { id, url } = await organizer.schedule({ validSince: soon() });
      const guest = await enter(stage, url);
      await guest.hears('joined');
      const clock = () => stage.service.schedules().find(({ Name }) => Name === `${id}-end`)?.ScheduleExpression;
      const before = await stage.until('the clock of the room', clock);
      const validUntil = new Date(Date.now() + 7_200_000).toISOString();
      await organizer.call(200, 'PATCH', `/meetings/${id}`, { validUntil });
      await guest.hears('ending');
      await stage.until('the clock moved', () => clock() !== before);
      await organizer.call(204, 'DELETE', `/meetings/${id}`);
      await guest.hears('ended');
    },
  },
  {
    name: 'who comes before a room has followed its meeting moves its clock',
    alone: true,
    tell: async (stage) => {
      const organizer = stage.visitor('meetings');
      const { id, url } = await organizer.schedule({ validSince: soon() });
      const ana = await enter(stage, url);
      await ana.hears('joined');
      const clock = () => stage.service.schedules().find(({ Name }) => Name === `${id}-end`)?.ScheduleExpression;
      const before = await stage.until('the clock of the room', clock);
      const slow = { service: 'dynamodb', functionName: 'OnMeetingChanged', kind: 'slow', ms: 8_000 } as const;
      const goOn = stage.service.faults.order(slow);
      const validUntil = new Date(Date.now() + 7_200_000).toISOString();
      await organizer.call(200, 'PATCH', `/meetings/${id}`, { validUntil });
      const ben = await enter(stage, url);
      await stage.until('the clock moved', () => clock() !== before).finally(goOn);
      await ben.hears('joined');
      for (const guest of [ana, ben]) guest.leave();
    },
  },
  {
    name: 'a room is told that its end is near',
    tell: async (stage) => {
      const { url, id } = await stage
        .visitor('meetings')
        .schedule({ validSince: soon(), validUntil: soon() + 120_000 });
      const guest = await enter(stage, url);
      await guest.hears('joined');
      await stage.until('its clock', () => stage.service.schedules().find(({ Name }) => Name === `${id}-end`));
      stage.service.fire(`${id}-end`);
      await guest.hears('ending');
      guest.leave();
    },
  },
  {
    name: 'a room ends when its time is over',
    tell: async (stage) => {
      const organizer = stage.visitor('meetings');
      const guest = await enterBeforeEnd(stage, (milliseconds) =>
        organizer.schedule({ validSince: Date.now() - 60_000, validUntil: Date.now() + milliseconds }),
      );
      await guest.hears('ended');
    },
  },
  ...['OnSessionRegistered', 'OnSignal'].map(
    (functionName): Story => ({
      name: `${functionName} reads the secret of the TURN servers when it starts`,
      alone: true,
      readsAnew: functionName,
      tell: async (stage) => {
        const organizer = stage.visitor('meetings');
        const { id, url } = await organizer.schedule({ validSince: soon(), lobby: true });
        const { token } = await organizer.call<{ token: string }>(201, 'POST', `/meetings/${id}/host-token`);
        if (functionName === 'OnSessionRegistered') startAnew(stage, functionName);
        const host = await enterAgain(stage, url, { host: token });
        const guest = await enter(stage, url);
        const { id: knock } = await host.hears('knocking');
        if (functionName === 'OnSignal') startAnew(stage, functionName);
        for (const _ of [1, 2]) host.say({ action: 'admit', id: knock });
        const { iceServers } = await guest.hears('joined');
        if (iceServers.every(({ credential }) => credential === undefined)) throw new Error('There is no credential');
        for (const one of [host, guest]) one.leave();
      },
    }),
  ),
];

/** Joins; once more where the function died in the midst of it. */
async function enterAgain(stage: Stage, url: string, fields: object) {
  const host = await enter(stage, url, fields);
  host.say({ action: 'join', name: 'Guest', camera: true, microphone: true, ...fields });
  await host.hears('joined');
  return host;
}

/** However slow the machine is: a room that was over before anyone came gets another that lasts longer. */
async function enterBeforeEnd(stage: Stage, schedule: (milliseconds: number) => Promise<Made>) {
  for (let milliseconds = 2_000; ; milliseconds *= 2) {
    const { url } = await schedule(milliseconds);
    try {
      const guest = await enter(stage, url);
      await guest.hears('joined');
      return guest;
    } catch (error) {
      if (milliseconds > 16_000 || stage.refusals.length > 0) throw error;
    }
  }
}
