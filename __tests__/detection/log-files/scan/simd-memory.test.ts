import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { scanRecords } from "../../../../detection/log-files/scan/scan-records";
import { SimdText } from "../../../../detection/log-files/scan/simd-text";

afterEach(() => {
  jest.restoreAllMocks();
});

describe("the memory", () => {
  async function* cut(text: string, length: number): AsyncIterable<Uint8Array> {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
  }

  async function read(text: string, length: number): Promise<readonly unknown[]> {
    const records: unknown[] = [];
    await scanRecords(cut(text, length), { form: "any" }, (record) => records.push(record));
    return records;
  }

  const some = (count: number, size: number) =>
    Array.from({ length: count }, (_, number) => ({ number, text: `${count}${"x".repeat(size)}` }));

  test("is one for each file that is read at the same time", async () => {
    const all = [some(50, 30), some(70, 3_000), some(3, 700_000)];

    const found = await Promise.all(all.map((records) => read(JSON.stringify(records), 997)));

    expect(found).toEqual(all);
  });

  test.each([
    ["there is none", () => void jest.spyOn(SimdText, "make").mockReturnValue(undefined)],
    [
      "there is no more of it",
      () => {
        const { grow } = SimdText.prototype;
        jest.spyOn(SimdText.prototype, "grow").mockImplementation(function (this: SimdText, size) {
          return size > 100_000 ? undefined : grow.call(this, size);
        });
      },
    ],
  ])("is an array when %s", async (_, given) => {
    given();
    const records = [...some(200, 30), ...some(5, 300_000), ...some(200, 30)];

    expect(await read(JSON.stringify(records), 10_000)).toEqual(records);
  });
});
