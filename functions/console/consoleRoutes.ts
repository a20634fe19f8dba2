import type { Route } from '../runtime/route.ts';

/** Every route of the console, an API of its own: what it holds of people is out of reach for the pages of rooms. */
export const consoleRoutes = [
  { method: 'GET', path: '/', access: 'open', handler: 'http/console/openConsole' },
  { method: 'GET', path: '/{page+}', access: 'open', handler: 'http/console/openConsole' },
  { method: 'GET', path: '/settings.json', access: 'open', handler: 'http/console/readConsoleSettings' },
  { method: 'GET', path: '/assets/{hash}', access: 'open', handler: 'http/console/readConsoleAsset' },
] as const satisfies readonly Route[];
