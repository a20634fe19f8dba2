import { exportPerson } from './exportPerson.ts';
import { personOptions } from './options.ts';
import { openTable } from './person.ts';

/** `npm run export -- --person ADDRESS --table NAME`: all that is kept of one person, as JSON. */
async function main(args: readonly string[]): Promise<void> {
  const options = personOptions('export', args);
  const table = openTable(options.table);
  try {
    console.log(JSON.stringify(await exportPerson(options.person, table), null, 2));
  } finally {
    table.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
