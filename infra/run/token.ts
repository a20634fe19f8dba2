import { issueToken } from '../local/tokens/issuer.ts';
import { stateDirectory } from './stateDirectory.ts';

/** `npm run token -- alice`: a bearer token for the running service. */
async function main([username = 'alice']: readonly string[]): Promise<void> {
  console.log(await issueToken(stateDirectory, username));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
