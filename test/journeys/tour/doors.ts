import { routes } from '../../../functions/routes.ts';
import type { Route } from '../../../functions/runtime/route.ts';
import type { Stage, Story } from './stage.ts';

/** Each door, entered by somebody who is new to the service, and again when their address is another. */
export const doorStories: readonly Story[] = [
  ...routes.map((route) => ({
    name: `${route.method} ${route.path} knows who comes`,
    tell: (stage: Stage) => enter(stage, route),
  })),
  { name: 'the console is opened, where there is one', tell: openConsole },
];

async function openConsole({ service }: Stage): Promise<void> {
  const { ConsoleUrl: url } = service.stack.outputs();
  if (url === undefined) return;
  const page = await (await fetch(url)).text();
  const [, asset] = /(\/assets\/[^"]+)"/.exec(page) ?? [];
  for (const path of [asset, '/settings.json']) {
    const { status } = await fetch(`${url}${path}`);
    if (status !== 200) throw new Error(`${path} of the console was answered with ${status}`);
  }
}

async function enter({ visitor }: Stage, { method, path }: Route): Promise<void> {
  const newcomer = visitor();
  const place = path
    .replace('{linkPath}/{link}', '/m/no.room')
    .replace('{id}', 'nothing')
    .replace('{pin}', '100000000')
    .replace('{code}', '000000000000')
    .replace('{identifier}', 'tour')
    .replace('$default', '/nowhere');
  for (const claims of [{}, { email: `other-${newcomer.email}` }]) {
    const { status } = await newcomer.ask(method === 'ANY' ? 'GET' : method, place, undefined, claims);
    if (status >= 500) throw new Error(`${method} ${place} was answered with ${status}`);
  }
}
