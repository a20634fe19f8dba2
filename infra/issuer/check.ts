import { readProject } from '../synthesize.ts';
import { checkIssuer } from './checkIssuer.ts';

const usage = `npm run issuer [-- https://login.example.org]

  Asks an issuer for its metadata and its keys, and says what will keep its tokens from being taken: the one that is
  named, otherwise that of the settings. Ends with 1 where something will.`;

/** `npm run issuer`. */
async function main([named]: readonly string[]): Promise<void> {
  if (named === '--help') return console.log(usage);
  const issuer = named ?? readProject().settings.issuer;
  if (issuer === undefined) throw new Error(`The settings name no issuer: the stack makes a user pool.\n\n${usage}`);
  const { faults, remarks } = await checkIssuer(issuer, fetch);
  for (const fault of faults) console.log(`✗ ${fault}`);
  for (const remark of remarks) console.log(`  ${remark}`);
  console.log(faults.length > 0 ? `${issuer} will not do.` : `✓ Tokens of ${issuer} can be verified.`);
  if (faults.length > 0) process.exitCode = 1;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
