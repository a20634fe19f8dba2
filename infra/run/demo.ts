import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { organizerParticipantId } from '../../functions/deliveries/delivery.ts';
import { type LocalService, startLocalService } from '../local/localService.ts';
import { projectDirectory } from '../synthesize.ts';
import { callAs } from './demo/call.ts';
import { demoSettings } from './demo/demoSettings.ts';
import { readInvitation } from './demo/readInvitation.ts';
import { type Story, tellStory } from './demo/story.ts';
import { synthesizeInto } from './synthesizeInto.ts';

const stateDirectory = join(projectDirectory, '.demo');

/** `npm run demo`: the main job, whole, on the bundles and the template that `cdk deploy` would ship. */
async function demo(story: Story): Promise<void> {
  rmSync(stateDirectory, { recursive: true, force: true });
  const begun = Date.now();
  const service = await startLocalService({
    stateDirectory,
    deployment: (directory) => synthesizeInto(directory, { meetings: demoSettings }),
  });
  try {
    story.chapter('The service runs');
    story.check(`its template and bundles were built and started in ${secondsSince(begun)} s, at ${service.url}`, true);
    const meeting = await scheduleMeetingOfDemo(story, service);
    await showMails(story, service, meeting);
    await showOrganizersMail(story, service, meeting);
    await showSms(story, service);
    await showReminder(story, service, meeting);
    await showDeliveries(story, service, meeting);
    story.check('no function did what its role does not allow', service.denied().length === 0);
  } finally {
    await service.stop();
  }
}

interface ScheduledMeeting {
  readonly id: string;
  readonly url: string;
  readonly name: string;
  readonly validSince: string;
}

async function scheduleMeetingOfDemo(story: Story, service: LocalService): Promise<ScheduledMeeting> {
  story.chapter('Alice registers her phone and schedules a meeting');
  const device = { platform: 'fcm', token: 'token-of-the-phone-of-alice' };
  const registered = await callAs(service, 'alice', 'PUT', '/users/me/devices/phone', device);
  story.check('PUT /users/me/devices/phone is answered with 200', registered.status === 200);
  const body = {
    name: 'Spring planning',
    description: 'Where we stand, and what comes next.',
    validSince: Date.now() + 75_000,
    participants: [
      { name: 'Bob', email: 'bob@example.org' },
      { name: 'Núria', email: 'nuria@example.org', language: 'ca' },
      { name: 'Javier', phone: '+34600000009', language: 'es' },
    ],
  };
  story.say(`POST /meetings\n${JSON.stringify(body, null, 2)}`);
  const { status, json } = await callAs<ScheduledMeeting>(service, 'alice', 'POST', '/meetings', body);
  story.check('POST /meetings is answered with 201', status === 201);
  story.say(`The meeting URL: ${json.url}`);
  const stranger = await callAs(service, 'bob', 'POST', '/meetings', body);
  story.check('Bob, who lacks the capability "meetings", is refused with 403', stranger.status === 403);
  return json;
}

async function showMails(story: Story, service: LocalService, meeting: ScheduledMeeting): Promise<void> {
  story.chapter('Those with a mail address get a mail, each in their language, with a calendar file');
  const mails = await story.wait('two mails arrive', 20, () => {
    const sent = service.mails().filter(({ tags }) => tags.participant !== organizerParticipantId);
    return sent.length === 2 ? sent : undefined;
  });
  const known = new Set<string>();
  for (const { raw, destinations } of mails) {
    const { mail, calendar } = await showMail(story, raw);
    story.check(
      'a mail parser reads it, with text, html and invite.ics',
      Boolean(mail.text && mail.html) && mail.attachments.some((part) => part.includes('invite.ics')),
    );
    const { url = '' } = calendar;
    story.check(
      "it says the recipient's own link, which is the meeting URL with who comes",
      url.startsWith(`${meeting.url}~`) && !known.has(url) && mail.text.includes(url) && mail.html.includes(url),
    );
    known.add(url);
    story.check(
      'a calendar parser reads the start, the same link, and one attendee: its recipient',
      Math.floor(Date.parse(meeting.validSince) / 1_000) === calendar.start.getTime() / 1_000 &&
        calendar.location === url &&
        calendar.attendees.join() === `mailto:${destinations[0]}`,
    );
  }
}

