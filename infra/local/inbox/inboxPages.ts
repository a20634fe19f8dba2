import { createHash } from 'node:crypto';
import { type GatewayReply, gatewayReply } from '../gateway/httpReply.ts';
import type { LocalRequest } from '../localService.ts';
import { buildPage } from './buildPage.ts';
import type { Inbox } from './inbox.ts';
import type { InboxContent, InboxSource } from './inboxContent.ts';
import { mailPage, mailPolicy, pagePolicy } from './policies.ts';
import { createInboxReader } from './readInbox.ts';
import { readMail } from './readMail.ts';

/** What nothing under `/_local/` goes without: it is for this page alone, and is what it says it is. */
const shared = {
  'cache-control': 'no-cache',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Makes the pages that show what a service holds: to be given to `startLocalService`. */
export function createInboxPages(
  content: InboxContent,
): (request: LocalRequest, source: InboxSource) => Promise<GatewayReply> {
  const readers = new WeakMap<InboxSource, () => Promise<Inbox>>();
  let page: Promise<GatewayReply> | undefined;
  const answer = async ({ url, headers }: LocalRequest, source: InboxSource): Promise<GatewayReply> => {
    const path = url.pathname.slice('/_local/'.length);
    if (path === '') {
      page ??= buildPage().then((built) => htmlReply(built.html, pagePolicy(built)));
      return page;
    }
    if (path === 'state') {
      const read = readers.get(source) ?? createInboxReader(source, content);
      readers.set(source, read);
      return unlessKnown(jsonReply(await read()), headers['if-none-match']);
    }
    const [, id = '', form = ''] = /^mails\/([\w-]+)(\.eml|\/html|)$/.exec(path) ?? [];
    const raw = id === '' ? undefined : source.rawMail(id);
    return raw === undefined ? gatewayReply(404, 'Not Found') : answerMail(id, raw, form);
  };
  return async (request, source) => {
    const { method } = request;
    if (method !== 'GET' && method !== 'HEAD') return gatewayReply(405, 'Method Not Allowed', { allow: 'GET, HEAD' });
    const reply = await answer(request, source);
    return { ...reply, headers: { ...shared, ...reply.headers } };
  };
}

async function answerMail(id: string, raw: Buffer, form: string): Promise<GatewayReply> {
  if (form === '.eml') {
    const headers = { 'content-type': 'message/rfc822', 'content-disposition': `attachment; filename="${id}.eml"` };
    return { status: 200, headers, body: raw };
  }
  const mail = await readMail(raw);
  if (form === '') return jsonReply(mail.content);
  return mail.html === undefined ? gatewayReply(404, 'Not Found') : htmlReply(mailPage(mail.html), mailPolicy);
}

function htmlReply(body: string, policy: string): GatewayReply {
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
    body,
  };
}

function jsonReply(content: unknown): GatewayReply {
  const body = JSON.stringify(content);
  const tag = createHash('sha256').update(body).digest('base64url');
  return { status: 200, headers: { 'content-type': 'application/json', etag: `"${tag}"` }, body };
}

/** RFC 9110, section 13.1.2; the page sends back one tag. */
function unlessKnown(reply: GatewayReply, known: string | undefined): GatewayReply {
  const { etag } = reply.headers;
  return known === etag && etag !== undefined ? { status: 304, headers: { etag }, body: '' } : reply;
}
