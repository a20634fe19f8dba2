import { fieldsOfOthers } from './fieldsOfOthers.ts';
/** One rule, and what breaks it: each value in turn at `path`, in an input that is right without it. */
export interface Row {
  readonly path: string;
  readonly message: string;
  readonly of: readonly unknown[];
  /** What is right by itself stands beside it. */
  readonly beside?: object;
}

/** In the place of a value: there is none. */
export const absent = Symbol('absent');

/** What a call is given, and what is wrong with it. */
export type Rows = Readonly<Partial<Record<'body' | 'query' | 'path' | 'header' | 'form', readonly Row[]>>>;

const half = 'must not hold half a character (an unpaired surrogate)';
const line = 'must not hold control characters or line ends';
const control = 'must not hold control characters';
const direction =
  'must not hold characters that override or isolate the direction of text (U+202A to U+202E, U+2066 to U+2069)';
const seen = 'must hold something that can be seen';
const userId = 'must be the id of a user: 1 to 128 printable ASCII characters, and not "me"';
const email = 'must be a mail address such as ana@example.org, of at most 254 characters';
const phone = 'must be an MSISDN: 7 to 15 digits with the country code, with or without +';
const language = 'must be a language tag (BCP 47) such as en or es-MX';
const spoken = 'must be one of the languages of this service: en, es, ca';
const zone = 'must be an IANA time zone such as Europe/Madrid';
const instant = 'must be an RFC 3339 date-time with an offset (2027-03-01T09:30:00+01:00) or epoch milliseconds';
const time =
  'must be an RFC 3339 date-time with an offset (2027-03-01T09:30:00+01:00), epoch milliseconds, or a dateTime with its timeZone';

const right = { dateTime: '2027-03-01T09:30', timeZone: 'Europe/Madrid' };

/** What the clocks of a zone show, in the field of this path; `beside` has a right one there. */
const localRows = (path: string, beside: object): readonly Row[] => [
  ...['dateTime', 'timeZone'].map((field) => ({
    path: `${path}/${field}`,
    message: 'is required',
    of: [absent],
    beside,
  })),
  {
    path: `${path}/dateTime`,
    message: 'must be a date and time without an offset, such as 2027-03-01T09:30',
    of: [
      ...['', 7, null, 'tomorrow', '2027-03-01', '2027-03-01T09:30Z', '2027-03-01T09:30+01:00', '2027-03-01 09:30'],
      ...['2027-03-01T24:00', '2027-02-29T09:30', '2027-03-01T09:60', '2027-03-01T09:30:60', '2027-03-01T9:30'],
    ],
    beside,
  },
  { path: `${path}/timeZone`, message: zone, of: ['Mars/Olympus', '', 5, null, '+02:00'], beside },
  { path: `${path}/offset`, message: unknown, of: ['+01:00'], beside },
];
const unknown = 'is not a known field';
const alias =
  'must be 1 to 40 letters of the English alphabet, digits, dots, underscores and hyphens, and begin and end with a letter or digit';
const ifMatch = 'must be * or entity tags in double quotes with commas between them, such as "1"';
const device = 'must be 1 to 128 letters, digits, dots, hyphens or underscores';
const limit = 'must be a whole number from 1 to 100';
const shownLine = 'must be text of 1 to 128 characters';

const halves = ['Party \ud83c', '\udf89 Party', 'a\udf89\ud83cb'];
const controls = ['a\u0000b', 'a\tb', 'a\nb', 'a\r\nBcc: x', 'a\u007fb', 'a\u0085b', 'a\u2028b', 'a\u2029b', 'Plan\n'];
const directions = [
  '\u202egnp.exe',
  'a\u202ab',
  'a\u202bb',
  'a\u202cb',
  'a\u202db',
  'a\u2066b',
  'a\u2067b',
  'a\u2068b',
  'a\u2069b',
];
const invisibles = ['\u200b', '\u00ad\u200d', '\u2800', '\u3164', '\u{e0041}'];
const people = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ email: `person-${index}@example.org` }));

