import { readProject } from '../synthesize.ts';
import { type Erasure, erasePerson } from './erasePerson.ts';
import { personOptions } from './options.ts';
import { openTable } from './person.ts';

/** `npm run erase -- --person ADDRESS --table NAME [--yes]`: takes somebody who is no user out of every meeting. */
async function main(args: readonly string[]): Promise<void> {
  const { person, table: name, yes } = personOptions('erase', args);
  const { retentionDays } = readProject().settings;
  report(await erasePerson(person, { table: openTable(name), retentionDays, yes }), yes);
}

function report({ meetings, isDone, failures }: Erasure, yes: boolean): void {
  const count = `${meetings.length} ${meetings.length === 1 ? 'meeting' : 'meetings'}`;
  if (!yes) {
    console.log(`Would take them out of ${count}; add --yes to do it.`);
    return;
  }
  for (const { meetingId, error } of failures)
    console.error(`${meetingId}: ${error instanceof Error ? error.message : error}`);
  if (!isDone) throw new Error(`${failures.length} of ${count} could not be changed; call it again.`);
  console.log(`Taken out of ${count}.`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