async function showOrganizersMail(story: Story, service: LocalService, meeting: ScheduledMeeting): Promise<void> {
  story.chapter('Alice gets a mail of her own, and an entry for her calendar');
  const sent = await story.wait('it arrives', 20, () =>
    service.mails().find(({ tags }) => tags.participant === organizerParticipantId),
  );
  const { mail, calendar } = await showMail(story, sent.raw);
  story.check(
    'it says who was invited, and the meeting URL',
    mail.text.includes('Bob, Núria, Javier') && mail.text.includes(meeting.url) && !mail.text.includes('~'),
  );
  story.check(
    'a calendar parser reads another event than the participants’, to which the service invites Alice alone',
    calendar.uid.startsWith(`${meeting.id}.organizer@`) &&
      calendar.organizer === 'mailto:meetings@example.org' &&
      calendar.attendees.join() === 'mailto:alice@example.org',
  );
}

/** Shows a mail, and the event in it. */
async function showMail(story: Story, raw: Uint8Array) {
  const mail = await readInvitation(raw);
  story.say(`From:    ${mail.from}\nTo:      ${mail.to}\nSubject: ${mail.subject}\n\n${mail.text}`);
  const { calendar } = mail;
  if (!calendar) throw new Error('The mail holds no calendar');
  story.say(
    `${calendar.method} ${calendar.uid} SEQUENCE ${calendar.sequence}\n${calendar.summary}\n` +
      `${calendar.start.toISOString()} to ${calendar.end.toISOString()}\n${calendar.location}`,
  );
  return { mail, calendar };
}

async function showSms(story: Story, service: LocalService): Promise<void> {
  story.chapter('Those with a phone get an SMS');
  const sms = await story.wait('one SMS arrives', 20, () => service.sms()[0]);
  story.say(`To: ${sms.phoneNumber}\n\n${sms.message}`);
}

async function showReminder(story: Story, service: LocalService, meeting: ScheduledMeeting): Promise<void> {
  story.chapter('A minute before the start, the reminder');
  const schedule = await story.wait('the meeting has one schedule', 20, () =>
    service.schedules().find(({ Name }) => Name === meeting.id),
  );
  story.say(`${schedule.ScheduleExpression} → onReminderDue`);
  const push = await story.wait(
    'the schedule fires, and the phone of Alice gets its push',
    60,
    () => service.pushes()[0],
  );
  story.say(JSON.stringify(JSON.parse(push.payload), null, 2));
  const { data } = JSON.parse(push.payload);
  story.check(
    'the push says which meeting',
    data.type === 'meeting-reminder' &&
      JSON.parse(data.info).id === meeting.id &&
      JSON.parse(data.info).name === meeting.name,
  );
  await story.wait('the schedule is gone', 20, () => (service.schedules().length === 0 ? true : undefined));
}

interface ShownDelivery {
  readonly kind: string;
  readonly channel: string;
  readonly state: string;
}

interface ShownInvitations {
  readonly participants: readonly { readonly name: string; readonly deliveries: readonly ShownDelivery[] }[];
  readonly organizer: { readonly deliveries: readonly ShownDelivery[] };
}

async function showDeliveries(story: Story, service: LocalService, meeting: ScheduledMeeting): Promise<void> {
  story.chapter('What became of everything that was sent: GET /meetings/{id}/invitations');
  const { json } = await callAs<ShownInvitations>(service, 'alice', 'GET', `/meetings/${meeting.id}/invitations`);
  const people = [...json.participants, { name: 'alice', ...json.organizer }];
  const deliveries = people.flatMap((person) => person.deliveries.map((delivery) => ({ ...person, ...delivery })));
  const line = ({ name, kind, channel, state }: { name: string } & ShownDelivery) =>
    [name.padEnd(8), kind.padEnd(12), channel.padEnd(8), state].join('');
  story.say(deliveries.map(line).join('\n'));
  story.check('all five deliveries have been sent', deliveries.filter(({ state }) => state === 'sent').length === 5);
}

function secondsSince(begun: number): string {
  return ((Date.now() - begun) / 1_000).toFixed(1);
}

const story = tellStory();
try {
  await demo(story);
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
if (story.failures.length > 0) process.exitCode = 1;
console.log(
  process.exitCode
    ? `\nThe demo failed${story.failures.map((failure) => `\n  ✗ ${failure}`).join('')}`
    : `\nAll ${story.checks} checks hold. What was sent lies in .demo/ (mails as .eml).`,
);
