import * as z from 'zod';
import { matchesArn, matchesWildcards } from './wildcards.ts';

/** Condition keys with their values; a key that is absent does not apply to the call. */
export type ConditionContext = Readonly<Record<string, readonly string[]>>;

/** Says whether a statement's conditions hold. */
export type Condition = (context: ConditionContext) => boolean;

type Compare = (actual: string, expected: string) => boolean;

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const block = z.record(
  z.string(),
  z.record(z.string(), z.union([z.array(scalar), scalar.transform((value) => [value])])),
);

/** The keys that the local run gives a value wherever AWS does; another one would hold or not by accident. */
const knownKeys = new Set(
  [
    'aws:PrincipalAccount',
    'aws:PrincipalArn',
    'aws:RequestedRegion',
    'aws:SecureTransport',
    'aws:SourceAccount',
    'aws:SourceArn',
    'dynamodb:EnclosingOperation',
    'dynamodb:LeadingKeys',
    'iam:PassedToService',
    'ses:FromAddress',
    'ses:FromDisplayName',
    'ses:Recipients',
  ].map((key) => key.toLowerCase()),
);

const comparisons: Readonly<Record<string, Compare>> = {
  ArnEquals: (actual, expected) => matchesArn(expected, actual),
  ArnLike: (actual, expected) => matchesArn(expected, actual),
  Bool: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(),
  NumericEquals: (actual, expected) => Number(actual) === Number(expected),
  NumericGreaterThan: (actual, expected) => Number(actual) > Number(expected),
  NumericGreaterThanEquals: (actual, expected) => Number(actual) >= Number(expected),
  NumericLessThan: (actual, expected) => Number(actual) < Number(expected),
  NumericLessThanEquals: (actual, expected) => Number(actual) <= Number(expected),
  StringEquals: (actual, expected) => actual === expected,
  StringEqualsIgnoreCase: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(),
  StringLike: (actual, expected) => matchesWildcards(expected, actual),
};

const negations: Readonly<Record<string, string>> = {
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
};

/**
 * Reads a statement's `Condition`; where there is none it holds.
 *
 * @throws for an operator or a key that the local run does not know, with its name
 */
export function readCondition(given: unknown): Condition {
  if (given === undefined) return () => true;
  const tests = Object.entries(block.parse(given)).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, expected]) => readTest(operator, key, expected)),
  );
  return (context) => tests.every((test) => test(context));
}

function readTest(written: string, key: string, expected: readonly string[]): Condition {
  if (!knownKeys.has(key.toLowerCase())) throw new Error(`The local run does not know the condition key ${key}`);
  const [, quantifier, operator = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(written) ?? [];
  const valuesOf = (context: ConditionContext) =>
    Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
  if (operator === 'Null') return (context) => (valuesOf(context) === undefined) === (expected[0] === 'true');
  const negated = negations[operator];
  const compare = comparisons[negated ?? operator];
  if (compare === undefined) throw new Error(`The local run does not know the condition operator ${written}`);
  const holdsFor = (value: string) => expected.some((one) => compare(value, one)) !== (negated !== undefined);
  return (context) => {
    const values = valuesOf(context);
    if (values === undefined || values.length === 0) {
      return (
        ifExists !== undefined || quantifier === 'ForAllValues' || (negated !== undefined && quantifier === undefined)
      );
    }
    return quantifier === 'ForAllValues' ? values.every(holdsFor) : values.some(holdsFor);
  };
}
