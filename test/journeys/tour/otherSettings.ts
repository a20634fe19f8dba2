import type { Stage, Story } from './stage.ts';

/** What there is with a Jitsi server, with links that end in a name, short links, and a named configuration set. */
export const otherStories: readonly Story[] = [
  {
    name: 'a Jitsi server holds a conference, by telephone too',
    tell: async (stage) => {
      const meeting = await stage.visitor('meetings').schedule({ validSince: Date.now() + 60_000 });
      const facts = await fetch(meeting.url, { headers: { accept: 'application/json' } });
      const { jitsiUrl } = (await facts.json()) as { jitsiUrl: string };
      const name = new URL(jitsiUrl).pathname.slice(1);
      const jid = encodeURIComponent(`${name}@conference.jitsi.example.org`);
      const conference = { name, start_time: new Date().toISOString(), mail_owner: 'client1@xmpp.com' };
      await ask(stage, 200, 'POST', '/reservation/conference', conference);
      await ask(stage, 200, 'GET', `/reservation/conference/${name}`);
      await ask(stage, 200, 'GET', `/conferenceMapper?conference=${jid}`);
      await ask(stage, 200, 'GET', `/conferenceMapper?id=${meeting.ddi.pin}`);
      await ask(stage, 204, 'DELETE', `/reservation/conference/${name}`);
    },
  },
  {
    name: 'a link that ends in a name opens the meeting of whoever has it',
    tell: async ({ service, visitor }) => {
      const organizer = visitor('meetings');
      await organizer.schedule({ validSince: Date.now() + 60_000 });
      const { status } = await fetch(`${service.url}/m/${organizer.id}`, { headers: { accept: 'application/json' } });
      if (status !== 200) throw new Error(`The link was answered with ${status}`);
    },
  },
  {
    name: 'a mail goes out with the configuration set that the operator names',
    tell: async (stage) => {
      const participants = [{ email: 'ana@example.org' }];
      const { id } = await stage.visitor('meetings').schedule({ participants, sendInvitations: true });
      const mail = await stage.until('the mail', () => {
        return stage.service.envelopes().find(({ tags }) => tags.meeting === id);
      });
      if (mail.configurationSetName !== 'tour') throw new Error(`It went out with ${mail.configurationSetName}`);
    },
  },
  {
    name: 'a short link is asked for, when the function starts; without the token the long one serves',
    alone: true,
    readsAnew: 'OnMeetingChanged',
    tell: async (stage) => {
      const { service } = stage;
      const asked = () => service.calls.count({ service: 'secretsmanager', action: 'GetSecretValue' });
      const before = asked();
      service.faults.order({ service: 'dynamodb', functionName: 'OnMeetingChanged', kind: 'crashBefore', count: 1 });
      await stage.visitor('meetings').schedule();
      await stage.until('the token asked for', () => asked() > before);
    },
  },
];

async function ask({ service }: Stage, expected: number, method: string, path: string, form?: Record<string, string>) {
  const { status } = await fetch(service.url + path, { method, ...(form && { body: new URLSearchParams(form) }) });
  if (status !== expected) throw new Error(`${method} ${path} was answered with ${status}`);
}
