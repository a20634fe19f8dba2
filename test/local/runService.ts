import { readCloudAssembly } from '../../infra/local/assembly/cloudAssembly.ts';
import { startLocalService } from '../../infra/local/localService.ts';
import { localUsers } from '../../infra/run/localUsers.ts';

const [stateDirectory = '', assemblyDirectory = '', stackName = ''] = process.argv.slice(2);

/** Runs the service in a process of its own, for a test to kill: `node runService.ts <state> <assembly> <stack>` writes where it is. */
startLocalService({
  stateDirectory,
  deployment: {
    assembly: readCloudAssembly(assemblyDirectory, stackName),
    capabilitiesClaim: 'cognito:groups',
    users: localUsers,
  },
}).then(
  ({ url }) => console.log(JSON.stringify({ url })),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
