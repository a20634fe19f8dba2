import { createTimeHeap, type TimeHeap } from './timeHeap.ts';

/** A tenant is noisy with more than this share of what is in flight, or of the time that messages took lately … */
const noisyShare = 0.1;
/** … the former only with so many in flight. */
const noisyInFlight = 30;
/** A tenant who sends nothing for so long is quiet again. */
const silenceMs = 300_000;
/** AWS does not say how long "recent" is. */
const recentMs = 60_000;

/** A message as the order sees it. */
export interface Ready {
  readonly id: string;
  /** Its `MessageGroupId`; a message without is a tenant of its own. */
  readonly tenant: string | undefined;
  /** Epoch milliseconds. */
  readonly visibleAt: number;
}

/** In which order the visible messages of a standard queue are received. */
export interface FairOrder {
  /** Adds a message that is visible; where it was in flight, it is so no more. */
  add(message: Ready, now: number): void;
  /** Takes the next. */
  take(now: number): Ready | undefined;
  hasAny(): boolean;
  /** Says that a tenant has sent a message. */
  sent(tenant: string | undefined, now: number): void;
  /** Says that a message was received. */
  begin(message: Ready, now: number): void;
  /** Says that a message was deleted. */
  end(id: string, now: number): void;
}

interface Tenant {
  readonly ready: TimeHeap<Ready>;
  inFlight: number;
  lastSent: number;
}

/**
 * The order of a fair queue: quiet tenants' messages first, the oldest before the others; then those of the noisy one with
 * the fewest in flight (Amazon SQS developer guide, "How Amazon SQS fair queues work").
 */
export function createFairOrder(): FairOrder {
  const tenants = new Map<string, Tenant>();
  const loners = createTimeHeap<Ready>();
  const flying = new Map<string, { readonly tenant: string | undefined; readonly since: number }>();
  let worked: { readonly tenant: string; readonly at: number; readonly ms: number }[] = [];

  function tenantOf(name: string): Tenant {
    const tenant = tenants.get(name) ?? { ready: createTimeHeap<Ready>(), inFlight: 0, lastSent: -Infinity };
    tenants.set(name, tenant);
    return tenant;
  }

  /** How long each tenant's messages took lately, those in flight included. */
  function recentWork(now: number): Map<string, number> {
    worked = worked.filter(({ at }) => at > now - recentMs);
    const sums = new Map<string, number>();
    const add = (tenant: string | undefined, ms: number) =>
      tenant === undefined || sums.set(tenant, (sums.get(tenant) ?? 0) + ms);
    for (const { tenant, ms } of worked) add(tenant, ms);
    for (const { tenant, since } of flying.values()) add(tenant, now - since);
    return sums;
  }

  function noisyTenants(now: number): Set<string> {
    const work = recentWork(now);
    const allWork = [...work.values()].reduce((sum, ms) => sum + ms, 0);
    const isNoisy = ([name, { inFlight, lastSent }]: readonly [string, Tenant]) =>
      lastSent > now - silenceMs &&
      ((inFlight >= noisyInFlight && inFlight > noisyShare * flying.size) ||
        (work.get(name) ?? 0) > noisyShare * allWork);
    return new Set([...tenants].filter(isNoisy).map(([name]) => name));
  }

  /** Whose turn it is. */
  function nextHeap(now: number): TimeHeap<Ready> {
    const noisy = noisyTenants(now);
    const waiting = [...tenants].filter(([, { ready }]) => ready.nextAt() !== undefined);
    const quiet = [loners, ...waiting.filter(([name]) => !noisy.has(name)).map(([, { ready }]) => ready)];
    const oldest = quiet.reduce((one, other) =>
      (other.nextAt() ?? Infinity) < (one.nextAt() ?? Infinity) ? other : one,
    );
    if (oldest.nextAt() !== undefined) return oldest;
    const [fewest] = waiting.map(([, tenant]) => tenant).sort((one, other) => one.inFlight - other.inFlight);
    return fewest?.ready ?? oldest;
  }

  function land(id: string, now: number): void {
    const flight = flying.get(id);
    flying.delete(id);
    if (flight?.tenant === undefined) return;
    worked.push({ tenant: flight.tenant, at: now, ms: now - flight.since });
    tenantOf(flight.tenant).inFlight -= 1;
  }

  /** A tenant whose backlog is done is quiet again, and forgotten. */
  function forgetDone(name: string | undefined): void {
    const tenant = tenants.get(name ?? '');
    if (name === undefined || !tenant || tenant.inFlight > 0 || tenant.ready.nextAt() !== undefined) return;
    tenants.delete(name);
    worked = worked.filter((work) => work.tenant !== name);
  }

  return {
    add: (message, now) => {
      land(message.id, now);
      const heap = message.tenant === undefined ? loners : tenantOf(message.tenant).ready;
      heap.push(message.visibleAt, message);
    },
    take: (now) => nextHeap(now).pop(Infinity),
    hasAny: () =>
      loners.nextAt() !== undefined || [...tenants.values()].some(({ ready }) => ready.nextAt() !== undefined),
    sent: (tenant, now) => {
      if (tenant !== undefined) tenantOf(tenant).lastSent = now;
    },
    begin: ({ id, tenant }, now) => {
      flying.set(id, { tenant, since: now });
      if (tenant !== undefined) tenantOf(tenant).inFlight += 1;
    },
    end: (id, now) => {
      const tenant = flying.get(id)?.tenant;
      land(id, now);
      forgetDone(tenant);
    },
  };
}
