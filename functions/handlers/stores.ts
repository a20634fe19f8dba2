import { deliveryStore } from '../deliveries/deliveryStore.ts';
import { ownLinkStore } from '../deliveries/shortLinks/ownLinkStore.ts';
import { shortLinkStore } from '../deliveries/shortLinks/shortLinkStore.ts';
import { answerStore } from '../meetings/answers/answerStore.ts';
import { listingStore } from '../meetings/listings/listingStore.ts';
import { meetingStore } from '../meetings/meetingStore.ts';
import { visitStore } from '../rooms/attendance/visitStore.ts';
import { reservationStore } from '../rooms/conference/jitsi/reservationStore.ts';
import { hostTokenStore } from '../rooms/hostTokenStore.ts';
import { roomStore } from '../rooms/seats/roomStore.ts';
import { connectionStore } from '../rooms/signalling/connectionStore.ts';
import { waitingStore } from '../rooms/waitingStore.ts';
import { limitStore } from '../runtime/limitStore.ts';
import { once } from '../runtime/once.ts';
import { settings } from '../runtime/settings.ts';
import { table } from '../runtime/table.ts';
import { deviceStore } from '../users/deviceStore.ts';
import { directory } from '../users/directoryStore.ts';
import { userListStore } from '../users/userListStore.ts';

/** The stores that handlers hand down, each built when it is first asked for. */
export const meetings = /* @__PURE__ */ once(() => meetingStore(table(), settings().retentionDays));
export const answers = /* @__PURE__ */ once(() => answerStore(table()));
export const listings = /* @__PURE__ */ once(() => listingStore(table()));
export const deliveries = /* @__PURE__ */ once(() => deliveryStore(table()));
export const ownLinks = /* @__PURE__ */ once(() => ownLinkStore(table()));
export const shortLinks = /* @__PURE__ */ once(() => shortLinkStore(table()));
export const users = /* @__PURE__ */ once(() => directory(table()));
export const userLists = /* @__PURE__ */ once(() => userListStore(table()));
export const devices = /* @__PURE__ */ once(() => deviceStore(table()));
export const rooms = /* @__PURE__ */ once(() => roomStore(table()));
export const connections = /* @__PURE__ */ once(() => connectionStore(table()));
export const hostTokens = /* @__PURE__ */ once(() => hostTokenStore(table()));
export const waiting = /* @__PURE__ */ once(() => waitingStore(table()));
export const visits = /* @__PURE__ */ once(() => visitStore(table(), settings().retentionDays));
/** Undefined where no attendance is kept. */
export const keptVisits = () => (settings().attendance ? visits() : undefined);
export const limits = /* @__PURE__ */ once(() => limitStore(table()));
export const reservations = /* @__PURE__ */ once(() => reservationStore(table()));
