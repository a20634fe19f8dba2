import { exportPerson } from './exportPerson.ts';
import { personOptions } from './options.ts';
import { openTable } from './person.ts';

/** `npm run export -- --person ADDRESS --table NAME`: all that is kept of one person, as JSON. */
async function main(args: readonly string[]): Promise<void> {
  const options = personOptions('export', args);
  console.log(JSON.stringify(await exportPerson(options.person, openTable(options.table)), null, 2));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
