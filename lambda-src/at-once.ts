/** Does the work for every item, with so many of them under way at once, begun in the order given. */
export async function atOnce<T>(
  items: Iterable<T> | AsyncIterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  let next: Promise<IteratorResult<T>> = Promise.resolve(waiting.next());
  const worker = async (): Promise<void> => {
    for (;;) {
      const mine = next;
      next = mine.then(({ done }) => (done ? mine : waiting.next()));
      const { done, value } = await mine;
      if (done) return;
      await work(value);
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
}
