import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { callAs } from '../../infra/run/demo/call.ts';
import { readInvitation } from '../../infra/run/demo/readInvitation.ts';
import type { ShownMeeting } from '../journeys/journey.ts';
import { ConsoleStage } from './consoleStage.ts';
import { expectSound } from './expectSound.ts';
import { join, newPerson, sayings } from './people.ts';

/** What whoever manages a meeting, or the service, sees and does on the console. */
const stage = new ConsoleStage();

const newPage = async () => await (await newPerson(stage.browser, { locale: 'en-GB' })).newPage();

describe('who came', () => {
  test('is shown while the meeting is on, by their links and by the names they gave, and saved as a file', async () => {
    const { json } = await callAs<ShownMeeting>(stage.service, 'alice', 'POST', '/meetings', {
      name: 'Stand-up',
      participants: [
        { name: 'Bea', email: 'bea@example.org' },
        { name: 'Cai', email: 'cai@example.org' },
      ],
      validSince: Date.now() - 60_000,
    });
    const alice = await stage.person('Alice', { locale: 'en-GB' }, `/meetings/${json.id}`);
    const came = alice.getByRole('region', { name: /^Who came/ });
    await came.getByText('Nobody has been in the room yet.').waitFor();
    await came.getByText('0 of 2 invited', { exact: true }).waitFor();

    const mailed = () => stage.service.mails().find(({ destinations }) => destinations.includes('bea@example.org'));
    await expect.poll(mailed).toBeDefined();
    const { text } = await readInvitation(mailed()?.raw ?? Buffer.alloc(0));
    const link = /^Join: (\S+)$/m.exec(text)?.[1] ?? '';
    const [bea, stranger] = [await newPage(), await newPage()];
    await join(bea, link, 'Beatrix');
    await bea.getByText('You are the only one here').waitFor();
    await join(stranger, json.url, 'Walk-in');
    const row = (name: string) => came.getByRole('row').filter({ hasText: name });
    await row('Walk-in').getByText('by the name they gave').waitFor();
    await row('Bea')
      .getByText(/^since \d\d:\d\d here now$/)
      .waitFor();
    await row('Bea').getByText('less than a minute').waitFor();
    expect(await row('Bea').getByText('bea@example.org').count()).toBe(1);
    await came.getByText('1 of 2 invited · 1 other', { exact: true }).waitFor();
    await came.getByText('Not seen by their own link').waitFor();
    await came.getByRole('listitem').filter({ hasText: 'Cai' }).waitFor();
    await came.scrollIntoViewIfNeeded();
    await expectSound(alice, 'console-came');

    await bea.getByRole('button', { name: 'Leave' }).first().click();
    await row('Bea')
      .getByText(/^\d\d:\d\d – \d\d:\d\d$/)
      .waitFor();

    const saving = alice.waitForEvent('download');
    await came.getByRole('button', { name: 'Download CSV' }).click();
    const file = await saving;
    expect(file.suggestedFilename()).toBe('attendance.csv');
    const [head, ...lines] = readFileSync(await file.path(), 'utf8').split('\r\n');
    expect(head).toBe('\uFEFFkind,id,name,email,phone,seen,from,until,seconds');
    expect(
      lines.map((line) =>
        line
          .replace(/,participant,|(?<=participant),[^,]+/, '')
          .split(',')
          .slice(0, 3),
      ),
    ).toEqual(
      expect.arrayContaining([
        ['participant', 'Bea', 'bea@example.org'],
        ['participant', 'Cai', 'cai@example.org'],
      ]),
    );
    expect(lines.filter((line) => line.startsWith('other,,Walk-in,,,yes,'))).toHaveLength(1);
  });

  test('is said not to be known where the service does not know', async () => {
    const { json } = await callAs<ShownMeeting>(stage.service, 'alice', 'POST', '/meetings', {
      name: 'Unseen',
      participants: [{ email: 'bea@example.org' }],
      validSince: Date.now() - 60_000,
    });
    const alice = await stage.person('Alice', { locale: 'en-GB' });
    let asked = 0;
    await alice.route(`**/meetings/${json.id}/attendance`, (route) => {
      asked++;
      return route.fulfill({
        status: 404,
        headers: { 'access-control-allow-origin': stage.origin },
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'attendance-unavailable', detail: 'This service keeps no attendance.' }),
      });
    });
    await alice.goto(`${stage.origin}/meetings/${json.id}`);
    const came = alice.getByRole('region', { name: 'Who came' });
    await came
      .getByText(
        'Who came is not known: this service keeps no attendance, or its conferences are held by a server that does not tell.',
      )
      .waitFor();
    expect(await came.getByRole('button').count()).toBe(0);
    expect(asked).toBeGreaterThan(0);
  });
});

