import type { FunctionComponent } from 'preact';
import type { MailContent, MailItem } from '../../inbox.ts';
import { useInboxView } from '../inboxView.ts';
import { fragmentOf, type MailTab, mailTabs } from '../place.ts';
import { formatMoment } from '../times.ts';
import { CalendarCard } from './calendarCard.tsx';
import { Facts, Heading, Source } from './facts.tsx';
import { InboxIcon } from './icon.tsx';
import { Initials } from './lead.tsx';
import { meetingLink } from './meetingLink.tsx';

/** A mail: as its reader sees it, its text, its calendar, its headers and its source. */
export function MailDetail({ item: mail }: { readonly item: MailItem }) {
  const { state } = useInboxView();
  const content = state.mails.get(mail.id);
  const { tab } = state.place;
  const View = views[tab];
  return (
    <>
      <div class="with-action">
        <Envelope mail={mail} replyTo={content?.replyTo} />
        <Download id={mail.id} />
      </div>
      <Tabs id={mail.id} current={tab} hasCalendar={content?.calendar !== undefined} />
      {content === undefined ? (
        <p class="nothing" role="status">
          Reading …
        </p>
      ) : (
        <View id={mail.id} content={content} />
      )}
    </>
  );
}

interface EnvelopeProps {
  readonly mail: MailItem;
  readonly replyTo: string | undefined;
}

function Envelope({ mail, replyTo }: EnvelopeProps) {
  const { state, inbox } = useInboxView();
  const meeting = meetingLink(inbox, mail.meetingId);
  return (
    <Heading lead={<Initials of={mail.to} />} title={mail.subject}>
      <p class="soft" dir="auto">
        {`to ${mail.to}, ${formatMoment(mail.at, state.now)}`}
      </p>
      <p class="soft" dir="auto">
        {`from ${mail.from}`}
        {replyTo !== undefined && `, answers to ${replyTo}`}
      </p>
      {meeting && <p class="soft">about {meeting}</p>}
    </Heading>
  );
}

function Download({ id }: { readonly id: string }) {
  return (
    <a class="button" href={`mails/${encodeURIComponent(id)}.eml`} download={`${id}.eml`} aria-label="Download as .eml">
      <InboxIcon name="download" />
      <span>.eml</span>
    </a>
  );
}

interface TabsProps {
  readonly id: string;
  readonly current: MailTab;
  readonly hasCalendar: boolean;
}

function Tabs({ id, current, hasCalendar }: TabsProps) {
  const shown = mailTabs.filter((tab) => tab !== 'calendar' || hasCalendar || tab === current);
  return (
    <nav class="tabs" aria-label="Views of the mail">
      <ul>
        {shown.map((tab) => (
          <li key={tab}>
            <a href={fragmentOf({ section: 'mails', id, tab })} aria-current={tab === current ? 'true' : undefined}>
              {tabNames[tab]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const tabNames: Readonly<Record<MailTab, string>> = {
  mail: 'Mail',
  text: 'Text',
  calendar: 'Calendar',
  headers: 'Headers',
  source: 'Source',
};

interface ViewProps {
  readonly id: string;
  readonly content: MailContent;
}

const views: Readonly<Record<MailTab, FunctionComponent<ViewProps>>> = {
  mail: ({ id, content: { hasHtml, text } }) => (hasHtml ? <Sandboxed key={id} id={id} /> : <MailText text={text} />),
  text: ({ content }) => <MailText text={content.text} />,
  calendar: ({ content: { calendar } }) =>
    calendar ? <CalendarCard calendar={calendar} /> : <p class="nothing">It holds no calendar.</p>,
  headers: ({ content: { headers, attachments } }) => (
    <>
      <Facts of={headers.map(([name, value]) => [name, value])} />
      {attachments.length > 0 && <Facts of={[['Attachments', attachments.join(', ')]]} />}
    </>
  ),
  source: ({ content }) => <Source label="Source of the mail">{content.source}</Source>,
};

/** The mail as it was made for others to see: it may run nothing and reach nothing; its links open beside the inbox. */
function Sandboxed({ id }: { readonly id: string }) {
  return (
    <iframe
      class="letter"
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      title="The mail as its reader sees it"
      src={`mails/${encodeURIComponent(id)}/html`}
    />
  );
}

function MailText({ text }: { readonly text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys too
    <pre class="letter-text" dir="auto" tabIndex={0} role="region" aria-label="Text of the mail">
      {text}
    </pre>
  );
}
