import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ReadCalendar } from '../../infra/local/inbox/readCalendar.ts';
import { readInvitation } from '../../infra/run/demo/readInvitation.ts';
import { catchLog, type LogLines } from '../logLines.ts';
import { type Claims, root } from '../service.ts';
import { startWorld, type World } from './world.ts';

let world: World;
let lines: LogLines;

beforeAll(async () => {
  world = await startWorld({ inviteMechanisms: ['email'] });
});

beforeEach(() => {
  lines = catchLog();
});

afterEach(() => lines.stop());

afterAll(() => world.stop());

let organizers = 0;

interface Scheduled {
  readonly id: string;
  readonly organizer: Claims;
  readonly participants: readonly { readonly email: string }[];
}

/** A meeting of somebody new, to which three were invited. */
async function scheduled(): Promise<Scheduled> {
  organizers += 1;
  const organizer = {
    sub: `organizer-${organizers}`,
    'cognito:username': `carl-${organizers}`,
    email: `carl-${organizers}@example.org`,
    email_verified: 'true',
    'cognito:groups': '[meetings]',
  };
  const participants = ['ana', 'ben', 'eva'].map((name) => ({ email: `${name}-${organizers}@example.org` }));
  const body = { name: 'Planning', validSince: Date.now() + 3_600_000, participants };
  const answer = await world.call('createMeeting', { claims: organizer, body });
  await world.follow('meetings');
  await world.deliver();
  return { id: answer?.body.id, organizer, participants };
}

const deleted = async ({ organizer }: Scheduled) => {
  await world.call('deleteUser', { claims: root, path: { id: String(organizer.sub) } });
  await world.follow('users');
};

async function calendarsOf({ id }: Scheduled, { email }: { readonly email: string }): Promise<ReadCalendar[]> {
  const mails = world.aws.mailbox.mails().filter(({ destinations }) => destinations.includes(email));
  const read = await Promise.all(mails.map(({ raw }) => readInvitation(raw)));
  return read.flatMap(({ calendar }) => (calendar?.uid.startsWith(id) ? [calendar] : []));
}

/** What calendar programs are to take for the organizer's own word, and take the event out by. */
async function expectCancelled(meeting: Scheduled): Promise<void> {
  for (const person of meeting.participants) {
    const calendars = await calendarsOf(meeting, person);

    expect(
      calendars.map(({ method }) => method),
      person.email,
    ).toEqual(['REQUEST', 'CANCEL']);
    expect(new Set(calendars.map(({ uid }) => uid)).size).toBe(1);
    expect(calendars.map(({ organizer }) => organizer)).toEqual([0, 1].map(() => `mailto:${meeting.organizer.email}`));
    expect(calendars[1]?.sequence).toBeGreaterThan(calendars[0]?.sequence ?? 9);
  }
}

async function expectErased({ organizer }: Scheduled): Promise<void> {
  const { Items = [] } = await world.service.table.documents.send(
    new ScanCommand({ TableName: world.service.table.name, ConsistentRead: true }),
  );

  expect(Items.filter((item) => JSON.stringify(item).includes(`${organizer.email}`))).toEqual([]);
}

describe('a meeting whose organizer is deleted', () => {
  test('is cancelled in the name in which it invited, and their address is gone from the table before', async () => {
    const meeting = await scheduled();
    await deleted(meeting);
    await world.follow('meetings');
    await expectErased(meeting);
    await world.follow('meetings', { again: true });
    await world.deliver();

    await expectCancelled(meeting);
  });

  test('goes on with the cancellations that they had caused themselves', async () => {
    const meeting = await scheduled();
    const about = { claims: meeting.organizer, path: { id: meeting.id } };
    await world.call('patchMeeting', { ...about, body: { participants: meeting.participants.slice(1) } });
    await world.follow('meetings');
    await world.call('cancelMeeting', about);
    await world.follow('meetings');
    await deleted(meeting);
    await world.follow('meetings');
    await expectErased(meeting);
    await world.deliver();

    await expectCancelled(meeting);
  });

  test('is cancelled so where they have another address by now', async () => {
    const meeting = await scheduled();
    const claims = { ...meeting.organizer, email: 'elsewhere@example.org' };
    await world.call('cancelMeeting', { claims, path: { id: meeting.id } });
    await world.follow('meetings');
    await world.deliver();

    await expectCancelled(meeting);
  });
});
