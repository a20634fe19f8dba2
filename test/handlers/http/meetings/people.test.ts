import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meetingKey } from '../../../../functions/meetings/meetingStore.ts';
import { getRow } from '../../../../functions/runtime/table.ts';
import { alice, bob, type Call, call, startService, type TestService } from '../../../service.ts';

let service: TestService;
let create: (participants: object[], fields?: object) => ReturnType<typeof call>;
let patch: (id: string, participants: object[]) => ReturnType<typeof call>;
let calendar: (options: Call) => ReturnType<typeof call>;

beforeAll(async () => {
  service = await startService();
  const meetings = '../../../../functions/handlers/http/meetings';
  const [creating, patching, file, me] = [
    await import(`${meetings}/createMeeting.handler.ts`),
    await import(`${meetings}/patchMeeting.handler.ts`),
    await import(`${meetings}/readCalendar.handler.ts`),
    await import('../../../../functions/handlers/http/users/readMe.handler.ts'),
  ];
  const validSince = new Date(Date.now() + 3_600_000).toISOString();
  create = (participants, { claims = alice, ...fields }: Call = {}) =>
    call(creating.handler, { claims, body: { name: 'Planning', participants, validSince, ...fields } });
  patch = (id, participants) => call(patching.handler, { claims: alice, path: { id }, body: { participants } });
  calendar = (options) => call(file.handler, options);
  const withPhone = { ...bob, phone_number: '+525512345678', phone_number_verified: 'true' };
  expect((await call(me.handler, { claims: withPhone })).status).toBe(200);
});

afterAll(() => service.stop());

/** The people of a reply, of whom nobody has answered, without their ids. */
const peopleOf = ({ body }: { body: { participants: { id: string; answer: unknown }[] } }) =>
  body.participants.map(({ id, answer, ...person }) => {
    expect(id).toMatch(/^[0-9a-z]{12}$/);
    expect(answer).toEqual({ status: 'needsAction' });
    return person;
  });

describe('one person', () => {
  test.each<[object[], object]>([
    [[{ email: 'ana@bücher.example' }, { email: 'ana@xn--bcher-kva.example' }], { email: 'ana@bücher.example' }],
    [[{ email: 'ana@bu\u0308cher.example' }, { email: 'ANA@BÜCHER.example' }], { email: 'ana@bücher.example' }],
    [[{ phone: '5215512345679' }, { phone: '+525512345679' }], { phone: '+525512345679' }],
    [[{ email: 'bob@example.org' }, { userId: 'bob-id' }], { email: 'bob@example.org', userId: 'bob-id' }],
    [[{ userId: 'bob-id' }, { email: 'BOB@Example.org' }], { email: 'BOB@Example.org', userId: 'bob-id' }],
    [
      [{ phone: '+5215512345678' }, { email: 'bob@example.org', name: 'Bob' }, { userId: 'bob-id' }],
      { phone: '+525512345678', email: 'bob@example.org', name: 'Bob', userId: 'bob-id' },
    ],
  ])('is one participant: %j', async (participants, person) => {
    const reply = await create(participants, { sendInvitations: false });

    expect(reply.status).toBe(201);
    expect(peopleOf(reply)).toEqual([person]);
  });

  test('who is named by an address that another user verified stays apart from a user', async () => {
    const reply = await create([{ email: 'carol@example.org' }, { userId: 'bob-id' }]);

    expect(peopleOf(reply)).toEqual([{ email: 'carol@example.org' }, { userId: 'bob-id' }]);
  });

  test.each<[object, object, object]>([
    [{ email: 'ana@bücher.example' }, { email: 'ana@xn--bcher-kva.example' }, { email: 'ana@xn--bcher-kva.example' }],
    [{ email: 'bob@example.org' }, { userId: 'bob-id' }, { email: 'bob@example.org', userId: 'bob-id' }],
    [{ phone: '+34600000009' }, { phone: '34600000009' }, { phone: '+34600000009' }],
  ])('%j who is written %j in a PATCH stays, and hears of nothing', async (before, after, person) => {
    const { body: meeting } = await create([before]);
    const reply = await patch(meeting.id, [after]);

    expect(reply.status).toBe(200);
    expect(reply.body.participants[0].id).toBe(meeting.participants[0].id);
    expect(peopleOf(reply)).toEqual([person]);
    expect(reply.body.sequence).toBe(0);
  });
});