const participant: readonly Row[] = [
  {
    path: '/participants',
    message: 'must be an array of at most 2000 participants',
    of: [{}, 'bob@example.org', null, people(2_001), Array.from({ length: 5_000 }, () => 0)],
  },
  {
    path: '/participants/0/userId',
    message: userId,
    of: ['', 7, null, 'a b', 'ü', 'me', 'ME', 'x'.repeat(129), '\ud83c'],
  },
  { path: '/participants/0/userId', message: 'must be the id of a known user', of: ['nobody', 'GONE-ID'] },
  {
    path: '/participants/0/email',
    message: email,
    of: [
      'bob',
      '',
      7,
      null,
      '@',
      'a@b',
      'a b@example.org',
      'a@example.org\r\nBcc: x@example.org',
      `${'x'.repeat(65)}@example.org`,
      `a@${'x.'.repeat(130)}org`,
      'a\ud83c@example.org',
    ],
  },
  {
    path: '/participants/0/phone',
    message: phone,
    of: [
      '+34 600 000 009',
      '12345',
      '',
      34600000002,
      null,
      '+0123456789',
      '+1234567890123456',
      '1'.repeat(40),
      '00346000000',
      '+34-600-000-009',
      '+٣٤٦٠٠٠٠٠٠٠٩',
    ],
  },
  {
    path: '/participants/0/phone',
    message: 'must be a number that the numbering plan of its country can have',
    of: ['+22507080910', '+22997000000', '+551187654321', '+346000001', '+999123456789', '+52044551234567'],
  },
  {
    path: '/participants/0/phone',
    message: 'must not be a number of premium rate, shared cost, free of charge or of a pager: those get no SMS',
    of: ['+34807000000', '+34901234567', '+34900123456'],
  },
  {
    path: '/participants/0/phone',
    message: 'must be a number of a country that this service sends SMS to: ES',
    of: ['+447400123456'],
  },
  {
    path: '/participants/0/name',
    message: 'must be text of 1 to 100 characters',
    of: ['', ' ', 7, null, 'x'.repeat(101), 'x'.repeat(401), { first: 'Bob' }],
  },
  { path: '/participants/0/name', message: half, of: halves },
  { path: '/participants/0/name', message: line, of: controls },
  { path: '/participants/0/name', message: direction, of: directions },
  { path: '/participants/0/name', message: seen, of: invisibles },
  {
    path: '/participants/0/language',
    message: language,
    of: ['not a tag', '', 7, null, `en-${'x'.repeat(40)}`, 'e\ud83c'],
  },
  { path: '/participants/0/language', message: spoken, of: ['de', 'fr-FR'] },
  { path: '/participants/0/role', message: 'must be cohost or participant', of: ['host', '', 7, null, {}] },
  {
    path: '/participants/0/role',
    message: 'must stand beside a userId: co-hosts are users',
    of: ['cohost'],
  },
  { path: '/participants/0/required', message: 'must be true or false', of: ['no', 0, null, {}] },
  { path: '/participants/0/mail', message: unknown, of: ['x', null] },
  { path: '/participants/0/told', message: unknown, of: [0] },
];

