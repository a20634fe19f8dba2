/**
 * Does `work` for every item, at most `limit` at a time, and gives the results in the items' order. Once one fails no
 * other is begun.
 *
 * @throws what the first to fail threw, when all that had been begun has ended
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Map<number, Result>();
  const waiting = items.entries();
  let failure: { readonly error: unknown } | undefined;
  const worker = async () => {
    for (const [index, item] of waiting) {
      if (failure) return;
      try {
        results.set(index, await work(item));
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (failure) throw failure.error;
  return [...results.entries()].sort(([one], [other]) => one - other).map(([, result]) => result);
}