describe('co-hosts', () => {
  test('are chosen from the directory, start the meeting, and manage it where it says so', async () => {
    await callAs(stage.service, 'bob', 'GET', '/users/me');
    const alice = await stage.person('Alice', { locale: 'en-GB' }, '/schedule');
    await alice.getByLabel('Name', { exact: true }).fill('Led by two');
    await alice.getByLabel('People to invite').fill('Cai <cai@example.org>');
    await alice.getByLabel('Users of this service').fill('bo');
    await alice.getByRole('button', { name: 'Invite Bob' }).click();
    await alice.getByRole('checkbox', { name: 'Co-host: Bob' }).check();
    await alice.getByRole('checkbox', { name: 'Co-host: Bob' }).scrollIntoViewIfNeeded();
    await expectSound(alice, 'console-cohost-form');
    await alice.getByRole('button', { name: 'Schedule and invite' }).click();
    await alice.getByRole('heading', { name: 'Led by two' }).waitFor();
    const row = (name: string) => alice.getByRole('row').filter({ hasText: name });
    await row('Bob').getByText('Co-host', { exact: true }).waitFor();
    expect(await row('Cai').getByText('Co-host').count()).toBe(0);

    const address = alice.url();
    const id = address.split('/').at(-1) ?? '';
    const bob = await stage.person('Bob', { locale: 'en-GB' }, `/meetings/${id}`);
    await bob.getByText('You are a co-host of this meeting.').waitFor();
    expect(await bob.getByRole('link', { name: 'Join' }).count()).toBe(0);
    await expectSound(bob, 'console-cohost');
    await bob.getByRole('button', { name: 'Start as host' }).click();
    const { json: made } = await callAs<ShownMeeting>(stage.service, 'alice', 'GET', `/meetings/${id}`);
    await bob.waitForURL(`${new URL(made.url).origin}/**`);
    await bob.getByRole('heading', { name: 'Led by two' }).waitFor();
    expect(bob.url().split('#')[0]).toBe(made.url);

    await alice.getByRole('link', { name: 'Change' }).click();
    await alice.getByLabel('Co-hosts manage the meeting as its organizer does').check();
    await alice.getByText('Nobody: what you changed is in no invitation.').waitFor();
    await alice.getByRole('button', { name: 'Save changes' }).click();
    await alice.getByText('Co-hosts manage it').waitFor();
    await alice.getByRole('link', { name: 'Change' }).click();
    await alice.getByRole('checkbox', { name: 'Co-host: Bob' }).uncheck();
    await alice.getByRole('button', { name: 'Save changes' }).click();
    await alice.waitForURL(address);
    await row('Bob').waitFor();
    await expect.poll(() => row('Bob').getByText('Co-host', { exact: true }).count()).toBe(0);
    const { json } = await callAs<Record<string, unknown>>(stage.service, 'alice', 'GET', `/meetings/${id}`);
    expect(json).toMatchObject({ cohostsManage: true, participants: [{ name: 'Cai' }, { name: 'Bob' }] });
    expect(JSON.stringify(json)).not.toContain('"role":"cohost"');
  });
});