describe('a mobile number of Argentina, with its 9 and without, which makes a landline of it', () => {
  const [landline, mobile] = ['+541123456789', '+5491123456789'];
  const silent = { sendInvitations: false };

  test.each([[[landline, mobile]], [[mobile, landline]], [['541123456789', '5491123456789', landline]]])(
    'is one participant who takes SMS: %j',
    async (phones) => {
      const reply = await create(
        phones.map((phone) => ({ phone })),
        silent,
      );

      expect(peopleOf(reply)).toEqual([{ phone: mobile }]);
    },
  );

  test('alone is a landline', async () => {
    expect(peopleOf(await create([{ phone: landline }], silent))).toEqual([{ phone: landline, phoneType: 'landline' }]);
  });

  test('stays a mobile where a PATCH writes the landline, and hears of nothing', async () => {
    const { body: meeting } = await create([{ phone: mobile }], silent);
    const reply = await patch(meeting.id, [{ phone: landline }]);

    expect(peopleOf(reply)).toEqual([{ phone: mobile }]);
    expect(reply.body).toMatchObject({ sequence: 0, participants: [{ id: meeting.participants[0].id }] });
  });

  test.each([[[mobile]], [[landline, mobile]]])('is told of the meeting once a PATCH writes %j', async (phones) => {
    const { body: meeting } = await create([{ phone: landline }], silent);
    const reply = await patch(
      meeting.id,
      phones.map((phone) => ({ phone })),
    );

    expect(peopleOf(reply)).toEqual([{ phone: mobile }]);
    expect(reply.body).toMatchObject({ sequence: 1, participants: [{ id: meeting.participants[0].id }] });
    const row = await getRow(service.table, meetingKey(meeting.id));
    expect(row).toMatchObject({ participants: [{ told: 1, invited: 1 }], removed: [] });
  });
});

describe('a number', () => {
  test('is kept without what is dialled inside its country alone', async () => {
    const reply = await create([{ phone: '+4407400123456' }], { sendInvitations: false });

    expect(peopleOf(reply)).toEqual([{ phone: '+447400123456' }]);
  });

  test('of a landline is taken, and the reply says that it is one', async () => {
    const reply = await create([{ phone: '34912345678', email: 'ana@example.org' }]);

    expect(reply.status).toBe(201);
    expect(peopleOf(reply)).toEqual([{ phone: '+34912345678', phoneType: 'landline', email: 'ana@example.org' }]);
    expect(peopleOf(await patch(reply.body.id, [{ id: reply.body.participants[0].id }]))).toEqual(peopleOf(reply));
  });

  test('of premium rate is taken where nobody is told', async () => {
    expect(peopleOf(await create([{ phone: '+34807000000' }], { sendInvitations: false }))).toEqual([
      { phone: '+34807000000' },
    ]);
  });
});

test.each(['josé@example.org', '"alice b"@example.org'])(
  'the calendar file of an organizer at %s is made, and names nobody',
  async (email) => {
    const claims = { ...alice, sub: `organizer-${email.length}`, email };
    const { body: meeting } = await create([{ email: 'ana@example.org' }], { claims });
    const { status, headers, body } = await calendar({ claims, path: { id: meeting.id } });

    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/calendar/);
    const names = body.split(/\r\n(?! )/).map((line: string) => line.split(/[:;]/)[0]);
    expect(names.join(' ')).toBe(
      'BEGIN VERSION CALSCALE PRODID BEGIN UID SUMMARY DTSTAMP DTSTART DTEND SEQUENCE STATUS DESCRIPTION LOCATION URL END END ',
    );
  },
);
