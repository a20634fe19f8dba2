import { addressChannelNamed } from '../../functions/deliveries/channels/channels.ts';
import { historyOf, owedJobs } from '../../functions/deliveries/plan.ts';
import { addressesOf } from '../../functions/meetings/attendees.ts';
import { readWacIni } from '../../infra/wacIni.ts';
import { meetingOf, participantOf } from '../meetings/meetings.ts';
import { type Comparison, compare } from './ratio.ts';

const pairs = 9;
const now = new Date('2027-02-15T12:00:00Z');

/** What ten times as much takes, against ten times one: above 1 by as much as it grows faster than its input. */
export async function scaling(): Promise<Comparison[]> {
  const iniLines: Record<string, (size: number) => string> = {
    blanks: (size) => ' '.repeat(size),
    'key and blanks': (size) => `key${' '.repeat(size)}`,
    comments: (size) => `key = ${' ;'.repeat(size / 2)}'`,
    brackets: (size) => '['.repeat(size),
  };
  const comparisons = [await growth('planning', '2,000 participants', 200, plan)];
  for (const [name, line] of Object.entries(iniLines))
    comparisons.push(
      await growth('wac.ini', `2,000,000 characters, ${name}`, 200_000, (size) =>
        readWacIni(`[meetings]\n${line(size)}x`),
      ),
    );
  return comparisons;
}

async function growth(name: string, subject: string, size: number, work: (size: number) => void): Promise<Comparison> {
  const milliseconds = (times: number, each: number) => async () => {
    const begun = process.hrtime.bigint();
    for (let done = 0; done < times; done += 1) work(each);
    return Number(process.hrtime.bigint() - begun) / 1e6;
  };
  await milliseconds(10, size)();
  return await compare(
    { name, subject, baseline: 'ten times a tenth', unit: 'ms', pairs },
    milliseconds(1, size * 10),
    milliseconds(10, size),
  );
}

function plan(count: number): void {
  const participants = Array.from({ length: count }, (_, index) =>
    participantOf({
      id: `p${index}`,
      email: `p${index}@example.org`,
      phone: `+34600${String(index).padStart(6, '0')}`,
    }),
  );
  owedJobs(meetingOf({ participants }), {
    channels: [addressChannelNamed('email'), addressChannelNamed('sms')],
    addressesOf: (person) => addressesOf(person, undefined),
    history: historyOf([]),
    now,
  });
}
