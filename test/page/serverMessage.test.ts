import { expect, test } from 'vitest';
import { readServerMessage } from '../../functions/pages/room/signalling/serverMessage.ts';

test('reads what the service says', () => {
  expect(readServerMessage('{"type":"left","id":"a","lost":true}')).toEqual({ type: 'left', id: 'a', lost: true });
  expect(readServerMessage('{"type":"pong","more":1}')).toEqual({ type: 'pong', more: 1 });
});

test.each([
  'not json',
  '[]',
  'null',
  '{"type":"tomorrow"}',
  '{"type":"constructor"}',
  '{"type":"left"}',
  '{"type":"left","id":7}',
  '{"type":"chat","from":"a","text":{"toString":"x"},"at":"now"}',
  '{"type":"arrived","person":{"id":"a"}}',
  '{"type":"joined","seat":"t","you":{"id":"a","name":"A"},"people":[],"iceServers":[],"locked":false}',
  '{"type":"locked","locked":"yes"}',
  new ArrayBuffer(4),
])('ignores %s', (frame) => {
  expect(readServerMessage(frame)).toBeUndefined();
});
