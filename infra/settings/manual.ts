import * as z from 'zod';

/** What the page of settings says of one, beyond its name and its default. */
export interface ManualEntry {
  readonly meaning: string;
  /** What is taken, with unit and limits. */
  readonly values: string;
  /** A value that is taken. */
  readonly example: unknown;
  /** What a blank one stands for, where that is found elsewhere instead of written in the schema. */
  readonly blank?: string;
}

/** The entries of the page, kept by schema. */
export const manual = z.registry<ManualEntry>();
