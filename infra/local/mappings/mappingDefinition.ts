import * as z from 'zod';
import { readProperties } from '../assembly/properties.ts';
import type { Resource, Stack } from '../assembly/stack.ts';
import { type Filter, readFilter } from './filter.ts';

const mappingProperties = z.strictObject({
  BatchSize: z.coerce.number().optional(),
  BisectBatchOnFunctionError: z.boolean().default(false),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }).optional() }).default({}),
  Enabled: z.boolean().default(true),
  EventSourceArn: z.string(),
  FilterCriteria: z.unknown().optional(),
  FunctionName: z.string(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  MaximumBatchingWindowInSeconds: z.coerce.number().default(0),
  MaximumRecordAgeInSeconds: z.coerce.number().default(-1),
  MaximumRetryAttempts: z.coerce.number().default(-1),
  MetricsConfig: z.unknown().optional(),
  ParallelizationFactor: z.coerce.number().default(1),
  ScalingConfig: z.object({ MaximumConcurrency: z.coerce.number().optional() }).default({}),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).optional(),
  Tags: z.unknown().optional(),
});

/** An event source mapping as the template defines it. */
export interface MappingDefinition {
  readonly name: string;
  readonly sourceArn: string;
  /** The name or the ARN of the function. */
  readonly functionName: string;
  readonly batchSize: number;
  readonly batchingWindowMs: number;
  readonly filter: Filter;
  readonly reportsFailures: boolean;
  readonly bisects: boolean;
  /** Infinity: for as long as the record lives. */
  readonly maximumRetryAttempts: number;
  readonly maximumRecordAgeMs: number;
  readonly onFailureArn: string | undefined;
  readonly parallelization: number;
  readonly maximumConcurrency: number | undefined;
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
}

/** @throws where a mapping has a property that the local run does not know */
export function readMappings(stack: Stack): MappingDefinition[] {
  return stack.ofType('AWS::Lambda::EventSourceMapping').flatMap((resource) => readMapping(resource));
}

function readMapping(resource: Resource): MappingDefinition[] {
  const given = readProperties(mappingProperties, resource);
  if (!given.Enabled) return [];
  return [
    {
      name: resource.name,
      sourceArn: given.EventSourceArn,
      functionName: given.FunctionName,
      batchSize: given.BatchSize ?? (given.EventSourceArn.includes(':sqs:') ? 10 : 100),
      batchingWindowMs: given.MaximumBatchingWindowInSeconds * 1000,
      filter: readFilter(given.FilterCriteria),
      reportsFailures: given.FunctionResponseTypes.length > 0,
      bisects: given.BisectBatchOnFunctionError,
      maximumRetryAttempts: unlimitedBelowZero(given.MaximumRetryAttempts),
      maximumRecordAgeMs: unlimitedBelowZero(given.MaximumRecordAgeInSeconds) * 1000,
      onFailureArn: given.DestinationConfig.OnFailure?.Destination,
      parallelization: given.ParallelizationFactor,
      maximumConcurrency: given.ScalingConfig.MaximumConcurrency,
      startingPosition: given.StartingPosition ?? 'TRIM_HORIZON',
    },
  ];
}

function unlimitedBelowZero(value: number): number {
  return value < 0 ? Infinity : value;
}
