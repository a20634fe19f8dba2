import type { planOf } from './numberPlan.ts';

export type { PlannedNumber } from './numberPlan.ts';

export type PlanOf = typeof planOf;

/**
 * Loads what knows the numbers of the world, which takes a tenth of a function's start. It is imported
 * by way of a file of ours: of a package that is loaded on demand itself, the bundle would hold all.
 */
export async function loadPlanOf(): Promise<PlanOf> {
  return (await import('./numberPlan.ts')).planOf;
}
