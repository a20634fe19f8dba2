import * as z from 'zod';
import type { SettingFault } from './settings/fault.ts';

/** Of all variables of a function together, as the JSON text that Lambda measures (AWS Lambda developer guide, "Lambda quotas"). */
const environmentBytes = 4096;

/** CloudFormation takes 500 resources and 1 MB (CloudFormation user guide, "Understand CloudFormation quotas"); what replaces some needs room. */
const resourcesAtMost = 450;
const templateBytes = 900_000;

/** What stands for what is known at deployment only: a name is seldom longer, an ARN or a URL neither. */
const longestReference = 'x'.repeat(100);

const resource = z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });
const templateSchema = z.object({ Resources: z.record(z.string(), resource) });
const environment = z.object({ Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }) });

/**
 * Says what would pass synth and fail in CloudFormation, for its size.
 *
 * @param settings as they are written into the functions' environment; the longest of them are named
 */
export function faultsOfSize(template: unknown, settings: Readonly<Record<string, unknown>>): SettingFault[] {
  const { Resources } = templateSchema.parse(template);
  const environments = Object.values(Resources).map(({ Properties }) => environmentOf(Properties));
  const largest = Math.max(0, ...environments.map((variables) => bytesOf(JSON.stringify(variables))));
  const count = Object.keys(Resources).length;
  const size = bytesOf(JSON.stringify(template, undefined, 1)); // as the CDK writes it
  const faults = [
    largest > environmentBytes &&
      fault(
        `The settings take ${largest} bytes of a function's environment, and Lambda takes ${environmentBytes}: shorten ${longestName(settings)}.`,
      ),
    count > resourcesAtMost &&
      fault(
        `The stack has ${count} resources; CloudFormation takes 500, and above ${resourcesAtMost} a change may no longer be deployed.`,
      ),
    size > templateBytes &&
      fault(
        `The template has ${size} bytes; CloudFormation takes 1 MB, and above ${templateBytes} a change may no longer be deployed.`,
      ),
  ];
  return faults.filter((one) => one !== false);
}

function fault(message: string): SettingFault {
  return { setting: 'meetings', message };
}

/** A function's variables as Lambda will be handed them; none of what is no function. */
function environmentOf(properties: unknown): Record<string, string> {
  const parsed = environment.safeParse(properties);
  const variables = parsed.success ? Object.entries(parsed.data.Environment.Variables) : [];
  return Object.fromEntries(variables.map(([name, value]) => [name, textOf(value)]));
}

/** What a value comes to, with the longest in the place of what is known at deployment only. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const joined = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) }).safeParse(value);
  if (!joined.success) return longestReference;
  const [separator, parts] = joined.data['Fn::Join'];
  return parts.map(textOf).join(separator);
}

/** Names the three settings that take most, with their bytes. */
function longestName(settings: Readonly<Record<string, unknown>>): string {
  const sizes = Object.entries(settings)
    .map(([name, value]) => ({ name, bytes: bytesOf(JSON.stringify(value) ?? '') }))
    .sort((one, other) => other.bytes - one.bytes)
    .slice(0, 3);
  return sizes.map(({ name, bytes }) => `${name} (${bytes})`).join(', ');
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}
