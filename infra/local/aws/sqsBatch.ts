import { AwsRefusal } from './awsCall.ts';

const entryLimit = 10;

/**
 * Does each entry of a batch; what one is refused fails it alone.
 *
 * @throws {AwsRefusal} where the entries cannot be told apart, are too many or none
 */
export function runBatch<Entry extends { Id: string }>(
  entries: readonly Entry[],
  act: (entry: Entry) => Record<string, unknown>,
) {
  const refuse = (kind: string, message: string) => new AwsRefusal(kind, message);
  if (entries.length === 0) throw refuse('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > entryLimit)
    throw refuse('TooManyEntriesInBatchRequest', `Maximum number of entries per request are ${entryLimit}.`);
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw refuse('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
  if (entries.some(({ Id }) => !/^[\w-]{1,80}$/.test(Id))) {
    throw refuse(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores.',
    );
  }
  const Successful: Record<string, unknown>[] = [];
  const Failed: Record<string, unknown>[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...act(entry) });
    } catch (error) {
      if (!(error instanceof AwsRefusal)) throw error;
      Failed.push({ Id: entry.Id, Code: error.code, Message: error.message, SenderFault: true });
    }
  }
  return { Successful, Failed };
}
