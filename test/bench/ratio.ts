/** Two ways to do the same, measured in turn in one run: machines differ and are noisy, ratios less so. */
export interface Comparison {
  readonly name: string;
  readonly subject: string;
  readonly baseline: string;
  /** Medians, in the unit that the comparison names. */
  readonly subjectMedian: number;
  readonly baselineMedian: number;
  readonly unit: 'ms' | 'µs' | 'MB' | 'KB';
  /** The median of subject / baseline, pair by pair. */
  readonly ratio: number;
  readonly pairs: number;
}

interface Pairing {
  readonly name: string;
  readonly subject: string;
  readonly baseline: string;
  readonly unit: Comparison['unit'];
  readonly pairs: number;
}

/** Measures A B A B …, so that a machine that slows down slows both. */
export async function compare(
  { pairs, ...names }: Pairing,
  subject: () => Promise<number>,
  baseline: () => Promise<number>,
): Promise<Comparison> {
  const subjects: number[] = [];
  const baselines: number[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    subjects.push(await subject());
    baselines.push(await baseline());
  }
  const ratios = subjects.map((value, index) => value / (baselines[index] ?? Number.NaN));
  return {
    ...names,
    subjectMedian: median(subjects),
    baselineMedian: median(baselines),
    ratio: median(ratios),
    pairs,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