describe('one person', () => {
  test('is added and taken off on the meeting’s screen, who alone is told', async () => {
    const { json } = await callAs<ShownMeeting>(stage.service, 'alice', 'POST', '/meetings', {
      name: 'Few',
      participants: [{ name: 'Flo', email: 'flo@example.org' }],
      validSince: Date.now() + 3_600_000,
    });
    const mails = (address: string) =>
      stage.service
        .mails()
        .filter(({ destinations, tags }) => destinations.includes(address) && tags.meeting === json.id).length;
    const alice = await stage.person('Alice', { locale: 'en-GB' }, `/meetings/${json.id}`);
    await alice.getByRole('button', { name: 'Add a person' }).click();
    const form = alice.getByRole('form', { name: 'Add a person' });
    await form.getByText('They get an invitation. Nobody else is told.').waitFor();
    const add = form.getByRole('button', { name: 'Add', exact: true });
    await add.click();
    await form.getByText('Please give a mail address or a phone number.').waitFor();
    expect(await alice.evaluate(() => document.activeElement?.id)).toBe('add-email');
    await form.getByLabel('Mail address', { exact: true }).fill('gil');
    await add.click();
    await form.getByText('This is no mail address.').waitFor();
    await form.getByLabel('Mail address', { exact: true }).fill('');
    await form.getByLabel('Phone', { exact: true }).fill('+34 123 000 000');
    await add.click();
    await form.getByText('No phone of that country can have this number.').waitFor();
    await expectSound(alice, 'console-add');
    await form.getByLabel('Phone', { exact: true }).fill('');
    await form.getByLabel('Name (optional)').fill('Gil');
    await form.getByLabel('Mail address', { exact: true }).fill('gil@example.org');
    await add.click();
    await expect.poll(() => sayings(alice)).toContain('Added. The invitation is on its way.');
    const row = (name: string) => alice.getByRole('row').filter({ hasText: name });
    await row('Gil')
      .getByText(/^Mail: delivered/)
      .waitFor();
    await form.getByLabel('Mail address', { exact: true }).fill('Gil@example.org');
    await add.click();
    await expect.poll(() => sayings(alice)).toContain('They are in the meeting already.');
    await form.getByRole('button', { name: 'Close' }).click();

    await alice.getByRole('button', { name: 'Take off Gil' }).click();
    const dialog = alice.getByRole('dialog', { name: 'Take off “Gil”?' });
    await dialog.getByText('They get a cancellation. Nobody else is told.').waitFor();
    await dialog.getByRole('button', { name: 'Take off' }).click();
    await row('Gil').waitFor({ state: 'detached' });
    await expect.poll(() => alice.evaluate(() => document.activeElement?.id)).toBe('people-title');
    await expect.poll(() => mails('gil@example.org')).toBe(2);
    expect(mails('flo@example.org')).toBe(1);

    // Somebody else was faster.
    await alice.getByRole('button', { name: 'Take off Flo' }).click();
    await callAs(stage.service, 'alice', 'DELETE', `/meetings/${json.id}/participants/${json.participants[0]?.id}`);
    await alice.getByRole('dialog').getByRole('button', { name: 'Take off' }).click();
    await alice.getByText('They are in the meeting no more.').waitFor();
  });
});

