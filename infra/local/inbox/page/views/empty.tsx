import { useInboxView } from '../inboxView.ts';
import type { Section } from '../place.ts';
import { CopyButton } from './copyButton.tsx';
import { InboxIcon } from './icon.tsx';

/** What a part says while there is nothing in it, and what to do about it. */
export function EmptySection({ section }: { readonly section: Section }) {
  const { inbox, state } = useInboxView();
  const { sentence, command } = explanations[section];
  return (
    <div class="empty">
      <span class="round" aria-hidden={true}>
        <InboxIcon name={section === 'denied' ? 'allowed' : section} />
      </span>
      <p>{sentence}</p>
      {command && <ToPaste command={command(inbox.url, state.now)} />}
    </div>
  );
}

function ToPaste({ command }: { readonly command: string }) {
  return (
    <div class="paste">
      <p>Paste this into a terminal, in the project’s folder:</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys too */}
      <pre tabIndex={0} role="region" aria-label="Command">
        {command}
      </pre>
      <CopyButton text={command} label="Copy the command" />
    </div>
  );
}

interface Explanation {
  readonly sentence: string;
  readonly command?: (url: string, now: number) => string;
}

const explanations: Readonly<Record<Section, Explanation>> = {
  meetings: { sentence: 'No meeting yet.', command: scheduleCommand },
  mails: { sentence: 'No mail yet. Whoever is invited by a mail address gets one.', command: scheduleCommand },
  sms: {
    sentence: 'No SMS yet. Whoever is invited by a phone number gets one, where inviteMechanisms has sms.',
    command: scheduleCommand,
  },
  pushes: {
    sentence:
      'No push yet. The devices of those who take part get one before a meeting, where remindBefore and pushApplications are set.',
    command: registerDevice,
  },
  schedules: {
    sentence: 'Nothing is scheduled. A meeting that is to come has one reminder here, where remindBefore is set.',
    command: scheduleCommand,
  },
  deliveries: { sentence: 'Nothing was sent yet, and nothing is owed.', command: scheduleCommand },
  functions: { sentence: 'No function has called AWS yet.', command: scheduleCommand },
  denied: { sentence: 'None. Whatever a function has called, its role allows.' },
  logs: { sentence: 'No function has written a line yet.', command: scheduleCommand },
};

function scheduleCommand(url: string, now: number): string {
  return [
    `curl -i ${url}/meetings \\`,
    `  -H "authorization: Bearer $(npm run -s token -- alice)" \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d '{`,
    `    "name": "Kick-off",`,
    `    "validSince": "${inFifteenMinutes(now)}",`,
    `    "participants": [`,
    `      { "name": "Ana", "email": "ana@example.org" },`,
    `      { "phone": "+34600000009", "language": "es" }`,
    `    ]`,
    `  }'`,
  ].join('\n');
}

function inFifteenMinutes(now: number): string {
  return new Date(Math.ceil(now / 60_000) * 60_000 + 15 * 60_000).toISOString().replace('.000', '');
}

function registerDevice(url: string): string {
  return [
    `curl -i -X PUT ${url}/users/me/devices/phone \\`,
    `  -H "authorization: Bearer $(npm run -s token -- alice)" \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d '{ "platform": "fcm", "token": "the-phone-of-alice" }'`,
  ].join('\n');
}
