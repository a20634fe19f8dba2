import fc from 'fast-check';
import MailComposer from 'nodemailer/lib/mail-composer';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { composeMail, type Mail } from '../../../../functions/deliveries/channels/email/composeMail.ts';

const calendar = { method: 'REQUEST', content: 'BEGIN:VCALENDAR\r\nSUMMARY:会议\r\nEND:VCALENDAR\r\n' } as const;
const mail: Mail = {
  from: { name: 'Ana (Meetings)', address: 'meetings@example.org' },
  to: { name: 'Bob', address: 'bob@example.com' },
  replyTo: { name: 'Ana', address: 'ana@example.org' },
  subject: 'Plans & numbers',
  text: 'Hello\nBob\n',
  html: '<p>Hello Bob, 会议 🎉</p>',
  calendar,
  date: new Date('2026-07-01T10:05:00Z'),
};
const hostile = 'Ünï, "cöde"; \\ 会议 🎉';

function source(changes: Partial<Mail> = {}): string {
  return Buffer.from(composeMail({ ...mail, ...changes })).toString('latin1');
}

function read(changes: Partial<Mail> = {}) {
  return PostalMime.parse(composeMail({ ...mail, ...changes }), { attachmentEncoding: 'utf8' });
}

/** The tree of parts, by their types. */
function structure(text: string): string[] {
  return [...text.matchAll(/^Content-Type: (.+)$/gm)].map(([, type]) => type?.trim() ?? '');
}

describe('a mail with a calendar', () => {
  it('reads as it was written', async () => {
    const parsed = await read();
    expect(parsed.from).toEqual({ name: 'Ana (Meetings)', address: 'meetings@example.org' });
    expect(parsed.to).toEqual([{ name: 'Bob', address: 'bob@example.com' }]);
    expect(parsed.replyTo).toEqual([{ name: 'Ana', address: 'ana@example.org' }]);
    expect(parsed.subject).toBe('Plans & numbers');
    expect(parsed.date).toBe('2026-07-01T10:05:00.000Z');
    expect(parsed.text).toBe('Hello\r\nBob\r\n');
    expect(parsed.html?.trim()).toBe('<p>Hello Bob, 会议 🎉</p>');
  });

  it('carries it among the alternatives and as a file, the alternatives first', async () => {
    expect(structure(source())).toEqual([
      'multipart/mixed; boundary="=_mixed"',
      'multipart/alternative; boundary="=_alternative"',
      'text/plain; charset=UTF-8',
      'text/html; charset=UTF-8',
      'text/calendar; method=REQUEST; charset=UTF-8',
      'application/ics; name="invite.ics"',
    ]);
    const { attachments } = await read();
    expect(
      attachments.map(({ mimeType, method, filename, disposition }) => ({ mimeType, method, filename, disposition })),
    ).toEqual([
      { mimeType: 'text/calendar', method: 'REQUEST', filename: null, disposition: null },
      { mimeType: 'application/ics', method: undefined, filename: 'invite.ics', disposition: 'attachment' },
    ]);
    for (const { content } of attachments) expect(String(content).replace(/\r?\n/g, '\r\n')).toBe(calendar.content);
  });

  it('tells its method', () => {
    expect(source({ calendar: { ...calendar, method: 'CANCEL' } })).toContain('text/calendar; method=CANCEL;');
  });
});

describe('a mail without one', () => {
  it('has text and html alone', async () => {
    expect(structure(source({ calendar: undefined }))).toEqual([
      'multipart/alternative; boundary="=_alternative"',
      'text/plain; charset=UTF-8',
      'text/html; charset=UTF-8',
    ]);
    expect((await read({ calendar: undefined })).attachments).toEqual([]);
  });

  it('has neither a reply address where none is given, nor ever an id, which SES makes', () => {
    const [head = ''] = source({ replyTo: undefined }).split('\r\n\r\n');
    const names = [...head.matchAll(/^([A-Za-z-]+):/gm)].map(([, name]) => name);

    expect(names).toEqual([
      'From',
      'To',
      'Subject',
      'Date',
      'MIME-Version',
      'Auto-Submitted',
      'X-Auto-Response-Suppress',
      'Content-Type',
    ]);
  });

  it('says that no machine is to answer it', () => {
    for (const text of [source(), source({ calendar: undefined })]) {
      expect(text).toContain('\r\nAuto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\n');
    }
  });
});

describe('on its way', () => {
  it('is ASCII in lines of at most 78 octets that end in CRLF', () => {
    const text = source({
      subject: hostile.repeat(5),
      html: 'x'.repeat(10_000),
      to: { name: hostile, address: 'b@example.com' },
    });
    expect(text).toMatch(/^[\r\n -~]*$/);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
  });

  it('has line ends of CRLF in its texts, of whatever kind they were', async () => {
    const encoded = source({ text: 'a\nb\r\nc\rd' }).split('\r\n\r\n')[3]?.split('\r\n')[0] ?? '';
    expect(Buffer.from(encoded, 'base64').toString()).toBe('a\r\nb\r\nc\r\nd');
  });

  it('is the same for the same mail', () => {
    expect(source()).toBe(source());
  });

  it('names the date as RFC 5322 does', () => {
    expect(source()).toContain('\r\nDate: Wed, 01 Jul 2026 10:05:00 +0000\r\n');
  });

  it('is sent to a domain of other letters by its name in ASCII', () => {
    expect(source({ to: { address: 'bob@bücher.example' } })).toContain('To: bob@xn--bcher-kva.example\r\n');
  });
});

