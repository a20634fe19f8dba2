import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { callAs } from '../../infra/run/demo/call.ts';
import { readInvitation } from '../../infra/run/demo/readInvitation.ts';
import type { ShownMeeting } from '../journeys/journey.ts';
import { ConsoleStage } from './consoleStage.ts';
import { expectSound } from './expectSound.ts';
import { join, newPerson } from './people.ts';

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
