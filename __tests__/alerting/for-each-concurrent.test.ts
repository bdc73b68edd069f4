import { describe, expect, test } from "@jest/globals";
import { forEachConcurrent } from "../../alerting/for-each-concurrent";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

async function* slowly<T>(items: readonly T[], end?: Error): AsyncIterable<T> {
  for (const item of items) {
    await turn();
    yield item;
  }
  if (end) throw end;
}

/** Work that takes a different time for every item, and what was seen of it. */
function watched(failing: (item: number) => boolean = () => false) {
  const seen = { begun: [] as number[], done: [] as number[], underWay: 0, most: 0 };
  const work = async (item: number) => {
    seen.begun.push(item);
    seen.most = Math.max(seen.most, ++seen.underWay);
    for (let turns = (item * 7) % 5; turns >= 0; turns--) await turn();
    seen.underWay--;
    if (failing(item)) throw new Error(`item ${item}`);
    seen.done.push(item);
  };
  return { seen, work };
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

describe.each([
  ["an array", (items: readonly number[]) => items],
  ["a set", (items: readonly number[]) => new Set(items)],
  ["what comes slowly", (items: readonly number[]) => slowly(items)],
])("forEachConcurrent with %s", (_, from) => {
  test.each([
    [0, 3],
    [1, 3],
    [3, 3],
    [50, 3],
    [50, 1],
    [5, 50],
  ])("does each of %d once, at most %d at once, begun in order", async (count, limit) => {
    const { seen, work } = watched();

    await forEachConcurrent(from(upTo(count)), limit, work);

    expect(seen.begun).toEqual(upTo(count));
    expect([...seen.done].sort((a, b) => a - b)).toEqual(upTo(count));
    expect(seen.most).toBeLessThanOrEqual(limit);
  });

  test("does every other item where some fail, waits for all, then throws the first error", async () => {
    const { seen, work } = watched((item) => item % 10 === 4);

    await expect(forEachConcurrent(from(upTo(30)), 3, work)).rejects.toThrow("item 4");

    expect(seen.begun).toEqual(upTo(30));
    expect(seen.done).toHaveLength(27);
    expect(seen.underWay).toBe(0);
  });
});

test("has as much under way at once as it may", async () => {
  const { seen, work } = watched();

  await forEachConcurrent(upTo(50), 7, work);

  expect(seen.most).toBe(7);
});

test("does what came, where the rest can't be fetched, and throws why", async () => {
  const unhandled: unknown[] = [];
  const remember = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", remember);
  const { seen, work } = watched();

  await expect(forEachConcurrent(slowly(upTo(5), new Error("page 2")), 3, work)).rejects.toThrow("page 2");
  await turn();

  process.off("unhandledRejection", remember);
  expect([...seen.done].sort()).toEqual(upTo(5));
  expect(unhandled).toEqual([]);
});

test("takes work that throws at once for work that fails", async () => {
  const work = (): Promise<void> => {
    throw new Error("at once");
  };

  await expect(forEachConcurrent([1, 2], 1, work)).rejects.toThrow("at once");
});
