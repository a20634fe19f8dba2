import * as z from 'zod';
import { type Condition, type ConditionContext, readCondition } from './conditions.ts';
import { matchesWildcards } from './wildcards.ts';

const oneOrMore = z.union([z.array(z.string()), z.string().transform((value) => [value])]).optional();

const statement = z.strictObject({
  Action: oneOrMore,
  Condition: z.unknown().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  NotAction: oneOrMore,
  NotResource: oneOrMore,
  Principal: z.unknown().optional(),
  Resource: oneOrMore,
  Sid: z.string().optional(),
});

const document = z.object({
  Statement: z.union([z.array(statement), statement.transform((value) => [value])]),
  Version: z.string().optional(),
});

/** A statement of a policy, ready to be held against calls. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  /** As they are written, `NotAction` and `NotResource` with an exclamation mark before. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: unknown;
  readonly principal: unknown;
  matchesAction(action: string): boolean;
  matchesResource(resource: string): boolean;
  holdsIn: Condition;
}

export interface Access {
  readonly action: string;
  readonly resource: string;
  readonly context: ConditionContext;
}

/** @throws where the document holds what the local run does not know */
export function readStatements(policyDocument: unknown): Statement[] {
  return document.parse(policyDocument).Statement.map((given) => ({
    effect: given.Effect,
    actions: given.Action ?? negated(given.NotAction),
    resources: given.Resource ?? negated(given.NotResource),
    condition: given.Condition,
    principal: given.Principal,
    matchesAction: (action) => matches(given.Action, given.NotAction, matchesActionPattern, action),
    // A trust policy names no resource: it is about the role that it belongs to.
    matchesResource: (resource) =>
      (given.Resource === undefined && given.NotResource === undefined) ||
      matches(given.Resource, given.NotResource, matchesWildcards, resource),
    holdsIn: readCondition(given.Condition),
  }));
}

export function applies(given: Statement, { action, resource, context }: Access): boolean {
  return given.matchesAction(action) && given.matchesResource(resource) && given.holdsIn(context);
}

export function matchesActionPattern(pattern: string, action: string): boolean {
  return matchesWildcards(pattern.toLowerCase(), action.toLowerCase());
}

function matches(
  patterns: readonly string[] | undefined,
  excluded: readonly string[] | undefined,
  match: (pattern: string, text: string) => boolean,
  text: string,
): boolean {
  if (patterns !== undefined) return patterns.some((pattern) => match(pattern, text));
  return excluded !== undefined && !excluded.some((pattern) => match(pattern, text));
}

function negated(patterns: readonly string[] | undefined): string[] {
  return (patterns ?? []).map((pattern) => `!${pattern}`);
}
