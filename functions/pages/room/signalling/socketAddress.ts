import type { RoomFacts } from '../../../rooms/signalling/protocol.ts';

/** The link's key is what follows the dot of its last segment; a public room has none, whatever its name holds. */
export function socketAddress({ socketUrl, room, kind }: RoomFacts, address: string): string {
  const segment = address.slice(address.lastIndexOf('/') + 1);
  const key = kind === 'meeting' && segment.includes('.') ? segment.slice(segment.lastIndexOf('.') + 1) : '';
  const url = new URL(socketUrl);
  url.searchParams.set('room', room);
  url.searchParams.set('key', key);
  return url.href;
}