const facts: readonly Row[] = [
  ...localRows('/validSince', { validSince: right }),
  ...localRows('/validUntil', { validUntil: right }),
  {
    path: '/name',
    message: 'must be text of 1 to 200 characters',
    of: ['', ' ', '\ufeff', 5, null, ['a'], 'x'.repeat(201), 'x'.repeat(801)],
  },
  { path: '/name', message: half, of: halves },
  { path: '/name', message: line, of: controls },
  { path: '/name', message: direction, of: directions },
  { path: '/name', message: seen, of: invisibles },
  {
    path: '/validSince',
    message: time,
    of: [
      'tomorrow',
      '',
      null,
      true,
      [],
      '2027-03-01',
      '2027-03-01T09:30:00',
      '2027-02-30T09:30:00Z',
      '2027-13-01T09:30:00Z',
      '2027-03-01T25:30:00Z',
      1_803_889_800,
      1_803_889_800_000.5,
      -1,
      8.64e15 + 1,
      `2027-03-01T09:30:00.${'0'.repeat(30)}Z`,
    ],
  },
  { path: '/validSince', message: 'must not be more than 5 minutes in the past', of: ['2027-03-01T07:54:59Z', 1e12] },
  { path: '/validSince', message: 'must not be more than 5 years ahead', of: ['2033-03-01T08:00:00Z', 8.64e15] },
  { path: '/language', message: language, of: ['not a tag', '', 5, ['en'], `en-${'x'.repeat(40)}`, 'e\ud83c'] },
  { path: '/language', message: spoken, of: ['de', 'zh-Hant'] },
  { path: '/timeZone', message: zone, of: ['Mars/Olympus', '', 5, 'x'.repeat(65), 'Europe/\ud83c', '+02:00', ' utc'] },
  { path: '/description', message: 'must be text of at most 2000 characters', of: [5, {}, 'x'.repeat(2_001)] },
  { path: '/description', message: half, of: halves },
  { path: '/description', message: control, of: ['a\u0000b', 'a\u000bb', 'a\u001bb', 'a\u007fb', 'a\u0085b'] },
  { path: '/description', message: direction, of: directions },
  { path: '/sendInvitations', message: 'must be true or false', of: ['yes', 'true', 1, {}] },
  { path: '/lobby', message: 'must be true or false', of: ['no', 0, []] },
  { path: '/showAnswers', message: 'must be true or false', of: ['no', 0, []] },
  { path: '/cohostsManage', message: 'must be true or false', of: ['no', 0, []] },
  {
    path: '/password',
    message: 'must be text of 4 to 64 characters',
    of: ['', '123', ' 123 ', 7301, ['7301'], '7'.repeat(65), '7'.repeat(257)],
  },
  { path: '/password', message: half, of: halves },
  { path: '/password', message: line, of: controls },
  { path: '/password', message: direction, of: ['\u202e7301', '73\u206601', '7301\u2069'] },
  { path: '/password', message: seen, of: ['\u200b\u200b\u200b\u200b', '\u3164\u3164\u3164\u3164'] },
  {
    path: '/password',
    message: 'must be digits alone: people who dial in type it on a telephone',
    of: ['open sesame', '7301 64', '730164x', '٧٣٠١٦٤'],
  },
  { path: '/isPasswordProtected', message: 'must be true or false', of: ['no', 0, null, []] },
  {
    path: '/isPasswordProtected',
    message: 'must be true where the meeting has a password, and false where it has none',
    of: [true],
  },
  {
    path: '/isPasswordProtected',
    message: 'must be true where the meeting has a password, and false where it has none',
    of: [false],
    beside: { password: '730164' },
  },
  { path: '/record', message: 'must be false: this service records nothing', of: [true, 'false', 0, []] },
  { path: '/passwordHash', message: unknown, of: ['x'] },
  { path: '/status', message: unknown, of: ['cancelled'] },
  { path: '/revision', message: unknown, of: [1] },
  { path: '/sequence', message: unknown, of: [0] },
  { path: '/__proto__', message: unknown, of: [{ admin: true }] },
  { path: '/a~1b~0c', message: unknown, of: [1] },
  { path: `/${'k'.repeat(100)}…`, message: unknown, of: [] },
];

const whole: Row = { path: '', message: 'must be a JSON object', of: [[], null, 'text', 7, true, [{}]] };
const required = (path: string): Row => ({ path, message: 'is required', of: [absent] });
const tags: readonly Row[] = [
  {
    path: '/If-Match',
    message: ifMatch,
    of: ['1', '', '"1', '1"', "'1'", '*, "1"', '"1" "2"', 'w/"1"', '"1",', `"${'x'.repeat(2_000)}"`],
  },
];
const userPath: readonly Row[] = [{ path: '/id', message: userId, of: ['', 'me', 'ME', 'a b', 'ü', 'x'.repeat(129)] }];
const devicePath: readonly Row[] = [{ path: '/id', message: device, of: ['', 'a b', 'a/b', 'ü', 'x'.repeat(129)] }];
const beginnings = (path: string): Row[] => [
  { path, message: shownLine, of: ['', 'x'.repeat(129)] },
  { path, message: half, of: halves },
  { path, message: line, of: controls },
  { path, message: direction, of: directions },
];
const profile: readonly Row[] = [
  {
    path: '/alias',
    message: alias,
    of: ['', 'x'.repeat(41), 'a b', 'peña', 'аlice', '.', '..', '-a', 'a.', 'a/b', 'a\n', 7, 'a\ud83c'],
  },
  { path: '/language', message: language, of: ['not a tag', '!', `en-${'x'.repeat(40)}`, ['en'], 7] },
  { path: '/landLineNumber', message: phone, of: ['123', '+34 930 000 000', 34930000000, 'none', '1'.repeat(40)] },
];

