import type { Conference, ConferenceRoute, ConferenceSettings } from '../conference.ts';
import { jitsiRoomOf } from './jitsiRoom.ts';

const servedBy = 'http/conference/serveJitsi';

/** What a Jitsi server asks, in the words of Jitsi's own documentation. */
const routes: readonly ConferenceRoute[] = [
  {
    method: 'POST',
    path: '/reservation/conference',
    access: 'open',
    handler: 'http/conference/createReservation',
    servedBy,
    tableActions: ['GetItem', 'PutItem', 'UpdateItem'],
  },
  {
    method: 'GET',
    path: '/reservation/conference/{id}',
    access: 'open',
    handler: 'http/conference/readReservation',
    servedBy,
    tableActions: ['GetItem', 'UpdateItem'],
  },
  {
    method: 'DELETE',
    path: '/reservation/conference/{id}',
    access: 'open',
    handler: 'http/conference/deleteReservation',
    servedBy,
    tableActions: ['UpdateItem', 'DeleteItem'],
  },
  {
    method: 'GET',
    path: '/conferenceMapper',
    access: 'open',
    handler: 'http/conference/mapConference',
    servedBy,
    tableActions: ['GetItem', 'UpdateItem'],
  },
];

/** A Jitsi server holds the conferences. */
export function jitsi({ jitsiHost }: ConferenceSettings): Conference | undefined {
  if (jitsiHost === undefined) return undefined;
  return {
    facts: (room) => {
      const name = room.kind === 'meeting' ? jitsiRoomOf(room.meeting) : room.id;
      return { jitsiUrl: `${jitsiHost}/${name}` };
    },
    routes,
    // Its page asks for the dial-in code that it shows.
    origins: [jitsiHost],
    answersTelephone: true,
    connectsBrowsers: false,
  };
}
