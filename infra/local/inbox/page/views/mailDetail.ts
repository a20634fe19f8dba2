import { type Content, h, type Markup } from '../../../../../functions/pages/shared/markup.ts';
import type { MailContent, MailItem } from '../../inbox.ts';
import { fragmentOf, type MailTab, mailTabs } from '../place.ts';
import type { Scene } from '../state.ts';
import { moment } from '../times.ts';
import { calendarCard } from './calendarCard.ts';
import { facts, heading, source } from './facts.ts';
import { icon } from './icon.ts';
import { initials } from './lead.ts';
import { meetingLink } from './meetingLink.ts';

/** A mail: as its reader sees it, its text, its calendar, its headers and its source. */
export function mailDetail(mail: MailItem, { state, inbox }: Scene): Content {
  const content = state.mails.get(mail.id);
  const tab = state.place.tab;
  const meeting = meetingLink(inbox, mail.meetingId);
  return [
    h(
      'div',
      { class: 'with-action' },
      heading(
        initials(mail.to),
        mail.subject,
        h('p', { class: 'soft', dir: 'auto' }, `to ${mail.to}, ${moment(mail.at, state.now)}`),
        h(
          'p',
          { class: 'soft', dir: 'auto' },
          `from ${mail.from}`,
          content?.replyTo !== undefined && `, answers to ${content.replyTo}`,
        ),
        meeting && h('p', { class: 'soft' }, 'about ', meeting),
      ),
      h(
        'a',
        {
          class: 'button',
          href: `mails/${encodeURIComponent(mail.id)}.eml`,
          download: `${mail.id}.eml`,
          'aria-label': 'Download as .eml',
        },
        icon('download'),
        h('span', {}, '.eml'),
      ),
    ),
    tabs(mail, tab, content),
    content === undefined ? h('p', { class: 'nothing', role: 'status' }, 'Reading …') : views[tab](content, mail.id),
  ];
}

function tabs({ id }: MailItem, current: MailTab, content: MailContent | undefined): Markup {
  const shown = mailTabs.filter((tab) => tab !== 'calendar' || content?.calendar !== undefined || tab === current);
  const link = (tab: MailTab) =>
    h(
      'li',
      { key: tab },
      h(
        'a',
        { href: fragmentOf({ section: 'mails', id, tab }), 'aria-current': tab === current ? 'true' : undefined },
        tabNames[tab],
      ),
    );
  return h('nav', { class: 'tabs', 'aria-label': 'Views of the mail' }, h('ul', {}, shown.map(link)));
}

const tabNames: Readonly<Record<MailTab, string>> = {
  mail: 'Mail',
  text: 'Text',
  calendar: 'Calendar',
  headers: 'Headers',
  source: 'Source',
};

const views: Readonly<Record<MailTab, (content: MailContent, id: string) => Content>> = {
  mail: ({ hasHtml, text }, id) => (hasHtml ? sandboxed(id) : letter(text)),
  text: ({ text }) => letter(text),
  calendar: ({ calendar }) =>
    calendar ? calendarCard(calendar) : h('p', { class: 'nothing' }, 'It holds no calendar.'),
  headers: ({ headers, attachments }) => [
    facts(headers.map(([name, value]) => [name, value])),
    attachments.length > 0 && facts([['Attachments', attachments.join(', ')]]),
  ],
  source: (content) => source(content.source, 'Source of the mail'),
};

/** The mail as it was made for others to see: it may run nothing and reach nothing; its links open beside the inbox. */
function sandboxed(id: string): Markup {
  return h('iframe', {
    key: id,
    class: 'letter',
    sandbox: 'allow-popups allow-popups-to-escape-sandbox',
    referrerpolicy: 'no-referrer',
    title: 'The mail as its reader sees it',
    src: `mails/${encodeURIComponent(id)}/html`,
  });
}

function letter(text: string): Markup {
  return h(
    'pre',
    { class: 'letter-text', dir: 'auto', tabindex: 0, role: 'region', 'aria-label': 'Text of the mail' },
    text,
  );
}
