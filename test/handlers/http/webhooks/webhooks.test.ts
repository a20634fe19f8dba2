import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { eventTypes } from '../../../../functions/events/event.ts';
import { startAws, type TestAws } from '../../../aws.ts';
import { answering, type Receiver, startReceiver } from '../../../events/receiver.ts';
import { webhookDoor as door } from '../../../events/webhookRun.ts';
import { catchLog, type LogLines } from '../../../logLines.ts';
import { alice, startService, type TestService } from '../../../service.ts';

let aws: TestAws;
let service: TestService;
let receiver: Receiver;
let log: LogLines;

const url = 'https://hooks.example.org/meetings?key=s3cret';

beforeAll(async () => {
  aws = await startAws();
  service = await startService();
  receiver = await startReceiver();
  log = catchLog();
});

beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer(answering(204));
});

afterAll(async () => {
  log.stop();
  await receiver.stop();
  await service.stop();
  await aws.stop();
});

async function created(body: object = { url }) {
  const { body: webhook } = await door('create', undefined, { body });
  return webhook as { id: string; secret: string; secrets: unknown[]; created: string };
}

const problem = ({ status, body }: Awaited<ReturnType<typeof door>>) => ({
  status,
  code: body.code,
  detail: body.detail,
});

describe('the doors to webhooks', () => {
  test.each(['create', 'list', 'read', 'patch', 'remove', 'attempts', 'test', 'rotate'] as const)(
    '%s is shut to who is no admin, and says so before it looks',
    async (name) => {
      expect(problem(await door(name, 'w', { claims: alice, body: { nonsense: true } }))).toEqual({
        status: 403,
        code: 'admin-needed',
        detail: 'Only an admin may do this.',
      });
    },
  );

  test.each(['read', 'patch', 'remove', 'attempts', 'test', 'rotate'] as const)(
    '%s does not know what is not there',
    async (name) => {
      for (const id of ['none', '0'.repeat(26), 'x'.repeat(3_000)]) {
        expect(problem(await door(name, id, { body: {} }))).toEqual({
          status: 404,
          code: 'webhook-not-found',
          detail: 'There is no such webhook.',
        });
      }
    },
  );
});

describe('a webhook', () => {
  test('is made with a secret that is shown once', async () => {
    const answer = await door('create', undefined, {
      body: { url, events: ['meeting.ended'], description: ' Intranet ' },
    });
    const { id, secret, created: made } = answer.body;
    const shown = {
      id,
      url,
      events: ['meeting.ended'],
      description: 'Intranet',
      enabled: true,
      secrets: [{ made }],
      created: made,
      updated: made,
    };

    expect(answer).toMatchObject({ status: 201, headers: { location: `/webhooks/${id}` } });
    expect(answer.body).toEqual({ ...shown, secret });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect((await door('read', id)).body).toEqual(shown);
    expect((await door('list')).body.webhooks).toContainEqual(shown);
    expect(JSON.stringify(log.all())).not.toContain('s3cret');
    expect(JSON.stringify(log.all())).not.toContain(secret);
  });

  test('hears of all where nothing else is said, and again when that is taken back', async () => {
    const { id } = await created();
    expect((await door('read', id)).body.events).toEqual(eventTypes);

    await door('patch', id, { body: { events: ['reminder.due'], description: 'a', url: 'https://other.example.org' } });
    expect((await door('read', id)).body).toMatchObject({
      events: ['reminder.due'],
      description: 'a',
      url: 'https://other.example.org/',
    });
    const { status, body } = await door('patch', id, { body: { events: null, description: null, enabled: false } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ events: eventTypes, enabled: false });
    expect(body).not.toHaveProperty('description');
  });

  test('that is deleted is gone', async () => {
    const { id } = await created();

    expect((await door('remove', id)).status).toBe(204);
    expect((await door('read', id)).status).toBe(404);
    expect((await door('remove', id)).status).toBe(404);
    expect((await door('list')).body.webhooks.map((one: { id: string }) => one.id)).not.toContain(id);
  });

  test('is one of twenty', async () => {
    const { webhooks } = (await door('list')).body;
    for (let count = webhooks.length; count < 20; count += 1) await created();

    const { status, body } = await door('create', undefined, { body: { url } });
    expect({ status, code: body.code, detail: body.detail }).toEqual({
      status: 409,
      code: 'too-many-webhooks',
      detail: 'There are 20 webhooks already; delete one first.',
    });
    for (const { id } of (await door('list')).body.webhooks) await door('remove', id);
  });
});

describe('a test call', () => {
  test('is signed so that a receiver believes it, and says what it answered', async () => {
    const { id, secret } = await created();
    const { status, body } = await door('test', id);

    expect(status).toBe(200);
    expect(body).toEqual({ id: body.id, told: true, milliseconds: expect.any(Number), status: 204 });
    const [received] = receiver.received;
    expect(new Webhook(secret).verify(received?.body ?? '', received?.headers ?? {})).toEqual({
      id: body.id,
      type: 'webhook.test',
      timestamp: expect.any(String),
      data: { webhookId: id },
    });
    expect(received?.headers['webhook-id']).toBe(body.id);
    expect(() => new Webhook(secret).verify(`${received?.body} `, received?.headers ?? {})).toThrow(
      'No matching signature found',
    );
    await door('remove', id);
  });

  test('says why there was no answer', async () => {
    const { id } = await created({ url: 'https://8.8.8.8/' });
    await door('patch', id, { body: { url: 'https://nowhere.invalid/' } });

    expect((await door('test', id)).body).toMatchObject({ told: false, silence: 'name-not-found' });
    receiver.answer(answering(500));
    await door('patch', id, { body: { url } });
    expect((await door('test', id)).body).toMatchObject({ told: false, status: 500 });
    await door('remove', id);
  });
});

describe('a new secret', () => {
  test('signs beside the one before for a day, and then alone', async () => {
    const { id, secret: first } = await created();
    const { status, body } = await door('rotate', id);
    const { secret: second } = body;
    const until = new Date(Date.parse(body.secrets[0].made) + 86_400_000).toISOString();

    expect(status).toBe(200);
    expect(body.secrets).toEqual([{ made: body.updated }, { made: expect.any(String), until }]);
    expect(second).not.toBe(first);
    await door('test', id);
    const both = receiver.received[0];
    for (const secret of [first, second]) {
      expect(() => new Webhook(secret).verify(both?.body ?? '', both?.headers ?? {})).not.toThrow();
    }

    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(until) });
    try {
      await door('test', id);
      const later = receiver.received[1];
      expect(() => new Webhook(second).verify(later?.body ?? '', later?.headers ?? {})).not.toThrow();
      expect(() => new Webhook(first).verify(later?.body ?? '', later?.headers ?? {})).toThrow(
        'No matching signature found',
      );
    } finally {
      vi.useRealTimers();
    }
  });
});
