import { Refusal } from '../../runtime/refusal.ts';
import type { RoomServices } from './roomServices.ts';
import type { Room, Seat } from './seat.ts';
import type { SweepServices } from './sweepRoom.ts';
import type { TakeSeatServices } from './takeSeat.ts';
import type { WelcomeServices } from './welcome.ts';

export type SeatServices = SweepServices & TakeSeatServices & WelcomeServices & Pick<RoomServices, 'settings'>;

/** Where somebody does something: in their seat, in a room as it is now. */
export interface SeatContext {
  readonly services: SeatServices;
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
