import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { meetingStore } from '../../../functions/meetings/meetingStore.ts';
import { allRows } from '../../../functions/runtime/table.ts';
import { meetingOf } from '../../meetings/meetings.ts';
import { alice, call, startService, type TestService, testSettings } from '../../service.ts';
import { startSockets, type TestSockets } from '../sockets.ts';

const now = new Date('2027-03-01T09:30:00Z');
const meeting = meetingOf({
  id: 'v'.repeat(26),
  validSince: new Date('2027-03-01T09:00:00Z'),
  organizerId: 'alice-id',
});

describe.each([
  [{ attendance: false }, 'This service keeps no attendance.'],
  [
    { jitsiHost: 'https://jitsi.example.org' },
    'Conferences are held by a Jitsi server, which does not tell who was there.',
  ],
])('with %j', (settings, detail) => {
  let service: TestService;
  let sockets: TestSockets;

  beforeAll(async () => {
    vi.resetModules();
    vi.useFakeTimers({ toFake: ['Date'], now });
    service = await startService(settings);
    sockets = await startSockets();
    await meetingStore(service.table, testSettings.retentionDays).create(meeting, undefined);
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  afterAll(async () => {
    await sockets.stop();
    await service.stop();
  });

  test('there is no attendance, and nothing is kept', async () => {
    const socket = await sockets.open({ room: meeting.id, key: meeting.key });
    if (!socket) throw new Error('The socket was refused');
    await sockets.send(socket, { action: 'join', name: 'Ana', camera: false, microphone: false });
    expect(socket.received).toMatchObject([{ type: 'joined' }]);
    await sockets.close(socket, 1000);
    const rows = await allRows(service.table, `MEETING#${meeting.id}`, 'VISIT#');
    if ('attendance' in settings) expect(rows).toEqual([]);

    const { handler } = await import('../../../functions/handlers/http/rooms/readAttendance.handler.ts');
    const answer = await call(handler as never, { claims: alice, path: { id: meeting.id } });
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.body).toEqual({
      type: '/docs/problems.md#attendance-unavailable',
      title: 'There is no attendance',
      status: 404,
      code: 'attendance-unavailable',
      detail,
      instance: 'urn:request:request-1',
    });
  });
});
