/** Of Stryker's report (mutation-testing-report-schema), what is read here. */
export interface MutationReport {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

export interface FolderScore {
  /** As `functions/meetings`. */
  readonly folder: string;
  /** Mutants that a test noticed, by failing or by never ending. */
  readonly noticed: number;
  /** Mutants that tests ran, and passed. */
  readonly survived: number;
  /** Mutants that no unit test runs. */
  readonly unseen: number;
}

const noticed = ['Killed', 'Timeout'];

export function scoreByFolder({ files }: MutationReport): FolderScore[] {
  const folders = new Map<string, string[]>();
  for (const [file, { mutants }] of Object.entries(files)) {
    const folder = file.split('/').slice(0, 2).join('/');
    folders.set(folder, [...(folders.get(folder) ?? []), ...mutants.map(({ status }) => status)]);
  }
  return [...folders].map(([folder, statuses]) => ({
    folder,
    noticed: statuses.filter((status) => noticed.includes(status)).length,
    survived: statuses.filter((status) => status === 'Survived').length,
    unseen: statuses.filter((status) => status === 'NoCoverage').length,
  }));
}

/** Per cent of the mutants that tests ran; 100 where there are none. */
export function percentNoticed(scores: readonly Pick<FolderScore, 'noticed' | 'survived'>[]): number {
  const sum = (key: 'noticed' | 'survived') => scores.reduce((total, score) => total + score[key], 0);
  const all = sum('noticed') + sum('survived');
  return all === 0 ? 100 : (100 * sum('noticed')) / all;
}

export function presentScore(score: FolderScore): string {
  const percent = percentNoticed([score]).toFixed(1);
  return `${score.folder}: ${percent} % noticed, ${score.survived} survived, ${score.unseen} run by no unit test`;
}
