import * as z from 'zod';
import { readProperties } from '../assembly/properties.ts';
import type { Stack } from '../assembly/stack.ts';
import { type Filter, readPattern } from '../mappings/filter.ts';
import { targetInputShape } from './targetInput.ts';

const target = z.strictObject({
  Arn: z.string(),
  Id: z.string(),
  DeadLetterConfig: z.strictObject({ Arn: z.string() }).optional(),
  RetryPolicy: z.unknown().optional(),
  ...targetInputShape,
});

export type RuleTarget = z.infer<typeof target>;

const properties = z.object({
  EventBusName: z.string().default('default'),
  EventPattern: z.record(z.string(), z.unknown()),
  State: z.string().default('ENABLED'),
  Targets: z.array(target).default([]),
});

/** A rule of an event bus: what it takes, and to whom that goes. */
export interface Rule {
  readonly name: string;
  readonly arn: string;
  /** `default` is the account's own, to which AWS's services send. */
  readonly busName: string;
  readonly matches: Filter;
  readonly targets: readonly RuleTarget[];
}

/** Reads the rules that are on. @throws for a pattern or a target that the local run does not know */
export function readRules(stack: Stack): Rule[] {
  return stack.ofType('AWS::Events::Rule').flatMap((resource) => {
    const { EventBusName, EventPattern, State, Targets } = readProperties(properties, resource);
    if (State !== 'ENABLED') return [];
    const { name, attributes } = resource;
    const busName = EventBusName.split('/').at(-1) ?? EventBusName;
    return [{ name, arn: attributes.Arn ?? '', busName, matches: readPattern(EventPattern), targets: Targets }];
  });
}
