import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partOf, peopleOfPart, planJobSchema } from '../../functions/deliveries/planJob.ts';
import { randomRuns, randomSeed } from '../randomRuns.ts';
import { jobOf } from './deliveries.ts';

const people = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }));
const job = (participantId: string, channel: 'email' | 'sms' = 'email') =>
  jobOf({ meetingId: 'm', participantId, channel });

test('a part has the jobs of so many people, whole, and says after whom the next one begins', () => {
  const jobs = [job('a'), job('b'), job('b', 'sms'), job('d'), job('e')];

  expect(partOf(jobs, people, { most: 2 })).toEqual({ jobs: [jobs[0], jobs[1], jobs[2]], next: 'b' });
  expect(partOf(jobs, people, { after: 'b', most: 2 })).toEqual({ jobs: [jobs[3], jobs[4]], next: undefined });
  expect(partOf(jobs, people, { after: 'e', most: 2 })).toEqual({ jobs: [], next: undefined });
});

test('a part goes on behind somebody who is owed nothing any more', () => {
  expect(partOf([job('d'), job('e')], people, { after: 'b', most: 1 })).toEqual({ jobs: [job('d')], next: 'd' });
});

test('what the queue holds is read strictly', () => {
  const given = { kind: 'reminders', meetingId: 'm', revision: 3, after: 'p98' };

  expect(planJobSchema.parse(given)).toEqual(given);
  expect(planJobSchema.parse({ kind: 'invitations', meetingId: 'm', revision: 3 })).toEqual({
    ...{ kind: 'invitations', meetingId: 'm', revision: 3 },
  });
  for (const wrong of [{ kind: 'surveys' }, { meetingId: 5 }, { revision: 1.5 }, { after: 7 }, { colour: 'red' }])
    expect(planJobSchema.safeParse({ ...given, ...wrong }).success).toBe(false);
});

test('so many people are a part, whatever they are owed, and the last of them is said where there are more', () => {
  const ids = people.map(({ id }) => id);

  expect(peopleOfPart(ids, { most: 2 })).toEqual({ part: new Set(['a', 'b']), next: 'b' });
  expect(peopleOfPart(ids, { after: 'b', most: 2 })).toEqual({ part: new Set(['c', 'd']), next: 'd' });
  expect(peopleOfPart(ids, { after: 'd', most: 2 })).toEqual({ part: new Set(['e']), next: undefined });
  expect(peopleOfPart(ids, { after: 'c', most: 2 })).toEqual({ part: new Set(['d', 'e']), next: undefined });
  expect(peopleOfPart(ids, { most: 5 })).toEqual({ part: new Set(ids), next: undefined });
});

test('whoever is owed something is in one part and once, whatever is done in between', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.boolean(), fc.boolean()), { maxLength: 40 }),
      fc.integer({ min: 1, max: 9 }),
      (owed, most) => {
        const everybody = owed.map((_, index) => ({ id: `p${index}` }));
        let left = owed.flatMap(([mail, text], index) => [
          ...(mail ? [job(`p${index}`)] : []),
          ...(text ? [job(`p${index}`, 'sms')] : []),
        ]);
        const all = left;
        const planned: unknown[] = [];
        let after: string | undefined;
        for (let steps = 0; steps <= owed.length; steps += 1) {
          const { jobs, next } = partOf(left, everybody, { after, most });
          expect(new Set(jobs.map(({ participantId }) => participantId)).size).toBeLessThanOrEqual(most);
          planned.push(...jobs);
          left = left.filter((one) => !jobs.includes(one));
          after = next;
          if (next === undefined) break;
        }
        expect(after).toBeUndefined();
        expect(planned).toEqual(all);
      },
    ),
    { numRuns: randomRuns(200), seed: randomSeed() },
  );
});
