import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Inbox } from '../../../infra/local/inbox/inbox.ts';
import { createInboxPages } from '../../../infra/local/inbox/inboxPages.ts';
import { type LocalService, startLocalService } from '../../../infra/local/localService.ts';
import { callAs } from '../../../infra/run/demo/call.ts';
import { meetingsInbox } from '../../../infra/run/inbox/meetingsInbox.ts';
import { testDeployment } from '../../bundles.ts';

let directory: string;
let service: LocalService;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'local-inbox-'));
  const meetings = { mailIdentity: 'Meetings <meetings@example.org>', inviteMechanisms: ['email'], remindBefore: 10 };
  service = await startLocalService({
    stateDirectory: directory,
    deployment: await testDeployment(meetings),
    pages: createInboxPages(meetingsInbox),
  });
});

afterAll(async () => {
  await service.stop();
  rmSync(directory, { recursive: true });
});

async function inbox(): Promise<Inbox> {
  return (await fetch(`${service.url}/_local/state`)).json() as Promise<Inbox>;
}

test('a meeting that is scheduled shows with its mail, its reminder and the calls that it took', async () => {
  const validSince = Date.now() + 3_600_000;
  const participants = [{ name: 'Ana', email: 'ana@example.org' }];
  const { json } = await callAs<{ id: string; url: string }>(service, 'alice', 'POST', '/meetings', {
    ...{ name: 'Planning', validSince, participants },
  });

  await vi.waitFor(
    async () => {
      const { mails, deliveries, schedules } = await inbox();
      const sent = mails.items.map(({ to, meetingId, method }) => [to, meetingId, method]).sort();
      expect(sent).toEqual([
        ['Alice <alice@example.org>', json.id, 'REQUEST'],
        ['Ana <ana@example.org>', json.id, 'REQUEST'],
      ]);
      const states = deliveries.items.map(({ person, channel, state }) => [person, channel, state]).sort();
      expect(states).toEqual([
        ['Ana', 'email', 'sent'],
        ['alice', 'email', 'sent'],
      ]);
      expect(schedules.items).toMatchObject([{ target: expect.stringMatching(/ReminderDue/), meetingId: json.id }]);
    },
    { timeout: 15_000, interval: 100 },
  );
  const { meetings, functions, denied, logs, mails } = await inbox();
  expect(meetings.items).toMatchObject([{ id: json.id, url: json.url, organizer: 'alice' }]);
  expect(functions.items.map(({ name }) => name)).toContain('DeliverEmail');
  expect(denied.total).toBe(0);
  expect(logs.total).toBeGreaterThan(0);

  const mailOf = (id: string | undefined) => service.mails().find(({ messageId }) => messageId === id)?.raw;
  const eml = await fetch(`${service.url}/_local/mails/${mails.items[0]?.id}.eml`);
  expect(Buffer.from(await eml.arrayBuffer()).equals(mailOf(mails.items[0]?.id) ?? Buffer.alloc(0))).toBe(true);
});

test('another host than this machine is turned away', async () => {
  const statusFor = (host: string) =>
    new Promise((resolve, reject) => {
      request(`${service.url}/_local/state`, { headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });

  expect(await statusFor(new URL(service.url).host)).toBe(200);
  expect(await statusFor('inbox.example.org')).toBe(403);
});
