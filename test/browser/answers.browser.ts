import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { ca } from '../../functions/pages/room/words/ca.ts';
import { en } from '../../functions/pages/room/words/en.ts';
import { es } from '../../functions/pages/room/words/es.ts';
import { callAs } from '../../infra/run/demo/call.ts';
import { readInvitation } from '../../infra/run/demo/readInvitation.ts';
import type { ShownMeeting } from '../journeys/journey.ts';
import { expectSound } from './expectSound.ts';
import { newPerson, type PersonOptions, sayings } from './people.ts';
import { ServiceStage } from './serviceStage.ts';

/** What personal links ask, with the service that keeps the answers. */
const stage = new ServiceStage();

const hour = 3_600_000;
const bea = { name: 'Bea', email: 'bea@example.org' };

let meetings = 0;

/** A meeting of its own name, by which its messages are found. */
async function schedule({ startsIn = 2 * hour, participants = [bea] as object[] } = {}): Promise<ShownMeeting> {
  meetings += 1;
  const validSince = Date.now() + startsIn;
  const { status, json } = await callAs<ShownMeeting>(stage.service, 'alice', 'POST', '/meetings', {
    name: `Planning ${meetings}`,
    participants,
    validSince,
    validUntil: validSince + 3 * hour,
  });
  expect(status).toBe(201);
  return json;
}

async function mailOf({ id }: ShownMeeting) {
  const sent = () =>
    stage.service.mails().filter(({ tags }) => tags.meeting === id && tags.participant !== 'organizer');
  await expect.poll(sent).toHaveLength(1);
  const [mail] = sent();
  return await readInvitation(mail?.raw ?? Buffer.alloc(0));
}

async function ownLinkOf(meeting: ShownMeeting): Promise<string> {
  const { text } = await mailOf(meeting);
  return /^Join: (\S+)$/m.exec(text)?.[1] ?? '';
}

/** What the organizer reads of the one participant's answer. */
async function answerOf({ id }: ShownMeeting): Promise<object> {
  type Answered = { participants: { answer: object }[] };
  const { json } = await callAs<Answered>(stage.service, 'alice', 'GET', `/meetings/${id}`);
  return json.participants[0]?.answer ?? {};
}

async function open(url: string, options: PersonOptions = {}): Promise<Page> {
  const page = await (await newPerson(stage.browser, options)).newPage();
  await page.goto(url);
  return page;
}

const choice = (page: Page, name: string) => page.getByRole('radio', { name, exact: true });
const send = (page: Page) => page.getByRole('button', { name: 'Send answer' }).click();
const shown = (page: Page, words: string) => page.getByRole('heading', { name: words, exact: true }).waitFor();

/** What a screen reader says of the field, after its name. */
async function descriptionOf(page: Page, selector: string): Promise<string | null> {
  return await page.locator(selector).evaluate((field) => {
    const id = field.getAttribute('aria-describedby') ?? '';
    return field.getAttribute('aria-invalid') === 'true' ? (document.getElementById(id)?.textContent ?? null) : null;
  });
}

/** On the narrow screen that a look has left, the fields stay inside their sheet, and words on one line. */
async function expectWholeFields(page: Page): Promise<void> {
  const { width = 0 } = (await page.locator('.answering').boundingBox()) ?? {};
  for (const field of await page.locator('.answering :is(textarea, [type=datetime-local])').all())
    expect((await field.boundingBox())?.width).toBeLessThanOrEqual(width);
  for (const word of await page.locator('.statuses span').all())
    expect((await word.boundingBox())?.height).toBeLessThan(30);
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName);