describe('webhooks', () => {
  test('are made with events chosen, tested, given a new secret, turned off and on, and deleted', async () => {
    const alice = await stage.person('Alice', { locale: 'en-GB' });
    await alice.getByRole('link', { name: 'Webhooks' }).click();
    await alice.getByText('No other system is told of anything.').waitFor();
    const add = alice.getByRole('button', { name: 'Add a webhook' });
    await add.click();
    await alice.getByText('Please fill this in.').waitFor();
    expect(await alice.evaluate(() => document.activeElement?.id)).toBe('webhook-url');
    await alice.getByLabel('Address').fill('http://hooks.invalid/meetings');
    await add.click();
    await alice.getByText(/^This must be an https address that can be reached from the internet/).waitFor();
    await expectSound(alice, 'console-webhooks-refused');
    await alice.getByLabel('Address').fill('https://hooks.invalid/meetings');
    await alice.getByLabel('A reminder is due').uncheck();
    await alice.getByLabel('Note (optional)').fill('The intranet');
    await add.click();
    const secret = alice.getByLabel(/^The receiver checks with it/);
    await secret.waitFor();
    expect(await alice.evaluate(() => document.activeElement?.id)).toBe('webhook-secret-title');
    const first = await secret.inputValue();
    expect(first).toMatch(/^whsec_[A-Za-z0-9+/]+=*$/);
    await alice.getByRole('button', { name: 'Copy the secret' }).click();
    await expect.poll(() => sayings(alice)).toContain('Secret copied');
    expect(await alice.evaluate(() => navigator.clipboard.readText())).toBe(first);
    await expectSound(alice, 'console-webhooks');
    const { json } = await callAs<{ webhooks: { id: string; events: string[] }[] }>(
      stage.service,
      'alice',
      'GET',
      '/webhooks',
    );
    expect(json.webhooks).toMatchObject([{ url: 'https://hooks.invalid/meetings', description: 'The intranet' }]);
    expect(json.webhooks[0]?.events).toHaveLength(7);
    expect(json.webhooks[0]?.events).not.toContain('reminder.due');

    await alice.getByRole('link', { name: 'https://hooks.invalid/meetings' }).click();
    await alice.getByRole('heading', { name: 'What it was told' }).waitFor();
    expect(await alice.getByText(first).count(), 'it is shown once').toBe(0);
    await alice.getByRole('button', { name: 'Test' }).click();
    await alice
      .getByRole('status')
      .getByText('The receiver did not take the test. The name in the address leads nowhere.')
      .waitFor();

    // No receiver of a test can be called here: what one answers is said as the API would.
    await alice.route('**/webhooks/*/test', (route) =>
      route.fulfill({
        headers: { 'access-control-allow-origin': stage.origin },
        json: { id: 'test-1', told: true, milliseconds: 120, status: 204 },
      }),
    );
    await alice.getByRole('button', { name: 'Test' }).click();
    await alice.getByRole('status').getByText('The receiver took the test. Answer: 204, after 120 ms.').waitFor();

    await callAs(stage.service, 'alice', 'POST', '/meetings', {
      name: 'Told of',
      participants: [{ email: 'ida@example.org' }],
      validSince: Date.now() + 3_600_000,
    });
    const told = alice.getByRole('region', { name: 'What it was told' });
    await told.getByText('A meeting is scheduled', { exact: true }).waitFor();
    await told
      .getByText(/^\d\d:\d\d: The name in the address leads nowhere\.$/)
      .first()
      .waitFor();
    // While it fails, the page says so by itself.
    await alice.getByText(/^Nothing reaches the receiver since /).waitFor();
    await told.scrollIntoViewIfNeeded();
    await expectSound(alice, 'console-webhook');

    await alice.getByRole('button', { name: 'New secret' }).click();
    const dialog = alice.getByRole('dialog', { name: 'Make a new secret?' });
    await dialog
      .getByText('For 24 hours events are signed with both: give the receiver the new one in that time.')
      .waitFor();
    await dialog.getByRole('button', { name: 'New secret' }).click();
    await secret.waitFor();
    expect(await secret.inputValue()).not.toBe(first);
    await alice.getByText(/^Secret made on .* Used until .*\.$/).waitFor();

    const state = alice.getByRole('region', { name: 'State' });
    await state.getByRole('button', { name: 'Turn off' }).click();
    await state.getByText('Off', { exact: true }).waitFor();
    await state.getByRole('button', { name: 'Turn on' }).click();
    await state.getByText('On', { exact: true }).waitFor();
    await alice.getByLabel('A reminder is due').check();
    await alice.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => sayings(alice)).toContain('Saved.');
    const id = json.webhooks[0]?.id;
    const { json: now } = await callAs<object>(stage.service, 'alice', 'GET', `/webhooks/${id}`);
    expect(now).toMatchObject({ enabled: true, events: expect.arrayContaining(['reminder.due']) });

    await state.getByRole('button', { name: 'Delete' }).click();
    const removal = alice.getByRole('dialog', { name: 'Delete “https://hooks.invalid/meetings”?' });
    await removal.getByRole('button', { name: 'Delete the webhook' }).click();
    await alice.getByText('No other system is told of anything.').waitFor();
    expect((await callAs(stage.service, 'alice', 'GET', `/webhooks/${id}`)).status).toBe(404);
  });

  test('are for admins alone', async () => {
    const bob = await stage.person('Bob', { locale: 'en-GB' }, '/webhooks');
    await bob.getByText('Only an admin may do this.').waitFor();
    expect(await bob.getByRole('link', { name: 'Webhooks' }).count()).toBe(0);
    expect(await bob.getByRole('button', { name: 'Add a webhook' }).count()).toBe(0);
  });
});
