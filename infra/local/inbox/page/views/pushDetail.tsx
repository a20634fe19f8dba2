import type { PushItem } from '../../inbox.ts';
import { useInboxView } from '../inboxView.ts';
import { formatMoment } from '../times.ts';
import { Facts, Heading, Part, Source } from './facts.tsx';
import { InboxIcon } from './icon.tsx';
import { RoundIcon } from './lead.tsx';
import { meetingLink } from './meetingLink.tsx';

/** A push as a phone shows it, and what its app gets. */
export function PushDetail({ item: push }: { readonly item: PushItem }) {
  const { state, inbox } = useInboxView();
  const { title, body, platform, token, at, attributes, meetingId, payload } = push;
  return (
    <>
      <Heading lead={<RoundIcon name="pushes" />} title={title || 'Data for the app'}>
        <p class="soft">{`through ${platform}, ${formatMoment(at, state.now)}`}</p>
      </Heading>
      {title !== '' && <Notification title={title} body={body} />}
      <Facts
        of={[
          ['Meeting', meetingLink(inbox, meetingId)],
          ['Token', <code key="token">{token}</code>],
          ...Object.entries(attributes).map(([name, value]) => [lifetimeName(name), value] as const),
        ]}
      />
      <Part title="Payload">
        <Source label="Payload of the push">{payload}</Source>
      </Part>
    </>
  );
}

function Notification({ title, body }: Pick<PushItem, 'title' | 'body'>) {
  return (
    <div class="phone" role="img" aria-label={`Notification: ${title}. ${body}`}>
      <p class="app">
        <InboxIcon name="meetings" />
        <span>Meetings</span>
        <span class="when">now</span>
      </p>
      <p class="title" dir="auto">
        {title}
      </p>
      <p dir="auto">{body}</p>
    </div>
  );
}

/** Of the attributes that SNS has for pushes, the one that this service gives says how long it lives. */
function lifetimeName(name: string): string {
  return name.endsWith('.TTL') ? 'Lifetime (s)' : name;
}
