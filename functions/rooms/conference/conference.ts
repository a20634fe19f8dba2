import type { Meeting } from '../../meetings/meeting.ts';
import type { Route, TableAction } from '../../runtime/route.ts';
import type { RuntimeSettings } from '../../runtime/settings.ts';
import type { RoomFacts } from '../signalling/protocol.ts';

/** Which room a conference is held in: a meeting's, or a public one by its id. */
export type ConferenceRoom =
  | { readonly kind: 'meeting'; readonly meeting: Pick<Meeting, 'id' | 'key'> }
  | { readonly kind: 'public'; readonly id: string };

/** A route that the conference's own servers or pages ask, with what its function does with the table. */
export interface ConferenceRoute extends Route {
  readonly tableActions: readonly TableAction[];
}

/** Who holds the conferences of a deployment, and all that the rest of the service must know of it. */
export interface Conference {
  /** What the room's page is told. It holds the conference itself, but where `jitsiUrl` says where else it is held. */
  facts(room: ConferenceRoom): Pick<RoomFacts, 'jitsiUrl'>;
  readonly routes: readonly ConferenceRoute[];
  /** Origins of pages of its own that call the API. */
  readonly origins: readonly string[];
  /** Whether it answers the telephone of `pstnExtension`. */
  readonly answersTelephone: boolean;
  /** Whether browsers connect to each other, which takes STUN and TURN servers. */
  readonly connectsBrowsers: boolean;
}

/** The settings that choose a conference. */
export type ConferenceSettings = Pick<RuntimeSettings, 'jitsiHost'>;

/** A way to hold conferences. @returns undefined where the settings do not choose it */
export type ConferenceProvider = (settings: ConferenceSettings) => Conference | undefined;
