/** Tells what happens, and holds what is said against what is seen. */
export interface Story {
  /** Begins a chapter. */
  chapter(title: string): void;
  /** Says something, indented, as it is. */
  say(text: string): void;
  /** Says what should be so, and whether it is. */
  check(claim: string, holds: boolean): void;
  /** Waits until `look` finds something; a claim that does not come true in time is a failure. */
  wait<Found>(
    claim: string,
    seconds: number,
    look: () => Found | undefined | Promise<Found | undefined>,
  ): Promise<Found>;
  /** What did not hold. */
  readonly failures: readonly string[];
  readonly checks: number;
}

const bold = (text: string) => (process.stdout.isTTY ? `\u001b[1m${text}\u001b[0m` : text);

export function tellStory(): Story {
  const failures: string[] = [];
  let checks = 0;
  const check = (claim: string, holds: boolean) => {
    checks += 1;
    if (!holds) failures.push(claim);
    console.log(`  ${holds ? '✓' : '✗'} ${claim}`);
  };
  return {
    failures,
    get checks() {
      return checks;
    },
    chapter: (title) => console.log(`\n${bold(title)}`),
    say: (text) => console.log(text.trimEnd().replaceAll('\r\n', '\n').replace(/^/gm, '  │ ')),
    check,
    wait: async (claim, seconds, look) => {
      const deadline = Date.now() + seconds * 1_000;
      for (;;) {
        const found = await look();
        if (found !== undefined) {
          check(claim, true);
          return found;
        }
        if (Date.now() > deadline) {
          check(claim, false);
          throw new Error(`It did not happen within ${seconds} seconds: ${claim}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
  };
}
