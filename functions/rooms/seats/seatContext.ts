import { Refusal } from '../../runtime/refusal.ts';
import type { RoomStore } from './roomStore.ts';
import type { Room, Seat } from './seat.ts';

/** Where somebody does something: in his seat, in a room as it is now. */
export interface Scene {
  readonly rooms: RoomStore;
  readonly room: Room;
  readonly me: Seat;
  readonly now: Date;
}

export function noSuchPerson(): Refusal {
  return new Refusal('missing', 'no-such-person', 'There is nobody of this id in the room.');
}

export function noSeat(): Refusal {
  return new Refusal('forbidden', 'no-seat', 'This connection has no seat in the room; join first.');
}

export function hostNeeded(): Refusal {
  return new Refusal('forbidden', 'host-needed', 'Only a host may do this.');
}
