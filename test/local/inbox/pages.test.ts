import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type InboxService, startInboxService } from './inboxService.ts';
import { calendarOf, mailOf } from './mails.ts';

let service: InboxService;

const html =
  '<!doctype html><html><head><title>Hi</title></head><body><script>alert(1)</script><p>Hello</p></body></html>';
const mail = mailOf({ id: 'mail-1', subject: 'Hello', html, calendar: calendarOf('Planning') });
const oddBytes = Buffer.concat([
  Buffer.from('From: a@example.org\r\n\r\n'),
  Buffer.from([0, 0xff, 0xfe, 0x80, 13, 10]),
]);

beforeAll(async () => {
  service = await startInboxService();
  service.mailbox.keep(mail);
  service.mailbox.keep({ ...mail, messageId: 'odd', raw: oddBytes });
  service.mailbox.keep(mailOf({ id: 'broken', subject: 'Hello', html, calendar: 'BEGIN:VCALENDAR\r\nEND:VEVENT\r\n' }));
});

afterAll(() => service.stop());

/** The sources of each directive of a policy. */
function policyOf(headers: Readonly<Record<string, unknown>>): Map<string, string[]> {
  const directives = String(headers['content-security-policy']).split('; ');
  return new Map(directives.map((directive) => directive.split(' ')).map(([name = '', ...sources]) => [name, sources]));
}

describe('the page', () => {
  test('may run its own script and style, ask its own service, and no more', async () => {
    const { status, headers, body } = await service.get('');
    const policy = policyOf(headers);
    const hashOf = (element: string) => {
      const [, text = ''] = new RegExp(`<${element}>([^]*?)</${element}>`).exec(String(body)) ?? [];
      expect(text).not.toBe('');
      return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    };

    expect(status).toBe(200);
    expect(policy.get('default-src')).toEqual(["'none'"]);
    expect(policy.get('script-src')).toEqual([hashOf('script')]);
    expect(policy.get('style-src')).toEqual([hashOf('style')]);
    expect(policy.get('connect-src')).toEqual(["'self'"]);
    expect(policy.get('require-trusted-types-for')).toEqual(["'script'"]);
    expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
  });

  test.each(['', 'state', 'mails/mail-1', 'mails/mail-1.eml', 'mails/mail-1/html'])(
    'and everything beside it is for itself alone: /_local/%s',
    async (path) => {
      expect((await service.get(path)).headers).toMatchObject({
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      });
    },
  );

  test('changes nothing: other methods are refused', async () => {
    expect(await service.get('state', {}, 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  test.each([
    'nothing',
    'mails/',
    'mails/unknown',
    'mails/unknown.eml',
    'mails/..%2fenvelopes.jsonl',
    'mails/mail-1/other',
  ])('knows no /_local/%s', async (path) => {
    expect((await service.get(path)).status).toBe(404);
  });
});

describe('a mail', () => {
  test('has html that is sandboxed wherever it is opened, without scripts and without an origin', async () => {
    const { headers, body } = await service.get('mails/mail-1/html');
    const policy = policyOf(headers);

    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(policy.get('sandbox')).toEqual(['allow-popups', 'allow-popups-to-escape-sandbox']);
    expect(policy.get('default-src')).toEqual(["'none'"]);
    expect(policy.has('script-src')).toBe(false);
    expect(policy.get('img-src')).toEqual(['data:']);
    expect(policy.get('form-action')).toEqual(["'none'"]);
    expect(String(body).startsWith(html)).toBe(true);
  });

  test.each(['mail-1', 'odd'])('is downloaded byte for byte: %s', async (id) => {
    const { headers, body } = await service.get(`mails/${id}.eml`);

    expect(headers).toMatchObject({
      'content-type': 'message/rfc822',
      'content-disposition': `attachment; filename="${id}.eml"`,
    });
    expect(Buffer.from(body).equals(id === 'odd' ? oddBytes : mail.raw)).toBe(true);
  });

  test('is read by parsers of others, its calendar too', async () => {
    const content = JSON.parse(String((await service.get('mails/mail-1')).body));

    expect(content).toMatchObject({
      subject: 'Hello',
      hasHtml: true,
      attachments: ['text/calendar invite.ics'],
      calendar: {
        entry: {
          ...{ method: 'REQUEST', sequence: 2, status: 'CONFIRMED', summary: 'Planning', uid: 'one@example.org' },
          ...{ organizer: 'alice <alice@example.org>', attendees: ['ana@example.org'] },
          ...{ start: '2027-03-01T10:00:00.000Z', end: '2027-03-01T11:00:00.000Z' },
        },
      },
    });
    expect(content.headers).toContainEqual(['Subject', 'Hello']);
    expect(content.source).toBe(mail.raw.toString());
  });

  test('is shown even where its calendar cannot be read, with the reason', async () => {
    const { calendar, subject } = JSON.parse(String((await service.get('mails/broken')).body));

    expect(subject).toBe('Hello');
    expect(calendar.entry).toBeUndefined();
    expect(calendar.fault).toMatch(/\w/);
    expect(calendar.source).toContain('BEGIN:VCALENDAR');
  });
});
