/** Lines of one file, from 1, both ends included. */
export interface LineRange {
  readonly file: string;
  readonly first: number;
  readonly last: number;
}

/** What a diff without context (`git diff --unified=0`) has added or rewritten; what is only removed leaves no line. */
export function changedLines(diff: string): LineRange[] {
  const ranges: LineRange[] = [];
  let file: string | undefined;
  for (const line of diff.split('\n')) {
    if (line.startsWith('+++ ')) file = line === '+++ /dev/null' ? undefined : line.slice('+++ b/'.length);
    const [, start, count = '1'] = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    if (file === undefined || start === undefined || count === '0') continue;
    ranges.push({ file, first: Number(start), last: Number(start) + Number(count) - 1 });
  }
  return ranges;
}
