/**
 * Does the work for every item, with so many of them under way at once, begun in the order given. One that fails keeps no other from
 * being done; when all are, its error is thrown (the first of several).
 *
 * Where the items themselves fail to come, those that came are done all the same.
 */
export async function forEachConcurrent<T>(
  items: Iterable<T> | AsyncIterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = oneByOne(items);
  const errors: unknown[] = [];
  const worker = async (): Promise<void> => {
    for await (const item of waiting) {
      try {
        await work(item);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: limit }, worker));
  for (const result of workers) if (result.status === "rejected") errors.push(result.reason);
  if (errors.length > 0) throw errors[0];
}

/** A generator answers those who ask at the same time in their order, each with an item of its own. */
async function* oneByOne<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T, void> {
  yield* items;
}