describe('the question behind a personal link', () => {
  test('is answered from the mail by keyboard, and the organizer reads the answer', async () => {
    const meeting = await schedule();
    const { text } = await mailOf(meeting);
    const page = await open(/^Yes: (\S+)$/m.exec(text)?.[1] ?? '');
    await page.getByText('Your answer is chosen, but not sent yet.').waitFor();
    expect(await choice(page, 'Yes').isChecked()).toBe(true);
    expect(await page.getByRole('group', { name: 'Can you make it?' }).getByRole('radio').count()).toBe(3);
    expect(await answerOf(meeting)).toEqual({ status: 'needsAction' });

    await choice(page, 'Yes').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Tab');
    await page.keyboard.type('I may be late\nby an hour');
    await page.getByLabel('Another time that would suit you').fill('2027-03-01T10:30');
    await page.getByRole('button', { name: 'Send answer' }).press('Enter');
    await shown(page, 'Your answer: Maybe');
    await expect.poll(() => sayings(page)).toContain('Your answer has been sent.');
    expect(await focused(page)).toBe('answer');

    expect(await answerOf(meeting)).toEqual({
      status: 'tentative',
      when: expect.stringMatching(/Z$/),
      how: 'page',
      comment: 'I may be late\nby an hour',
      proposed: [{ validSince: '2027-03-01T09:30:00.000Z', validUntil: '2027-03-01T12:30:00.000Z' }],
      sequence: 0,
    });
    expect(page.url()).not.toContain('#');
    await page.reload();
    await shown(page, 'Your answer: Maybe');
    await page.getByText('I may be late').waitFor();
    await page.getByText('You proposed: Monday, 1 March 2027 at 10:30').waitFor();
  });

  test('can be answered otherwise, and is asked again once the meeting has been moved', async () => {
    const meeting = await schedule();
    const page = await open(await ownLinkOf(meeting));
    await choice(page, 'Yes').check();
    await page.getByLabel('Comment for the organizer').fill('Gladly');
    await send(page);
    await page.getByRole('button', { name: 'Change answer' }).click();
    await page.getByText('Until you send another one, your answer is: Yes').waitFor();
    await choice(page, 'No').check();
    await send(page);
    await shown(page, 'Your answer: No');
    expect(await answerOf(meeting)).toMatchObject({ status: 'declined', comment: 'Gladly', sequence: 0 });

    await page.getByRole('button', { name: 'Change answer' }).click();
    await choice(page, 'Yes').check();
    await callAs(stage.service, 'alice', 'PATCH', `/meetings/${meeting.id}`, { validSince: Date.now() + 4 * hour });
    await send(page);
    await page.getByText('The meeting has been moved meanwhile. Look at its new time, then answer again.').waitFor();
    await page.getByText('You answered “Yes” before the meeting was moved. Please answer again.').waitFor();
    expect(await choice(page, 'Yes').isChecked()).toBe(true);
    expect(await answerOf(meeting)).toMatchObject({ status: 'needsAction' });
    await send(page);
    await shown(page, 'Your answer: Yes');
    expect(await answerOf(meeting)).toMatchObject({ status: 'accepted', comment: 'Gladly', sequence: 1 });
  });

  test('says at each field what is wrong with it, and keeps what was typed', async () => {
    const meeting = await schedule();
    const page = await open(await ownLinkOf(meeting));
    await send(page);
    await page.getByText('Please choose Yes, Maybe or No.').waitFor();
    expect(await descriptionOf(page, ':focus')).toBe('Please choose Yes, Maybe or No.');
    await page.keyboard.press('Space');

    const comment = page.getByLabel('Comment for the organizer');
    await comment.fill('x'.repeat(501));
    await page.getByText('501 of 500 characters').waitFor();
    await send(page);
    await expect.poll(() => focused(page)).toBe('answer-comment');
    const tooLong = 'This comment is too long: at most 500 characters can be sent.';
    expect(await descriptionOf(page, ':focus')).toBe(tooLong);
    expect(await comment.inputValue()).toBe('x'.repeat(501));
    await comment.fill('turned \u202e round');
    await send(page);
    await page.getByText('This comment holds characters that cannot be sent.').waitFor();
    expect(await comment.inputValue()).toBe('turned \u202e round');
    await comment.fill('x'.repeat(500));

    const time = page.getByLabel('Another time that would suit you');
    await time.fill('2020-01-01T10:00');
    await send(page);
    await expect.poll(() => focused(page)).toBe('answer-time');
    expect(await descriptionOf(page, ':focus')).toBe('This time is over. Please propose a later one.');
    await time.fill('2090-01-01T10:00');
    await send(page);
    await page.getByText('The meeting cannot be at this time. Please propose another one.').waitFor();
    await time.fill('');
    await time.pressSequentially('0103');
    await send(page);
    await page.getByText('Please enter a whole date and time, or none.').waitFor();
    await time.fill('');
    expect(await answerOf(meeting)).toEqual({ status: 'needsAction' });

    await page.route('**/answer', (route) => route.abort());
    await send(page);
    const unreachable = 'Your answer could not be sent. Check your connection, then send it again.';
    await page.locator('#answer-fault').getByText(unreachable).waitFor();
    await expect.poll(() => sayings(page)).toContain(unreachable);
    await page.unrouteAll();
    await send(page);
    await shown(page, 'Your answer: Yes');
    expect(await answerOf(meeting)).toMatchObject({ status: 'accepted', comment: 'x'.repeat(500) });
  });

  test.each([
    ['cancelled', 'DELETE', undefined, 'Your answer was not taken: this meeting was cancelled.', en.closed.cancelled],
    ['taken off', 'PATCH', { participants: [] }, en.answer.fault['not-invited'], en.closed['no-such-invitation']],
    ['replaced', 'PATCH', { rotateLink: true }, en.answer.fault['not-invited'], en.closed['no-such-invitation']],
  ] as const)('says what became of it where it is %s', async (_, method, patch, refused, closed) => {
    const meeting = await schedule();
    const link = await ownLinkOf(meeting);
    const page = await open(link);
    await choice(page, 'Yes').check();
    await page.getByLabel('Comment for the organizer').fill('See you there');
    await callAs(stage.service, 'alice', method, `/meetings/${meeting.id}`, patch);
    await send(page);
    await page.locator('#answer-fault').getByText(refused).waitFor();
    expect(await page.getByLabel('Comment for the organizer').inputValue()).toBe('See you there');

    await page.goto(`${link}#answer=accepted`);
    await page.reload();
    await shown(page, closed.title);
    await page.getByText(closed.text).waitFor();
    expect(await page.getByRole('radio').count()).toBe(0);
  });

  test('is not there behind the link that all know', async () => {
    const { url } = await schedule();
    const asked: string[] = [];
    const page = await (await newPerson(stage.browser)).newPage();
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${url}#answer=accepted`);
    await page.getByRole('timer').waitFor();
    expect(await page.getByRole('radio').count()).toBe(0);
    expect(asked.filter((path) => path.endsWith('/answer'))).toEqual([]);
  });

  test('is one line in the lobby, where the name of the invited is filled in', async () => {
    const meeting = await schedule({ startsIn: -60_000 });
    const page = await open(await ownLinkOf(meeting));
    const line = page.locator('summary').getByText('Can you make it?');
    await line.waitFor();
    expect(await choice(page, 'Yes').isVisible()).toBe(false);
    expect(await page.getByLabel('Your name').inputValue()).toBe('Bea');
    await line.click();
    await choice(page, 'Maybe').check();
    await expectSound(page, 'answer-lobby');
    await send(page);
    await page.locator('summary').getByText('Your answer: Maybe').waitFor();
    expect(await answerOf(meeting)).toMatchObject({ status: 'tentative' });
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByRole('group', { name: 'Controls' }).waitFor();
  });

  test('is what the one link of an SMS leads to', async () => {
    const meeting = await schedule({ participants: [{ name: 'Núria', phone: '+34600000009' }] });
    const ofMeeting = () => stage.service.sms().filter(({ message }) => message.includes(`: ${meeting.name}, `));
    await expect.poll(ofMeeting).toHaveLength(1);
    const links = ofMeeting()[0]?.message.match(/https?:\S+/g) ?? [];
    expect(links).toEqual([expect.stringMatching(/\/j\/[0-9a-z]{12}$/)]);
    const page = await open(links[0] ?? '');
    await choice(page, 'No').check();
    await send(page);
    await shown(page, 'Your answer: No');
    expect(await answerOf(meeting)).toMatchObject({ status: 'declined', how: 'page' });
  });
});