const receiverUrl =
  'must be an https URL of at most 2000 characters, on port 443, with the name of a host or a public address, and without user, password and fragment';
const eventTypes =
  'must be an array of types of events, each once: meeting.scheduled, meeting.changed, meeting.cancelled, meeting.started, meeting.ended, participant.answered, delivery.failed, reminder.due';
const webhookLine = 'must be text of 1 to 200 characters';
const ofWebhooks: readonly Row[] = [
  whole,
  {
    path: '/url',
    message: receiverUrl,
    of: [
      7,
      '',
      'hooks.example.org',
      'http://hooks.example.org/',
      'ftp://hooks.example.org/',
      'https://hooks.example.org:8443/',
      'https://user@hooks.example.org/',
      'https://:secret@hooks.example.org/',
      'https://hooks.example.org/#',
      'https://hooks.example.org/#part',
      'https://localhost/',
      'https://intranet/',
      'https://127.0.0.1/',
      'https://0x7f.1/',
      'https://2130706433/',
      'https://10.1.2.3/',
      'https://169.254.169.254/latest/meta-data/',
      'https://[::1]/',
      'https://[::ffff:192.168.0.1]/',
      'https://[64:ff9b::a00:1]/',
      'https://[fd00:ec2::254]/',
      `https://hooks.example.org/${'x'.repeat(2_000)}`,
      `https://hooks.example.org/${'ü'.repeat(700)}`,
    ],
  },
  {
    path: '/events',
    message: eventTypes,
    of: [
      7,
      'meeting.ended',
      {},
      [],
      ['meeting.ended', 'meeting.ended'],
      Array.from({ length: 9 }, () => 'meeting.ended'),
    ],
  },
  { path: '/events/0', message: eventTypes, of: ['meeting.moved', 'webhook.test', 7, null] },
  { path: '/description', message: webhookLine, of: ['', ' ', 7, 'x'.repeat(201), 'x'.repeat(801)] },
  { path: '/description', message: half, of: halves },
  { path: '/description', message: line, of: controls },
  { path: '/description', message: direction, of: directions },
  { path: '/description', message: seen, of: invisibles },
  { path: '/secret', message: unknown, of: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'] },
];
const ofAnswers: readonly Row[] = [
  whole,
  required(''),
  required('/status'),
  {
    path: '/status',
    message: 'must be one of accepted, tentative, declined',
    of: ['yes', '', 'needsAction', 'ACCEPTED', 7, null],
  },
  { path: '/comment', message: 'must be text of at most 500 characters', of: [7, null, {}, 'x'.repeat(501)] },
  { path: '/comment', message: half, of: halves },
  { path: '/comment', message: control, of: ['a\u0000b', 'a\u000bb', 'a\u001bb', 'a\u007fb', 'a\u0085b'] },
  { path: '/comment', message: direction, of: directions },
  {
    path: '/proposed',
    message: 'must be an array of at most 5 other times',
    of: [{}, 'tomorrow', null, Array.from({ length: 6 }, () => ({ validSince: '2027-03-02T09:00:00Z' }))],
  },
  { path: '/proposed/0', message: 'must be an object with validSince', of: ['2027-03-02T09:00:00Z', null, 7, []] },
  required('/proposed/0/validSince'),
  ...localRows('/proposed/0/validSince', { proposed: [{ validSince: right }] }),
  ...localRows('/proposed/0/validUntil', { proposed: [{ validSince: right, validUntil: right }] }),
  { path: '/proposed/0/validSince', message: time, of: ['tomorrow', '', null, 7, 'x'.repeat(41)] },
  { path: '/proposed/0/validSince', message: 'must not be more than 5 minutes in the past', of: [1e12] },
  { path: '/proposed/0/validSince', message: 'must not be more than 5 years ahead', of: ['2033-03-01T08:00:00Z'] },
  { path: '/proposed/0/validUntil', message: time, of: ['later', null, 'x'.repeat(41)] },
  { path: '/proposed/0/validUntil', message: 'must be after validSince', of: ['2027-03-02T09:00:00Z'] },
  {
    path: '/proposed/0/validUntil',
    message: 'must be at least a minute after validSince',
    of: ['2027-03-02T09:00:59Z'],
  },
  {
    path: '/proposed/0/validUntil',
    message: 'must be at most 31 days after validSince',
    of: ['2027-04-02T09:00:01Z'],
  },
  { path: '/proposed/0/name', message: unknown, of: ['Lunch'] },
  {
    path: '/sequence',
    message: 'must be a sequence that the meeting has had',
    of: ['0', -1, 0.5, null, 1, 9e15, 1e300],
  },
  { path: '/when', message: unknown, of: ['2027-03-01T08:00:00Z'] },
  { path: '/participantId', message: unknown, of: ['x'] },
];

/** Every refusal of an input, by the operation that it is sent to. */
export const rows: Readonly<Record<string, Rows>> = {
  createMeeting: {
    header: [
      {
        path: '/Idempotency-Key',
        message: 'must be 1 to 255 printable ASCII characters',
        of: ['', 'x'.repeat(256), 'ümlaut', 'a\tb'],
      },
    ],
    body: [
      whole,
      required(''),
      required('/name'),
      required('/participants'),
      required('/validSince'),
      ...facts,
      ...participant,
      {
        path: '/participants/0',
        message: 'must be an object with userId, email or phone',
        of: ['bob@example.org', null, 7, []],
      },
      { path: '/participants/0', message: 'must have userId, email or phone', of: [{}, { name: 'Nobody' }] },
      {
        path: '/participants/2/phone',
        message: 'differs from that of /participants/1, who is the same person',
        of: ['+34600000006'],
      },
      { path: '/validUntil', message: time, of: ['later', null, '2027-03-01T11:00:00', 'x'.repeat(41)] },
      {
        path: '/validUntil',
        message: 'must be after validSince',
        of: ['2027-03-01T09:00:00Z', '2027-03-01T08:59:59Z'],
      },
      {
        path: '/validUntil',
        message: 'must be at least a minute after validSince',
        of: ['2027-03-01T09:00:00.001Z', '2027-03-01T09:00:00.500Z', '2027-03-01T09:00:59.999Z'],
      },
      { path: '/validUntil', message: 'must be at most 31 days after validSince', of: ['2027-04-01T09:00:01Z'] },
      { path: '/language', message: language, of: [null] },
      { path: '/timeZone', message: zone, of: [null] },
      { path: '/description', message: 'must be text of at most 2000 characters', of: [null] },
      { path: '/sendInvitations', message: 'must be true or false', of: [null] },
      { path: '/lobby', message: 'must be true or false', of: [null] },
      { path: '/showAnswers', message: 'must be true or false', of: [null] },
      { path: '/cohostsManage', message: 'must be true or false', of: [null] },
      { path: '/password', message: 'must be text of 4 to 64 characters', of: [null] },
      { path: '/record', message: 'must be false: this service records nothing', of: [null] },
      { path: '/organizerId', message: userId, of: ['', 7, null, 'me', 'a b', 'x'.repeat(129)] },
      { path: '/organizerId', message: 'must be the id of a known user', of: ['nobody', 'gone-id'] },
    ],
  },
  patchMeeting: {
    header: tags,
    body: [
      whole,
      required(''),
      ...facts,
      ...participant,
      { path: '/participants/0', message: 'must be an object with id, userId, email or phone', of: ['x', null, 7, []] },
      { path: '/participants/0', message: 'must have id, userId, email or phone', of: [{}, { name: 'Nobody' }] },
      {
        path: '/participants/0/id',
        message: 'must be the id of a participant of this meeting',
        of: ['', 7, null, 'x y', 'X', 'nobody', '\ud83c'],
      },
      {
        path: '/participants/2/phone',
        message: 'differs from that of /participants/1, who is the same person',
        of: ['+34600000006'],
      },
      { path: '/validUntil', message: time, of: ['later', true, 'x'.repeat(41)] },
      {
        path: '/validUntil',
        message: 'must be after validSince',
        of: ['2027-03-01T09:00:00Z', '2027-03-01T07:00:00Z'],
      },
      {
        path: '/validUntil',
        message: 'must be at least a minute after validSince',
        of: ['2027-03-01T09:00:00.001Z', '2027-03-01T09:00:00.500Z', '2027-03-01T09:00:59.999Z'],
      },
      { path: '/validUntil', message: 'must be at most 31 days after validSince', of: ['2027-04-01T09:00:01Z'] },
      { path: '/rotateLink', message: 'must be true or false', of: ['yes', 1, null] },
      { path: '/organizerId', message: unknown, of: ['bob-id'] },
    ],
  },
  addParticipant: {
    header: tags,
    body: [
      required(''),
      { path: '', message: 'must be an object with userId, email or phone', of: ['x', null, 7, []] },
      { path: '', message: 'must have userId, email or phone', of: [{}, { name: 'Nobody' }] },
      ...participant
        .filter(({ path }) => path !== '/participants')
        .map((row) => ({ ...row, path: row.path.replace('/participants/0', '') })),
      { path: '/id', message: unknown, of: ['nobody'] },
      {
        path: '/phone',
        beside: { email: 'bob@example.org' },
        message: 'differs from that of a participant of this meeting, who is the same person',
        of: ['+34600000006'],
      },
    ],
  },
  removeParticipant: { header: tags },
  cancelMeeting: { header: tags },
  answerMeeting: { body: ofAnswers },
  giveAnswer: { body: ofAnswers },
  enterDialIn: {
    body: [
      { path: '', message: 'must be a JSON object', of: [[], 'text', 7] },
      required(''),
      required('/password'),
      { path: '/password', message: 'must be text of 1 to 256 characters', of: ['', 7, null, '7'.repeat(257)] },
      { path: '/password', message: half, of: halves },
      { path: '/password', message: line, of: controls },
      { path: '/password', message: direction, of: directions },
      { path: '/pin', message: unknown, of: ['483920175'] },
    ],
  },
  inviteAgain: {
    header: tags,
    body: [
      { path: '', message: 'must be an empty JSON object', of: [[], 'text', 7] },
      { path: '/everybody', message: unknown, of: [true] },
    ],
  },
  listMeetings: {
    query: [
      { path: '/from', message: instant, of: ['yesterday', '', '123', '2030-01-01', '9'.repeat(16), 'x'.repeat(41)] },
      { path: '/until', message: instant, of: ['', 'x'.repeat(41)] },
      { path: '/until', message: 'must be after from', of: ['2027-01-01T00:00:00Z', '2026-12-31T00:00:00Z'] },
      { path: '/role', message: 'must be one of organizer, participant', of: ['boss', '', 'admin'] },
      { path: '/status', message: 'must be one of scheduled, ended, cancelled', of: ['open', ''] },
      { path: '/limit', message: limit, of: ['500', '0', '101', '1e1', '', '-1', '1.5', 'ten'] },
      {
        path: '/cursor',
        message: 'must be the cursor of a page that you were given',
        of: ['', 'x', 'A'.repeat(5_000)],
      },
      { path: '/updatedSince', message: instant, of: ['yesterday', '', '123', '2030-01-01', 'x'.repeat(41)] },
      { path: '/page', message: unknown, of: ['2'] },
    ],
  },
  patchMe: {
    body: [
      whole,
      required(''),
      ...profile,
      ...fieldsOfOthers.map((name) => ({ path: `/${name}`, message: unknown, of: [['admin']] })),
    ],
  },
  putDevice: {
    path: devicePath,
    body: [
      whole,
      required(''),
      required('/platform'),
      required('/token'),
      { path: '/platform', message: 'must be one of fcm, apns, apns-sandbox', of: ['windows', '', 7, null] },
      {
        path: '/token',
        message: 'must be the token that the push service gave the device, of 1 to 2048 characters without spaces',
        of: ['', 'a b', 'ü', 7, null, 'x'.repeat(2_049), '\ud83c'],
      },
      { path: '/endpointArn', message: unknown, of: ['arn:aws:sns:eu-west-1:1:endpoint/GCM/x/1'] },
      { path: '/userId', message: unknown, of: ['bob-id'] },
    ],
  },
  deleteDevice: { path: devicePath },
  listUsers: {
    query: [
      ...beginnings('/username'),
      ...beginnings('/email'),
      { path: '/email', message: 'must not stand beside username', of: ['new'], beside: { username: 'new' } },
      { path: '/limit', message: limit, of: ['0', '101', '1e1', '', '01'] },
      {
        path: '/cursor',
        message: 'must be the cursor of a page of the same listing',
        of: ['nonsense', 'VVNFUiNhbGljZS1pZA', 'x'.repeat(1_501)],
      },
      { path: '/role', message: unknown, of: ['admin'] },
    ],
  },
  readUser: { path: userPath },
  putUser: {
    path: userPath,
    body: [
      whole,
      required(''),
      required('/capabilities'),
      ...profile,
      { path: '/alias', message: alias, of: [null] },
      {
        path: '/capabilities',
        message: 'must be an array of capabilities: admin, dial-in, meetings',
        of: ['admin', {}, null, Array.from({ length: 21 }, () => 'meetings')],
      },
      {
        path: '/capabilities/0',
        message: 'must be an array of capabilities: admin, dial-in, meetings',
        of: ['superuser', 7, null],
      },
      { path: '/username', message: shownLine, of: ['', ' ', 7, null, 'x'.repeat(129), 'x'.repeat(513)] },
      { path: '/username', message: half, of: halves },
      { path: '/username', message: line, of: controls },
      { path: '/username', message: direction, of: directions },
      { path: '/username', message: seen, of: invisibles },
      {
        path: '/name',
        message: 'must be text of 1 to 100 characters',
        of: ['', ' ', 7, null, 'x'.repeat(101), 'x'.repeat(401)],
      },
      { path: '/name', message: half, of: halves },
      { path: '/name', message: line, of: controls },
      { path: '/name', message: direction, of: directions },
      { path: '/name', message: seen, of: invisibles },
      { path: '/username', message: 'is required of a new user', of: [absent] },
      { path: '/email', message: unknown, of: ['bob@example.org'] },
      { path: '/role', message: unknown, of: ['admin'] },
      { path: '/deleted', message: unknown, of: [false] },
    ],
  },
  deleteUser: { path: userPath },
  createWebhook: {
    body: [
      ...ofWebhooks,
      required(''),
      required('/url'),
      { path: '/url', message: receiverUrl, of: [null] },
      { path: '/events', message: eventTypes, of: [null] },
      { path: '/description', message: webhookLine, of: [null] },
      { path: '/enabled', message: unknown, of: [true] },
    ],
  },
  patchWebhook: {
    body: [
      ...ofWebhooks,
      required(''),
      { path: '/url', message: receiverUrl, of: [null] },
      { path: '/enabled', message: 'must be true or false', of: ['true', 1, null] },
    ],
  },
  readAttempts: {
    query: [
      { path: '/limit', message: limit, of: ['0', '101', '1e1', '', '01'] },
      {
        path: '/cursor',
        message: 'must be the cursor of a page of the same listing',
        of: ['nonsense', 'VVNFUiNhbGljZS1pZA', 'x'.repeat(401)],
      },
      { path: '/state', message: unknown, of: ['told'] },
    ],
  },
  createReservation: {
    form: [
      required('/name'),
      { path: '/name', message: 'must be text of 1 to 200 characters', of: ['', 'x'.repeat(201)] },
      { path: '/mail_owner', message: 'must be text of at most 1000 characters', of: ['x'.repeat(1_001)] },
    ],
  },
};
