import type { NewId } from '../../runtime/ids.ts';
import type { LimitStore } from '../../runtime/limitStore.ts';
import type { log } from '../../runtime/log.ts';
import type { RuntimeSettings } from '../../runtime/settings.ts';
import type { Visits } from '../attendance/noteVisit.ts';
import type { HostTokenStore } from '../hostTokenStore.ts';
import type { RoomAccessContext } from '../roomAccess.ts';
import type { IceServer } from '../signalling/protocol.ts';
import type { SocketClient } from '../signalling/socketClient.ts';
import type { WaitingStore } from '../waitingStore.ts';
import type { RoomScheduleClient } from './roomScheduleClient.ts';
import type { RoomStore } from './roomStore.ts';

/** What the rooms work with. Each handler builds as much of it as it needs. */
export interface RoomServices extends RoomAccessContext {
  readonly rooms: RoomStore;
  readonly hostTokens: Pick<HostTokenStore, 'hostOf'>;
  readonly limits: LimitStore;
  readonly waiting: WaitingStore;
  readonly visits: Visits;
  readonly sockets: SocketClient;
  readonly schedules: RoomScheduleClient;
  readonly settings: Pick<RuntimeSettings, 'publicRooms' | 'openBeforeMinutes' | 'roomCapacity'>;
  /** The STUN and TURN servers of whoever has this seat, with fresh credentials. */
  readonly readIceServers: (roomId: string, seatId: string, now: Date) => Promise<readonly IceServer[]>;
  readonly newId: NewId;
  readonly log: Pick<typeof log, 'info'>;
}

/** What it takes to free seats, and to tell people of it. */
export type BroadcastServices = Pick<RoomServices, 'rooms' | 'sockets' | 'visits'>;
