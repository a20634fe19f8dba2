import type { Stack } from 'aws-cdk-lib';
import { Fn } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import * as z from 'zod/mini';
import { runtimeSettingsSchema } from '../functions/runtime/settings.ts';
import type { Sockets } from './rooms.ts';
import type { Settings } from './settings.ts';

/** Those of the settings that the functions declare, as the JSON of their `SETTINGS`. */
export function runtimeSettings(
  stack: Stack,
  settings: Settings,
  { apiEndpoint }: HttpApi,
  { url: socketUrl }: Sockets,
): string {
  const linkHost = settings.linkHost ?? apiEndpoint;
  const domain = settings.domain ?? Fn.select(2, Fn.split('/', linkHost));
  const all: z.input<typeof runtimeSettingsSchema> = { ...settings, linkHost, domain, socketUrl };
  return stack.toJsonString(z.parse(runtimeSettingsSchema, all));
}
