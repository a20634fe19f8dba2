import type { Limit } from '../runtime/limit.ts';
import { networkOf } from './network.ts';

/** An office behind one address may come all at once; a scan of links would need far more. */
const attemptsPerMinute = 300;

/** How often rooms may be asked for from one network, whatever comes of it. */
export function attemptLimit(sourceAddress: string): Limit {
  return { what: 'room', who: networkOf(sourceAddress), windowSeconds: 60, most: attemptsPerMinute };
}
