import * as z from 'zod';
import type { BusEvent } from './busEvent.ts';

export const targetInputShape = {
  Input: z.string().optional(),
  InputPath: z.string().optional(),
  InputTransformer: z
    .strictObject({ InputPathsMap: z.record(z.string(), z.string()).default({}), InputTemplate: z.string() })
    .optional(),
};

type TargetInput = z.infer<z.ZodObject<typeof targetInputShape>>;

/**
 * What a target is handed in place of an event: a text of its own, a part of the event, or what a template makes of some
 * parts (EventBridge user guide, "Input transformation"); without one of these the event itself.
 */
export function inputOf({ Input, InputPath, InputTransformer }: TargetInput, event: BusEvent): unknown {
  if (Input !== undefined) return JSON.parse(Input);
  if (InputPath !== undefined) return valueAt(event, InputPath);
  if (InputTransformer === undefined) return event;
  const { InputPathsMap, InputTemplate } = InputTransformer;
  const values = new Map(Object.entries(InputPathsMap).map(([name, path]) => [name, valueAt(event, path)]));
  return JSON.parse(fillTemplate(InputTemplate, values));
}

/** A variable in quotes stands for text, one without for any value; what the event does not hold leaves nothing. */
function fillTemplate(template: string, values: ReadonlyMap<string, unknown>): string {
  return template.replace(/"<([A-Za-z0-9_.-]+)>"|<([A-Za-z0-9_.-]+)>/g, (all, quoted?: string, bare?: string) => {
    const name = quoted ?? bare ?? '';
    if (!values.has(name)) throw new Error(`The local run does not know the variable ${all}`);
    const value = values.get(name);
    return JSON.stringify(
      value === undefined ? '' : quoted === undefined || typeof value === 'string' ? value : String(value),
    );
  });
}

/** Dots, dashes and indices, as `$.detail.mail.tags.kind[0]`. @throws for what else JSONPath has */
function valueAt(event: BusEvent, path: string): unknown {
  if (!/^\$(\.[A-Za-z0-9_-]+|\[\d+\])*$/.test(path)) throw new Error(`The local run does not know the path ${path}`);
  const steps = path.match(/[A-Za-z0-9_-]+/g) ?? [];
  return steps.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.entries(value).find(([name]) => name === step)?.[1];
  }, event);
}
