import { Ajv } from 'ajv';

/** Lines as CloudWatch takes metrics from ("Specification: Embedded metric format", Amazon CloudWatch user guide). */
const isEmf = new Ajv({ strict: false }).compile({
  type: 'object',
  required: ['_aws'],
  properties: {
    _aws: {
      type: 'object',
      required: ['Timestamp', 'CloudWatchMetrics'],
      properties: {
        Timestamp: { type: 'integer', minimum: 1 },
        CloudWatchMetrics: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            required: ['Namespace', 'Dimensions', 'Metrics'],
            properties: {
              Namespace: { type: 'string', minLength: 1, maxLength: 1_024 },
              Dimensions: {
                type: 'array',
                minItems: 1,
                items: { type: 'array', maxItems: 30, items: { type: 'string', minLength: 1, maxLength: 250 } },
              },
              Metrics: {
                type: 'array',
                minItems: 1,
                maxItems: 100,
                items: {
                  type: 'object',
                  required: ['Name'],
                  properties: {
                    Name: { type: 'string', minLength: 1, maxLength: 1_024 },
                    Unit: { enum: ['Seconds', 'Count'] },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
});

interface EmfLine {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
  readonly [member: string]: unknown;
}

/**
 * What CloudWatch would make of lines of a log: the values of each metric, by its name and, in order, its dimensions with
 * their values, as `Sent.email {"service":"meetings"}`.
 *
 * @throws Error where a line that means to be one is none
 */
export function metricsIn(lines: readonly string[]): Map<string, number[]> {
  const values = new Map<string, number[]>();
  for (const text of lines.filter((line) => line.includes('"_aws"'))) {
    const line: EmfLine = JSON.parse(text);
    if (!isEmf(line)) throw new Error(`${text}: ${JSON.stringify(isEmf.errors)}`);
    for (const { Namespace, Dimensions, Metrics } of line._aws.CloudWatchMetrics)
      for (const names of Dimensions)
        for (const { Name, Unit } of Metrics) {
          const dimensions = Object.fromEntries(names.map((name) => [name, line[name]]));
          const key = `${Namespace} ${Name} in ${Unit} ${JSON.stringify(dimensions)}`;
          const given = [line[Name]].flat();
          if (given.some((value) => typeof value !== 'number')) throw new Error(`${text}: ${Name} is no number`);
          values.set(key, [...(values.get(key) ?? []), ...given.map(Number)]);
        }
  }
  return values;
}