test('a scanner that opens every link of a mail, and runs its scripts, answers nothing', async () => {
  const meeting = await schedule();
  const { text, html } = await mailOf(meeting);
  const links = [...new Set(`${text} ${html}`.match(/https?:\/\/[^\s"<]+/g))].filter((link) => link.includes('/m/'));
  expect(links.map((link) => new URL(link).hash).sort()).toEqual([
    '',
    '#answer=accepted',
    '#answer=declined',
    '#answer=tentative',
  ]);
  const sent: string[] = [];
  for (const link of links) {
    const page = await (await newPerson(stage.browser)).newPage();
    page.on('request', (request) => sent.push(request.method()));
    await page.goto(link);
    await page.getByRole('button', { name: 'Send answer' }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(link.includes('#') ? 1 : 0);
  }
  expect(new Set(sent)).toEqual(new Set(['GET']));
  expect(await answerOf(meeting)).toEqual({ status: 'needsAction' });
});

describe.each([
  ['en-GB', en],
  ['es-ES', es],
  ['ca-ES', ca],
])('in %s', (locale, words) => {
  test('the question is sound in every look, with each of its faults and answered', async () => {
    const link = await ownLinkOf(await schedule());
    const page = await open(`${link}#answer=tentative`, { locale });
    const button = page.getByRole('button', { name: words.answer.send });
    await page.getByText(words.answer.notSent).waitFor();
    await expectSound(page, `answer-${locale}`);
    await expectWholeFields(page);
    await page.locator('#answer-comment').fill('x'.repeat(501));
    await button.click();
    await page.getByText(words.answer.fault['comment-long']).waitFor();
    await expectSound(page, `answer-fault-${locale}`);
    await page.locator('#answer-comment').fill('x'.repeat(100));
    await page.locator('#answer-time').fill('2027-03-01T10:30');
    await button.click();
    await shown(page, words.answer.yours(words.answer.status.tentative));
    await expectSound(page, `answer-given-${locale}`);
  });
});
