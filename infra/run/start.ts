import { parseArgs } from 'node:util';
import { parseFault } from '../local/aws/faults.ts';
import type { LocalService } from '../local/localService.ts';
import { bundleInput, readProject } from '../synthesize.ts';
import { keptBundles } from './keptBundles.ts';
import { stateDirectory } from './stateDirectory.ts';

const usage = `npm start -- [--port 8787] [--fault service.Action=kind[:count or :share%]]…

  --port    where the HTTP API listens on 127.0.0.1; the WebSocket API, the console and its sign-in have the next ports
  --fault   fails calls on order, as ses.SendRawEmail=throttle:3 or dynamodb=error500:5%`;

/** `npm start`: runs the service until it is told to end. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8787' },
      fault: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const port = readPort(values.port);
  const faults = values.fault.map(parseFault);
  beginBundles();
  const [{ startLocalService }, { createInboxPages }, { meetingsInbox }, { synthesizeInto }] = await Promise.all([
    import('../local/localService.ts'),
    import('../local/inbox/inboxPages.ts'),
    import('./inbox/meetingsInbox.ts'),
    import('./synthesizeInto.ts'),
  ]);
  const service = await startLocalService({
    stateDirectory,
    deployment: (directory) => synthesizeInto(directory, {}),
    port,
    socketPort: port + 1,
    furtherPort: port + 2,
    faults,
    pages: createInboxPages(meetingsInbox),
    report: console.error,
  });
  endOn(service, 'SIGINT', 'SIGTERM');
  console.log(await greetingText(service));
}

/**
 * Where there are no bundles yet, to make them takes longer than all else: it begins before that is even loaded.
 *
 * @throws SettingsFault
 */
function beginBundles(): void {
  const { settings } = readProject();
  keptBundles(bundleInput(settings)).catch(() => {}); // the service waits for them, too, and says what is wrong
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_532) return port;
  throw new Error(`--port ${text} is no port from 1 to 65532`);
}

/** Ends in order at the first signal, at once at the second. */
function endOn(service: LocalService, ...signals: NodeJS.Signals[]): void {
  let isEnding = false;
  for (const signal of signals) {
    process.on(signal, () => {
      if (isEnding) process.exit(1);
      isEnding = true;
      console.log('Ending …');
      service.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
}

async function greetingText(service: LocalService): Promise<string> {
  const token = await service.token('alice');
  const soon = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 12 * 60_000).toISOString();
  const meeting = {
    name: 'Kick-off',
    validSince: soon,
    participants: [
      { name: 'Ana', email: 'ana@example.org' },
      { phone: '+34600000009', language: 'es' },
    ],
  };
  return `
Ready at ${service.url}${consoleLine(service)}
What it sends and schedules: ${service.url}/_local/
A room for anyone, to open in two tabs: ${service.url}/c/hello

To schedule a meeting as alice, who may do everything (npm run token -- bob for one who may not), paste:

TOKEN=${token}

curl -i ${service.url}/meetings -H 'content-type: application/json' \\
  -H "authorization: Bearer $TOKEN" \\
  -d '${JSON.stringify(meeting)}'
`;
}

/** Where people schedule; nothing where the settings have no console. */
function consoleLine({ stack }: LocalService): string {
  const { ConsoleUrl } = stack.outputs();
  return ConsoleUrl === undefined ? '' : `\nThe console, to schedule as alice on a page: ${ConsoleUrl}/`;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
