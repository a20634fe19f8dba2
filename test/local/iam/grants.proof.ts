import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Grant, textOf } from '../../../infra/local/iam/grants.ts';
import { matchesWildcards } from '../../../infra/local/iam/wildcards.ts';
import { openStage, type Stage, type Story } from '../../journeys/tour/stage.ts';
import { tour } from '../../journeys/tour/tour.ts';
import { unusedGrants } from './unusedGrants.ts';

/** Milliseconds in which what follows from a story's last step is refused. */
const aftermath = 10_000;

/** A story, where it is told, and how long it takes. */
interface Telling {
  readonly stage: Stage;
  readonly story: Story;
  readonly milliseconds: number;
}

/** Its refusals are no faults: they are kept apart from the run's. */
const parts = await Promise.all(
  tour.map(async ({ settings, stories }) => ({
    stage: await openStage(settings, join(inject('runDirectory'), 'withheld.jsonl')),
    stories,
  })),
);
const explained = new Set(unusedGrants.map(textOf));
const grants = new Map(
  parts.flatMap(({ stage }) => stage.service.unusedGrants().map((grant) => [textOf(grant), grant] as const)),
);
/** What is put off by a refusal comes again a minute later: the one that has such work is the last. */
const inOrder = [...grants.values()]
  .filter((grant) => !explained.has(textOf(grant)))
  .sort((one, other) => Number(one.role.startsWith('Deliver')) - Number(other.role.startsWith('Deliver')));

/** By the grant, the shortest story that uses it. */
const tellings = new Map<string, Telling>();

beforeAll(async () => {
  for (const { stage, stories } of parts) for (const story of stories) await learn(stage, story);
}, 600_000);

afterAll(() => Promise.all(parts.map(({ stage }) => stage.end())));

describe('without one grant a story fails, and says who may not do what', () => {
  test.each(inOrder.map((grant) => [textOf(grant), grant] as const))('%s', async (_, grant) => {
    const telling = tellings.get(textOf(grant));
    if (telling === undefined) throw new Error('No story uses it');
    const giveBack = telling.stage.service.withhold(grant);
    const refusals = await refusalsOf(telling).finally(() => {
      giveBack();
      telling.stage.service.faults.clear();
    });

    expect(refusals).toEqual([expect.stringContaining(`is not authorized to perform: ${grant.action} on resource: `)]);
    expect(refusals[0]).toMatch(whoIn(grant));
    const [, resource = ''] = / on resource: (\S+) /.exec(refusals[0] ?? '') ?? [];
    expect(grant.resource.startsWith('!') || matchesWildcards(grant.resource, resource)).toBe(true);
  });
});

/** Tells a story, and notes which grants it uses, with what follows from it. */
async function learn(stage: Stage, story: Story): Promise<void> {
  const used = stage.service.followGrants();
  const begun = performance.now();
  await story.tell(stage);
  const milliseconds = performance.now() - begun;
  await stage.service.waitUntilIdle(60_000);
  for (const grant of used()) {
    if (isReadOnce(grant) && grant.role !== `${story.readsAnew}ServiceRole`) continue;
    const known = tellings.get(textOf(grant));
    if (known === undefined || known.milliseconds > milliseconds) {
      tellings.set(textOf(grant), { stage, story, milliseconds });
    }
  }
}

/** A secret is read once per worker: whichever story came first has used it. */
function isReadOnce({ action }: Grant): boolean {
  return action === 'ssm:GetParameter' || action === 'secretsmanager:GetSecretValue';
}

/** Tells the story as a journey is: to its end, and nothing may have been denied. @returns of what was, each once */
async function refusalsOf({ stage, story }: Telling): Promise<string[]> {
  stage.refusals.length = 0;
  const failure = await story.tell(stage).then(
    () => undefined,
    (error: unknown) => error,
  );
  await expect
    .poll(() => stage.refusals.length, {
      timeout: aftermath,
      interval: 20,
      message: `"${story.name}" was denied nothing: ${failure}`,
    })
    .toBeGreaterThan(0);
  return [...new Set(stage.refusals.map(withoutNames))];
}

/** Who is refused: a role that a function or Scheduler has taken, or a service. */
function whoIn({ role }: Grant): RegExp {
  const functionName = /^(.+)ServiceRole$/.exec(role)?.[1];
  if (functionName !== undefined) return new RegExp(`assumed-role/${role}/${functionName} `);
  return new RegExp(role.includes('.') ? `^User: ${role} ` : `assumed-role/${role}/scheduler `);
}

/** What is tried again has the same name each time; what several tell of, or do to sockets, has names of its own. */
function withoutNames(refusal: string): string {
  const unnamed = refusal.replace(/[A-Z]+(?=\/@connections\/)/, '…');
  return unnamed.replace(/(?<=@connections\/|schedule\/[^/]+\/|on resource: \+)\S+/, '…');
}
