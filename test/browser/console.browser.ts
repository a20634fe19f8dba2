import type { Page } from 'playwright-core';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { callAs } from '../../infra/run/demo/call.ts';
import type { ShownMeeting } from '../journeys/journey.ts';
import { ConsoleStage } from './consoleStage.ts';
import { expectSound } from './expectSound.ts';

/** The console with the service that it is made for: its functions, gateway, table and sign-in, run here. */
const stage = new ConsoleStage();

const pasted = `Anna Pi <anna@example.org>; Bob <bob@example.org>
Roca, Jordi <jordi@example.org>; Mei Lin <mei@example.org>
Núria +34 600 000 009
Sam (sam@example.org), Zoë <zoe@example.org>, "Lee, Kim" <kim@example.org>
Paul paul@example.org
ida@example.org`;

const mailsTo = (address: string) => stage.service.mails().filter(({ destinations }) => destinations.includes(address));

async function calendarTo(address: string): Promise<string> {
  const last = mailsTo(address).at(-1);
  const { attachments } = await PostalMime.parse(last?.raw ?? '');
  const content = attachments.find(({ mimeType }) => mimeType === 'text/calendar')?.content;
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}

async function fillMeeting(page: Page, name: string, people: string): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('People to invite').fill(people);
}

describe('from an empty service', () => {
  test('an organizer schedules for ten pasted people, sees who is told and who comes, moves it and is its host', async () => {
    const page = await stage.person('Alice', { locale: 'en-GB', timezoneId: 'Europe/Madrid' });
    await page.getByRole('heading', { name: 'No meetings ahead' }).waitFor();
    await expectSound(page, 'console-empty');
    await page.getByRole('navigation', { name: 'Pages' }).waitFor();
    await page.locator('header').getByRole('link', { name: 'Schedule a meeting' }).click();
    await fillMeeting(page, 'Spring planning', pasted);
    await page.getByRole('heading', { name: 'Will be invited: 10 people' }).waitFor();
    await page.getByLabel('The same time elsewhere').selectOption('America/New_York');
    await page.getByText('New York', { exact: true }).waitFor();
    await expectSound(page, 'console-schedule');
    await page.getByRole('button', { name: 'Schedule and invite' }).click();
    await page.getByRole('heading', { name: 'Spring planning' }).waitFor();
    for (const name of ['anna', 'bob', 'jordi', 'mei', 'sam', 'zoe', 'kim', 'paul', 'ida']) {
      await expect.poll(() => mailsTo(`${name}@example.org`).length).toBe(1);
    }
    expect(stage.service.sms().map(({ phoneNumber }) => phoneNumber)).toEqual(['+34600000009']);
    await expect.poll(() => page.getByText(/^Mail: delivered/).count()).toBe(9);
    await page.getByText(/^Text message: sent/).waitFor();
    await page.getByText('0 coming · 0 maybe · 0 not coming · 10 without an answer').waitFor();
    await expectSound(page, 'console-meeting');

    const id = page.url().split('/').at(-1) ?? '';
    const answer = { status: 'accepted', comment: 'With cake' };
    await expect
      .poll(async () => (await callAs(stage.service, 'bob', 'PUT', `/meetings/${id}/answer`, answer)).status)
      .toBe(200);
    await page.getByText('1 coming · 0 maybe · 0 not coming · 9 without an answer').waitFor();
    await page.getByText('With cake').waitFor();

    await page.getByRole('link', { name: 'Change' }).click();
    await page.getByLabel('Start').fill('23:15');
    await page.getByRole('button', { name: 'Take off Anna Pi' }).click();
    await page.getByText('The change: 9 people.').waitFor();
    await page.getByText('A cancellation: 1 person taken off.').waitFor();
    await expectSound(page, 'console-change');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText(/^23:15 – \w+, \d+ \w+ \d{4}, 00:15 GMT\+[12]$/).waitFor();
    const { json } = await callAs<ShownMeeting>(stage.service, 'alice', 'GET', `/meetings/${id}`);
    await expect.poll(() => mailsTo('bob@example.org').length).toBe(2);
    const calendar = await calendarTo('bob@example.org');
    expect(calendar).toMatch(/^SEQUENCE:1$/m);
    expect(calendar).toMatch(new RegExp(`^DTSTART:${json.validSince.replace(/\.\d{3}|[-:]/g, '')}$`, 'm'));
    await expect.poll(() => mailsTo('anna@example.org').length).toBe(2);
    expect(await calendarTo('anna@example.org')).toContain('METHOD:CANCEL');

    await page.getByRole('button', { name: 'Start as host' }).click();
    await page.waitForURL(`${new URL(json.url).origin}/**`);
    expect(page.url().split('#')[0]).toBe(json.url);
    await page.getByRole('heading', { name: 'Spring planning' }).waitFor();
  });

  test('whoever may not schedule is told so in words, and answers what they are invited to', async () => {
    const made = await callAs<ShownMeeting>(stage.service, 'alice', 'POST', '/meetings', {
      name: 'Lunch',
      participants: [{ email: 'bob@example.org' }],
      validSince: Date.now() + 3_600_000,
    });
    const page = await stage.person('Bob', { locale: 'en-GB' }, `/meetings/${made.json.id}`);
    await expect
      .poll(async () => {
        await page.reload();
        return await page.getByRole('heading', { name: 'Lunch' }).or(page.locator('.trouble')).first().textContent();
      })
      .toBe('Lunch');
    await page.getByLabel('Not coming').check();
    await page.getByRole('button', { name: 'Send answer' }).click();
    await page.getByText('0 coming · 0 maybe · 1 not coming · 0 without an answer').waitFor();
    expect(await page.getByRole('link', { name: 'Schedule a meeting' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Directory' }).count()).toBe(0);
    await expectSound(page, 'console-invited');

    await page.goto(`${stage.origin}/schedule`);
    await page.getByText('You may not schedule meetings here.').waitFor();
    await page.goto(`${stage.origin}/directory`);
    await page.getByText('Only an admin may do this.').waitFor();
  });
});

describe('what is typed', () => {
  test('outlives a reload, a network that is gone and signing in; the same call twice makes one meeting', async () => {
    const page = await stage.person('Alice', { locale: 'en-GB' }, '/schedule');
    await fillMeeting(page, 'Kept', 'ida@example.org');
    await page.getByLabel('Password for the room').fill('730164');
    await page.reload();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Kept');
    expect(await page.getByLabel('Password for the room').inputValue(), 'no password is kept').toBe('');

    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Schedule and invite' }).click();
    await page.getByText('The service cannot be reached.').waitFor();
    await page.context().setOffline(false);

    // The token is lost: signing in leads back to the draft.
    await page.evaluate(() => sessionStorage.removeItem('tokens'));
    await page.getByRole('button', { name: 'Schedule and invite' }).click();
    await page.getByText('You have been signed out.').waitFor();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe('Kept');
    await page.getByRole('button', { name: 'Schedule and invite' }).click();
    await page.getByRole('heading', { name: 'Kept' }).waitFor();
    await page.goto(`${stage.origin}/schedule`);
    await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe('');
  });

  test('that the API refuses is said at its field, in the language of who reads it', async () => {
    const page = await stage.person('Alice', { locale: 'es-ES' }, '/schedule');
    await page.getByRole('button', { name: 'Convocar e invitar' }).click();
    await page.getByText('Pon un nombre a la reunión.').waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('name');
    await page.getByLabel('Nombre', { exact: true }).fill('Prueba');
    await page.getByLabel('A quién invitas').fill('ida@example.org\n+34 123 000 000\nnadie');
    await page.getByText('No se entiende: nadie').waitFor();
    await page.getByLabel('A quién invitas').fill('ida@example.org\n+34 123 000 000');
    await page.getByLabel('Fecha').fill('2020-01-01');
    await page.getByLabel('Contraseña de la sala').fill('abcd');
    await page.getByRole('button', { name: 'Convocar e invitar' }).click();
    await page.getByText('Esta hora ya ha pasado.').waitFor();
    await page.getByText('Ningún teléfono de ese país puede tener este número.').waitFor();
    await page.getByText('La contraseña debe ser solo de cifras: quien llama la teclea en un teléfono.').waitFor();
    await expectSound(page, 'console-refused');
  });

  test('on what somebody else changed meanwhile is merged by choice', async () => {
    const { json } = await callAs<ShownMeeting>(stage.service, 'alice', 'POST', '/meetings', {
      name: 'Review',
      participants: [{ email: 'ida@example.org' }],
      validSince: Date.now() + 3_600_000,
    });
    const page = await stage.person('Alice', { locale: 'en-GB' }, `/meetings/${json.id}/change`);
    await page.getByLabel('Name', { exact: true }).fill('My review');
    await page.getByLabel('What it is about').fill('Mine');
    await callAs(stage.service, 'alice', 'PATCH', `/meetings/${json.id}`, { name: 'Their review', lobby: true });
    await page.getByRole('button', { name: 'Save changes' }).click();
    const dialog = page.getByRole('dialog', { name: 'The meeting was changed meanwhile' });
    await dialog.getByText('Lobby').waitFor();
    await expectSound(page, 'console-stale');
    // Back to what was typed, which is not sent once more.
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.method()} ${new URL(request.url()).pathname}`));
    await dialog.getByRole('button', { name: 'Back' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('My review');
    expect(sent.filter((call) => call.startsWith('PATCH'))).toEqual([]);
    await page.getByRole('button', { name: 'Save changes' }).click();
    await dialog.getByText('Lobby').waitFor();
    await dialog.getByLabel('As it is now: Their review').check();
    await dialog.getByRole('button', { name: 'Go on like this' }).click();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByRole('heading', { name: 'Their review' }).waitFor();
    const now = await callAs<Record<string, unknown>>(stage.service, 'alice', 'GET', `/meetings/${json.id}`);
    expect(now.json).toMatchObject({ name: 'Their review', lobby: true, description: 'Mine' });
  });
});

describe('signing in', () => {
  test('keeps a token in the tab alone, and signing out ends it here and at the issuer', async () => {
    const page = await stage.person('Alice', { locale: 'en-GB' }, '/you');
    await page.getByRole('heading', { name: 'Devices' }).waitFor();
    await expectSound(page, 'console-you');
    expect(await page.evaluate(() => [localStorage.length, document.cookie])).toEqual([0, '']);
    expect(page.url()).toBe(`${stage.origin}/you`);
    const { refreshToken } = await page.evaluate(() => JSON.parse(sessionStorage.getItem('tokens') ?? ''));
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    const settings = await (await fetch(`${stage.origin}/settings.json`)).json();
    const again = await fetch(`${settings.signIn.domain}/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: settings.signIn.clientId,
        refresh_token: refreshToken,
      }),
    });
    expect([again.status, await again.json()]).toEqual([400, { error: 'invalid_grant' }]);
  });

  test('an admin finds whom they look for, and gives them leave to schedule', async () => {
    const page = await stage.person('Alice', { locale: 'en-GB' }, '/directory');
    await page.getByLabel('Find by username or mail address').fill('ali');
    await page.getByRole('link', { name: 'alice' }).waitFor();
    await expectSound(page, 'console-directory');
    await page.getByRole('link', { name: 'alice' }).click();
    await page.getByRole('heading', { name: 'alice' }).waitFor();
    await expectSound(page, 'console-user');
  });
});
