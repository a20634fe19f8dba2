import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { buildCalendar, calendarFor } from '../../functions/deliveries/calendar/calendar.ts';
import { composeMail } from '../../functions/deliveries/channels/email/composeMail.ts';
import { email } from '../../functions/deliveries/channels/email/email.ts';
import { templateData } from '../../functions/deliveries/templates/templateData.ts';
import { templateHelpers } from '../../functions/deliveries/templates/templateHelpers.ts';
import { render } from '../../functions/deliveries/templates/templates.ts';

const start = new Date('2027-03-01T10:00:00Z');
const participants = Array.from({ length: 10 }, (_, index) => ({ id: `p${index}`, name: `Person ${index}` }));
const organizer = { id: 'alice-id', domain: 'example.org', username: 'alice', email: 'alice@example.org' };
const meeting = {
  name: 'Planning the spring release',
  status: 'scheduled' as const,
  description: 'Where we stand, what is missing, who does what.',
  language: 'en',
  timeZone: 'Europe/Madrid',
  validSince: start,
  validUntil: new Date(start.getTime() + 3_600_000),
  url: 'https://meet.example.org/m/0123456789abcdefghjkmnpqrs.0123456789abcdef',
  personalUrl: 'https://meet.example.org/m/0123456789abcdefghjkmnpqrs.0123456789abcdef~0123456789ab.0123456789abcdef',
  ddi: { extension: '+34999999999', pin: '123456789' },
  participants,
};
const calendarFacts = {
  ...meeting,
  id: '0123456789abcdefghjkmnpqrs',
  domain: 'meet.example.org',
  sequence: 0,
  standing: 'confirmed' as const,
  stamp: start,
  organizer: { name: organizer.username, email: organizer.email },
};

const dataFor = (index: number) =>
  templateData({
    meeting,
    organizer: { ...organizer, name: organizer.username, role: 'user', capabilities: ['meetings'] },
    recipientId: `p${index % 10}`,
    party: `person-${index}@example.org`,
    action: 'invite',
    brand: {},
  });

type Rendered = { subject: string; html: string; text: string };

function compose(index: number, { subject, html, text }: Rendered, content: string): Uint8Array {
  return composeMail({
    from: { name: 'Meetings', address: 'meetings@example.org' },
    to: { name: `Person ${index}`, address: `person-${index}@example.org` },
    replyTo: { name: organizer.username, address: organizer.email },
    subject,
    text,
    html,
    calendar: { method: 'REQUEST', content },
    date: start,
  });
}

const attendee = (index: number) => ({ name: `Person ${index}`, email: `person-${index}@example.org` });

/** As it is shipped: templates compiled when building, the calendar built once per meeting. */
export async function shipped(mails: number): Promise<void> {
  const calendar = await buildCalendar(calendarFacts);
  for (let index = 0; index < mails; index += 1) {
    compose(
      index,
      render(email, { language: 'en', data: dataFor(index), now: start }),
      calendarFor(calendar, attendee(index)),
    );
  }
}

/** As it is mostly done: templates compiled and the calendar built for every invitation. */
export async function perInvitation(mails: number, templates: string): Promise<void> {
  const source = (part: string) => readFileSync(join(templates, 'email', 'en', `${part}.hbs`), 'utf8');
  for (let index = 0; index < mails; index += 1) {
    const handlebars = Handlebars.create();
    handlebars.registerHelper(templateHelpers);
    const locale = { language: 'en', timeZone: meeting.timeZone };
    handlebars.registerPartial(partials(templates));
    const render = (part: string) => handlebars.compile(source(part))(dataFor(index), { data: locale });
    const rendered = { subject: render('subject'), html: render('html'), text: render('text') };
    compose(index, rendered, calendarFor(await buildCalendar(calendarFacts), attendee(index)));
  }
}

function partials(templates: string): Record<string, string> {
  return { layout: readFileSync(join(templates, 'email', 'layout.hbs'), 'utf8') };
}
