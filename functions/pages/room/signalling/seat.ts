import { isObject } from './serverMessage.ts';

/** What brings this tab back to its seat after a reload. */
export interface Seat {
  readonly token: string;
  readonly name: string;
  readonly camera: boolean;
  readonly microphone: boolean;
}

const seatKey = (address: string) => `seat ${address}`;
const hostKey = (address: string) => `host ${address}`;

/** Keeps the seat for this tab, and claims it: a duplicated tab has the same storage, but not the claim. */
export function keepSeat(address: string, seat: Seat): void {
  sessionStorage.setItem(seatKey(address), JSON.stringify(seat));
  void claimTab(seat.token);
}

export function forgetSeat(address: string): void {
  sessionStorage.removeItem(seatKey(address));
}

/** The seat that this tab had before it was loaded again; undefined where it had none, or another tab sits on it. */
export async function seatOf(address: string): Promise<Seat | undefined> {
  const seat = parseSeat(sessionStorage.getItem(seatKey(address)));
  if (!seat) return undefined;
  // The page that is being left gives its claim up a moment after the new one begins.
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (await claimTab(seat.token)) return seat;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  forgetSeat(address);
  return undefined;
}

const claimed = new Set<string>();

/** Claims a seat for as long as this page lives; says whether nobody else has it. */
async function claimTab(token: string): Promise<boolean> {
  if (!navigator.locks || claimed.has(token)) return true;
  return await new Promise((resolve) => {
    void navigator.locks.request(token, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      if (lock === null) return undefined;
      claimed.add(token);
      return new Promise(() => {});
    });
  });
}

function parseSeat(text: string | null): Seat | undefined {
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value) || typeof value.token !== 'string' || typeof value.name !== 'string') return undefined;
    return {
      token: value.token,
      name: value.name,
      camera: value.camera === true,
      microphone: value.microphone === true,
    };
  } catch {
    return undefined;
  }
}

/** The token that this page was opened with; it counts even for somebody who has a seat already. */
let fresh: string | undefined;

/**
 * Takes the host's token out of the address (`#host=…`), where it could be copied with the link, and keeps
 * it for this tab.
 */
export function takeHostToken(address: string): void {
  fresh = new URLSearchParams(location.hash.slice(1)).get('host') ?? undefined;
  if (fresh !== undefined) history.replaceState(history.state, '', location.pathname + location.search);
  if (fresh !== undefined) sessionStorage.setItem(hostKey(address), fresh);
}

export function hostTokenOf(address: string): string | undefined {
  return sessionStorage.getItem(hostKey(address)) ?? undefined;
}

/** The token to join with. A seat has its rank already, and a token of old would be refused. */
export function hostTokenToShow(address: string, hasSeat: boolean): string | undefined {
  return hasSeat ? fresh : hostTokenOf(address);
}

/** It has made its bearer a host, which it does once, or it is refused. */
export function forgetHostToken(address: string): void {
  fresh = undefined;
  sessionStorage.removeItem(hostKey(address));
}
