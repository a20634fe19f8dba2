import { expect, test } from 'vitest';
import { email } from '../../functions/deliveries/channels/email/email.ts';
import { sms } from '../../functions/deliveries/channels/sms/sms.ts';
import { renderer, type Templates } from '../../functions/deliveries/templates/rendering.ts';
import { checkTemplates } from '../../infra/templates/check.ts';
import { readOrganizerTemplates, readTemplates } from '../../infra/templates/folder.ts';
import { type actions, fullSample, sampleNow as now } from '../../infra/templates/sample.ts';
import { shippedLanguages } from '../../infra/templates/shippedLanguages.ts';
import { templatesModule } from '../../infra/templates/substitutes.ts';
import { shippedTemplates, temporaryFolder } from './temporaryFolder.ts';

/** As Quobis's manual has it: it knows no `action`. */
const manual = `Your meeting {{ meeting.name }} will start on {{ formatDate meeting.validSince }} at {{ formatTime meeting.validSince
hour="numeric" minute="numeric" hour12=false timeZone="Europe/Madrid" timeZoneName="short" }}`;

const files = {
  'email/en/from.hbs': 'Quobis',
  'email/en/subject.hbs': 'Your meeting',
  'email/en/html.hbs': `<p>${manual}</p>`,
  'email/en/text.hbs': manual,
  'sms/en/from.hbs': 'Quobis',
  'sms/en/text.hbs': manual,
};

async function moduleOf(directory: string, languages: readonly string[]): Promise<Templates> {
  const organizer = readOrganizerTemplates(directory, languages);
  const source = await templatesModule(readTemplates(directory, languages), organizer, languages);
  return await import(`data:text/javascript;base64,${Buffer.from(source).toString('base64')}`);
}

const letter = (action: (typeof actions)[number], channel: typeof email | typeof sms) => ({
  language: 'en-GB',
  data: fullSample({ channel, action }),
  now,
});

test('what templates without an action do not tell from an invitation is sent in the words of the service', async () => {
  const { render } = renderer(await moduleOf(temporaryFolder(files), ['en']));

  const invitation = render(email, letter('invite', email));
  expect(invitation).toMatchObject({ sender: 'Quobis', subject: 'Your meeting' });
  expect(invitation.text).toMatch(/^Your meeting Weekly review of the northern team plans will start on /);
  const cancellation = render(email, letter('cancel', email));
  expect(cancellation).toMatchObject({
    sender: 'Quobis',
    subject: 'Cancelled: Weekly review of the northern team plans (Thu 12 Mar, 10:00 GMT+1)',
  });
  expect(cancellation.text).toMatch(/^This meeting has been cancelled\./);
  expect(cancellation.html).toContain('This meeting has been cancelled.');
  expect(render(sms, letter('invite', sms)).text).toMatch(/^Your meeting /);
  expect(render(sms, letter('cancel', sms))).toEqual({
    sender: 'Quobis',
    text: expect.stringMatching(/^Cancelled: Weekly review of the northern tea\.\.\., Thu 12 Mar, 10:00 GMT\+1\.$/),
  });
});

test('synth says which letters those are', async () => {
  const { faults, warnings } = await checkTemplates({
    directory: temporaryFolder(files),
    languages: ['en'],
    languagesGiven: false,
    mechanisms: ['email', 'sms'],
  });

  expect(faults).toEqual([]);
  expect(warnings).toEqual([
    'email/en/text.hbs: reads the same for update, cancel, remind, waiting, and unreachable as for another action, so the words that come with the service are sent there: tell them apart by {{#if (is action "…")}}',
    'sms/en/text.hbs: reads the same for update, cancel, and remind as for another action, so the words that come with the service are sent there: tell them apart by {{#if (is action "…")}}',
  ]);
});

test('templates that tell all letters apart have none stand in', async () => {
  expect((await moduleOf(shippedTemplates, shippedLanguages)).substitutes).toBeUndefined();
});

test('one letter that is told apart is sent as it was written', async () => {
  const own = { ...files, 'email/en/text.hbs': `{{#if (is action "cancel")}}Off{{else}}${manual}{{/if}}` };
  const { render } = renderer(await moduleOf(temporaryFolder(own), ['en']));

  expect(render(email, letter('cancel', email))).toMatchObject({ subject: 'Your meeting', text: 'Off' });
  expect(render(email, letter('remind', email)).subject).toMatch(/^Reminder: /);
});