describe('nobody is added', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 100 }),
    fc.constantFrom(
      hostile,
      hostile.repeat(9),
      'a\r\nBcc: eve@example.com',
      'a\rBcc: eve@example.com',
      'a\n\nbody',
      'Bob <eve@example.com>, Eve',
      '=?UTF-8?B?DQpCY2M6IGV2ZUBleGFtcGxlLmNvbQ==?=',
      '--=_mixed--',
      '\r\n--=_alternative--\r\n',
    ),
  );

  it('by a name, a subject or a text', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyText, anyText, anyText, async (from, to, subject, text) => {
        const parsed = await read({
          from: { ...mail.from, name: from },
          to: { ...mail.to, name: to },
          replyTo: { name: to, address: 'ana@example.org' },
          subject,
          text,
          html: text,
        });
        expect(parsed.headers.map(({ key }) => key)).toEqual([
          'from',
          'to',
          'reply-to',
          'subject',
          'date',
          'mime-version',
          'auto-submitted',
          'x-auto-response-suppress',
          'content-type',
        ]);
        expect([parsed.from?.address, parsed.to?.length, parsed.to?.[0]?.address]).toEqual([
          'meetings@example.org',
          1,
          'bob@example.com',
        ]);
        expect(parsed.bcc ?? []).toEqual([]);
        expect(parsed.attachments).toHaveLength(2);
      }),
    );
  });

  it.each([
    'bob@example.com, eve@example.com',
    'bob@example.com\r\nBcc: eve@example.com',
    '<bob@example.com> eve@example.com',
  ])('by the address %j', (address) => {
    for (const changes of [{ to: { address } }, { from: { address } }, { replyTo: { address } }]) {
      expect(() => composeMail({ ...mail, ...changes })).toThrow('not an address');
    }
  });
});

describe('another composer', () => {
  const line = fc.stringMatching(/^[ -~äéîõüç会议🎉]{1,60}$/u).map((text) => text.trim() || 'x');
  const lines = fc.array(line, { minLength: 1, maxLength: 5 }).map((all) => `${all.join('\n')}\n`);
  const mails = fc.record({
    from: line,
    to: line,
    replyTo: fc.option(line),
    subject: line,
    text: lines,
    html: lines,
    calendar: fc.option(fc.constantFrom('REQUEST', 'CANCEL')),
    date: fc.date({
      min: new Date('2000-01-01T00:00:00Z'),
      max: new Date('2099-12-31T00:00:00Z'),
      noInvalidDate: true,
    }),
  });

  it('makes of the same mail what mail programs read the same', async () => {
    await fc.assert(
      fc.asyncProperty(mails, async ({ from, to, replyTo, calendar: method, ...given }) => {
        const composed: Mail = {
          ...given,
          from: { name: from, address: 'meetings@example.org' },
          to: { name: to, address: 'bob@example.com' },
          ...(replyTo ? { replyTo: { name: replyTo, address: 'ana@example.org' } } : {}),
          ...(method ? { calendar: { method, content: calendar.content } } : {}),
        };

        expect(await readOf(composeMail(composed))).toEqual(await readOf(await composedByNodemailer(composed)));
      }),
      { numRuns: 200 },
    );
  });

  /** What the recipient is shown, in the order in which it stands. */
  async function readOf(raw: Uint8Array) {
    const { from, to, cc, bcc, replyTo, subject, date, text, html, attachments } = await PostalMime.parse(raw, {
      attachmentEncoding: 'utf8',
    });
    const whole = (content: unknown) => String(content).replace(/\r?\n/g, '\n').trimEnd();
    return {
      ...{ from, to, cc, bcc, replyTo, subject, date: date && Date.parse(date) },
      ...{ text: whole(text), html: whole(html) },
      attachments: attachments.map(({ mimeType, method, filename, disposition, content }) => {
        return { mimeType, method, filename, isAttached: disposition === 'attachment', content: whole(content) };
      }),
    };
  }

  async function composedByNodemailer({ calendar: ical, ...given }: Mail): Promise<Uint8Array> {
    const mailbox = ({ name = '', address }: Mail['from']) => ({ name, address });
    const composer = new MailComposer({
      ...given,
      from: mailbox(given.from),
      to: mailbox(given.to),
      replyTo: given.replyTo && mailbox(given.replyTo),
      ...(ical ? { icalEvent: { method: ical.method, content: ical.content, filename: 'invite.ics' } } : {}),
    });
    return composer.compile().build();
  }
});
