import * as z from 'zod/mini';

/** A field of a reply, with what it means and a value that it may have. */
export function described<Schema extends z.ZodMiniType>(schema: Schema, description: string, example?: unknown) {
  return schema.check(z.meta({ description, ...(example === undefined ? {} : { examples: [example] }) }));
}

export function textField(description: string, example?: string) {
  return described(z.string(), description, example);
}

/** An instant as it comes out: RFC 3339, UTC, with milliseconds. */
export function instantField(description: string, example = '2027-03-01T08:30:00.000Z') {
  return described(z.iso.datetime(), description, example);
}

export function countField(description: string, example?: number) {
  return described(z.int().check(z.minimum(0)), description, example);
}

export function booleanField(description: string, example?: boolean) {
  return described(z.boolean(), description, example);
}
