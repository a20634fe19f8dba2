import { countWithin, type Limit, requireWithin } from '../runtime/limits.ts';
import type { Table } from '../runtime/table.ts';

/** Counts how often something is done. */
export function limitStore(table: Table) {
  return {
    /** Counts nothing. @throws Refusal 'limited', or the limit's own code, where one more would be too many */
    require: (limit: Limit, now: Date): Promise<void> => requireWithin(table, limit, now),

    /** Counts one more. @throws Refusal 'limited', or the limit's own code, where that is too many */
    count: (limit: Limit, now: Date): Promise<void> => countWithin(table, limit, now),
  };
}

export type LimitStore = ReturnType<typeof limitStore>;
