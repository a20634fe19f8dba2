import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { callAs } from '../../infra/run/demo/call.ts';
import { beginJourney, inAnHour, type Journey, type ShownMeeting, within } from './journey.ts';

let service: Journey;

/** The SES mailbox simulator's, each of which meets a fate of its own. */
const simulator = (name: string) => `${name}@simulator.amazonses.com`;

interface Shown {
  readonly participants: readonly { readonly email: string; readonly deliveries: readonly object[] }[];
  readonly organizer: { readonly deliveries: readonly { readonly kind: string }[] };
}

beforeAll(async () => {
  service = await beginJourney();
});

afterAll(() => service.end());

async function schedule(participants: readonly object[], fields: object = {}): Promise<ShownMeeting> {
  const body = { name: 'Planning', validSince: inAnHour(), participants, ...fields };
  return (await callAs<ShownMeeting>(service, 'alice', 'POST', '/meetings', body)).json;
}

const shown = async ({ id }: ShownMeeting) =>
  (await callAs<Shown>(service, 'alice', 'GET', `/meetings/${id}/invitations`)).json;

/** What the organizer is shown of the first mail to each, by address. */
async function wordsOf(meeting: ShownMeeting) {
  const { participants } = await shown(meeting);
  return Object.fromEntries(participants.map(({ email, deliveries }) => [email.split('@')[0], deliveries[0]]));
}

const noticesOf = ({ id }: ShownMeeting) =>
  service.mails().filter(({ tags }) => tags.meeting === id && tags.occasion === 'UNREACHABLE');

const delayed = ({ id }: ShownMeeting) =>
  service
    .messages('EmailDeliveries')
    .map(({ body }) => JSON.parse(body))
    .filter(({ meetingId, kind }) => meetingId === id && kind === 'unreachable');

async function gathered(meeting: ShownMeeting): Promise<void> {
  await vi.waitFor(() => expect(delayed(meeting)).toHaveLength(1), within);
  service.hasten('EmailDeliveries');
}

const told = (word: string, more: object = {}) => ({
  kind: 'invitation',
  channel: 'email',
  sequence: 0,
  state: 'sent',
  attempts: 1,
  updated: expect.any(String),
  provider: { word, ...more, at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/) },
});

/** What the API says of the organizer's notice, beside the mail about their own meeting. */
const noticesShown = async (meeting: ShownMeeting) =>
  (await shown(meeting)).organizer.deliveries.filter(({ kind }) => kind === 'unreachable');

describe('what SES says of each mail', () => {
  test('is shown beside it, and the organizer hears once, by name, whom none reached', async () => {
    const meeting = await schedule([
      { name: 'Sara', email: simulator('success') },
      { email: simulator('bounce') },
      { name: 'Carla', email: simulator('complaint') },
      { name: 'Sue', email: simulator('suppressionlist') },
    ]);
    await vi.waitFor(
      async () =>
        expect(await wordsOf(meeting)).toEqual({
          success: told('delivered'),
          bounce: told('bounced', { bounce: 'permanent', status: '5.1.1' }),
          complaint: told('complained'),
          suppressionlist: told('suppressed'),
        }),
      within,
    );

    expect(noticesOf(meeting)).toEqual([]);
    await gathered(meeting);
    await vi.waitFor(() => expect(noticesOf(meeting)).toHaveLength(1), within);
    const [notice] = noticesOf(meeting);
    const { subject, text = '', attachments } = await PostalMime.parse(notice?.raw ?? '');

    expect(notice?.destinations).toEqual(['alice@example.org']);
    expect(notice?.tags).toMatchObject({ participant: 'organizer' });
    expect(subject).toMatch(/^Not delivered: Planning \(/);
    expect(text.split(/\r?\n/).slice(0, 6)).toEqual([
      'Mail about your meeting has not reached the people below. Please tell them another way, or correct their addresses.',
      '',
      '- bounce@simulator.amazonses.com',
      '- Sue',
      '',
      'Planning',
    ]);
    expect(attachments).toEqual([]);
    await vi.waitFor(
      async () =>
        expect(await noticesShown(meeting)).toEqual([
          {
            kind: 'unreachable',
            channel: 'email',
            state: 'sent',
            attempts: 1,
            updated: expect.any(String),
            provider: { word: 'delivered', at: expect.any(String) },
          },
        ]),
      within,
    );

    await callAs(service, 'alice', 'PATCH', `/meetings/${meeting.id}`, { name: 'Planning 2' });
    await vi.waitFor(async () => {
      const { bounce } = await wordsOf(meeting);
      expect(bounce).toMatchObject({ sequence: 1, provider: { word: 'bounced' } });
    }, within);
    await service.waitUntilIdle();
    expect(noticesOf(meeting)).toHaveLength(1);
    expect(service.denied()).toEqual([]);
  });

  test('is told in the organizer’s language, and not where they were taken off meanwhile', async () => {
    await callAs(service, 'alice', 'PATCH', '/users/me', { language: 'es' });
    const meeting = await schedule([{ email: simulator('bounce') }]);
    await gathered(meeting);
    await vi.waitFor(() => expect(noticesOf(meeting)).toHaveLength(1), within);
    const { subject, text } = await PostalMime.parse(noticesOf(meeting)[0]?.raw ?? '');
    expect(subject).toMatch(/^Correo no entregado: Planning \(/);
    expect(text).toMatch(/^El correo sobre tu reunión no ha llegado a las personas de abajo\./);

    const other = await schedule([{ email: simulator('bounce') }, { email: simulator('success') }]);
    await vi.waitFor(() => expect(delayed(other)).toHaveLength(1), within);
    const rest = { participants: [{ email: simulator('success') }] };
    await callAs(service, 'alice', 'PATCH', `/meetings/${other.id}`, rest);
    service.hasten('EmailDeliveries');
    await service.waitUntilIdle();
    expect(await noticesShown(other)).toMatchObject([{ kind: 'unreachable', state: 'superseded' }]);
    expect(noticesOf(other)).toEqual([]);
  });

  test('hands on no address: the function is told tags, kinds and times alone', async () => {
    const lines = JSON.stringify(service.logs('OnMailEvent'));
    expect(lines).toContain('Mail event kept');
    expect(lines).not.toContain('@');
  });
});
