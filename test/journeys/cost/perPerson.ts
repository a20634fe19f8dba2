import { combine } from '../../../infra/operate/cost/meetingUsage.ts';
import type { Usage } from '../../../infra/operate/cost/usage.ts';

/** What each of so many more people adds; never less than nothing, as times would say that other work on a machine has lengthened. */
export function perPerson(few: Usage, many: Usage, more: number): Usage {
  return rounded(combine((name) => Math.max(0, many[name] - few[name]) / more));
}

/** What is left of a meeting without its people. */
export function withoutPeople(usage: Usage, perOne: Usage, people: number): Usage {
  return rounded(combine((name) => usage[name] - perOne[name] * people));
}

/** The least of each: what else goes on on a machine only adds. */
export function leastOf(usages: readonly Usage[]): Usage {
  return combine((name) => Math.min(...usages.map((usage) => usage[name])));
}

function rounded(usage: Usage): Usage {
  return combine((name) => Math.round(usage[name] * 10_000) / 10_000);
}
