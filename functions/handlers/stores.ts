import { deliveryStore } from '../deliveries/deliveryStore.ts';
import { listingStore } from '../meetings/listingStore.ts';
import { meetingStore } from '../meetings/meetingStore.ts';
import { once } from '../runtime/once.ts';
import { settings } from '../runtime/settings.ts';
import { table } from '../runtime/table.ts';
import { deviceStore } from '../users/deviceStore.ts';
import { directory } from '../users/directoryStore.ts';
import { userListStore } from '../users/userListStore.ts';

/** The stores that handlers hand down, each built when it is first asked for. */
export const meetings = /* @__PURE__ */ once(() => meetingStore(table(), settings().retentionDays));
export const listings = /* @__PURE__ */ once(() => listingStore(table()));
export const deliveries = /* @__PURE__ */ once(() => deliveryStore(table()));
export const users = /* @__PURE__ */ once(() => directory(table()));
export const userLists = /* @__PURE__ */ once(() => userListStore(table()));
export const devices = /* @__PURE__ */ once(() => deviceStore(table()));
