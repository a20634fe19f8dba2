import * as z from 'zod/mini';
import { type ConsoleSettings, consoleSettingsSchema } from '../../../console/consoleSettings.ts';
import { variable } from '../../../runtime/environment.ts';
import { once } from '../../../runtime/once.ts';

/** What the console is told of this deployment, parsed once per environment. */
export const consoleSettings = /* @__PURE__ */ once(
  (): ConsoleSettings => z.parse(consoleSettingsSchema, JSON.parse(variable('CONSOLE'))),
);
