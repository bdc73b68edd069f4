import { describe, expect, test } from "@jest/globals";
import { keyTree } from "../../../../detection/log-files/scan/key-tree";
import { HEAD, type SimdText } from "../../../../detection/log-files/scan/simd-text";
import { Skimmer } from "../../../../detection/log-files/scan/skimmer";
import { Window } from "../../../../detection/log-files/scan/window";
import { Adversary, fixtureRecords } from "./adversary";

const CASES = Number(process.env.SCAN_CASES ?? 400);

const PATHS = [
  ...["eventName", "eventSource", "errorCode", "x", "userAgent", "userIdentity.type", "userIdentity.invokedBy"],
  ...["userIdentity", "requestParameters.x", "requestParameters.eventName", "requestParameters.type.userAgent"],
  ...["a key that is longer than thirty-two bytes", "a key as long as 16"],
].map((path) => path.split("."));

const skimmer = new Skimmer(keyTree([...PATHS, ['a"b'], ["é"], ["a.b"]]));

interface Found {
  readonly from: number;
  readonly after: number;
  readonly unsure: boolean;
  readonly spans: readonly number[];
}

/** With what ends everything behind the padding, as an earlier text may have left it there. */
function windowOf(bytes: Uint8Array, window = new Window()): Window & { simd: SimdText } {
  window.start = 0;
  window.end = 0;
  window.append(Buffer.alloc(bytes.length + 256, "}"));
  window.end = 0;
  window.append(bytes);
  if (!window.simd) throw new Error("there is no WebAssembly");
  return window as Window & { simd: SimdText };
}

function bySimd({ simd, end }: Window & { simd: SimdText }, at: number): readonly Found[] {
  const count = simd.skim(skimmer.simdKeys, at, end);
  const { records, stride } = simd;
  return Array.from({ length: count }, (_, number) => {
    const [from, after, unsure, ...spans] = records.subarray(number * stride, (number + 1) * stride);
    return {
      from: from as number,
      after: after as number,
      unsure: unsure === 1,
      spans: spans.slice(0, 2 * skimmer.simdKeys.size),
    };
  });
}

function oneByOne({ words, end }: Window, from: number): Found {
  const after = skimmer.skim(words, from, end);
  return { from, after, unsure: skimmer.unsure, spans: [...skimmer.spans] };
}

/** Making a memory takes longer than comparing a text. */
const shared = new Window();

/** Holds what is found from a place on against what the skimmer in JavaScript finds; tells how much it is. */
function compared(bytes: Uint8Array, at = 0): number {
  const window = windowOf(bytes, shared);
  const found = bySimd(window, at);
  const expected = found.map(({ from }) => oneByOne(window, from));
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    expect({ text: Buffer.from(bytes).toString("latin1"), found }).toEqual({
      text: expect.anything(),
      found: expected,
    });
  }
  const text = Buffer.from(bytes).toString("latin1");
  found.forEach(({ from }, number) => {
    const before = found[number - 1]?.after;
    if (before === undefined) expect(from).toBe(at);
    else if (!/^[ \t\r\n]*,[ \t\r\n]*$/.test(text.slice(before, from))) throw new Error(`${text} ${before} ${from}`);
  });
  return found.length;
}

describe("what is found sixteen bytes at a time", () => {
  test(`is what is found one record at a time, in ${CASES} texts meant to mislead`, () => {
    let found = 0;
    let records = 0;
    for (let seed = 1; seed <= CASES; seed++) {
      const adversary = new Adversary(seed);
      const all = adversary.many(8, () => adversary.spell(adversary.record()));
      const text = Buffer.from(`${all.join(`${adversary.space()},${adversary.space()}`)}]`);
      let at = 0;
      for (const record of all) {
        found += Math.min(1, compared(text.subarray(0, text.length - adversary.below(2)), at));
        records++;
        at = text.indexOf(",", at + Buffer.byteLength(record)) + 1;
        while (text[at] === 0x20 || text[at] === 0x0a || text[at] === 0x0d || text[at] === 0x09) at++;
      }
    }
    expect(found).toBeGreaterThan(records / 3);
  }, 3_600_000);

  test(`is the same, in ${10 * CASES} texts that are hardly JSON`, () => {
    const alphabet = [
      ...['"', '"', '"', "\\", "\\\\", "{", "}", "[", "]", ",", ":", " ", "\n", ".", "é", "\u0001", "1", "true", "-"],
      ...['"x":', '"eventName":"', '","', '":"', '"},{"', '"}', '"userIdentity":{', '"type":', '"requestParameters":{'],
      ...['"a key that is longer than thirty-two bytes":', '"a key as long as 16":', "a text of some length", '{"x":'],
    ];
    let found = 0;
    for (let seed = 1; seed <= 10 * CASES; seed++) {
      const adversary = new Adversary(seed);
      const soup = () => adversary.many(12, () => adversary.pick(alphabet)).join("");
      const value = () => adversary.pick(['"x"', '"\\""', "1", '{"x":1}', "[]", '"', soup()]);
      const member = () =>
        `${adversary.pick(['"x"', '"eventName"', '"y"', '"userIdentity"', '"a.b"', '"x'])}:${value()}`;
      const record = () => `{${adversary.many(3, member).join(",")}}`;
      const text = adversary.chance(0.3) ? `{${soup()}` : adversary.many(4, record).join(",");
      found += compared(Buffer.from(text));
    }
    expect(found).toBeGreaterThan(CASES);
  }, 3_600_000);

  test("is the same wherever the text ends", () => {
    const record = String.raw`{"x" : "a\\" , "userIdentity":{"type":"\"{","y":[{}, "]\"\\", "a", {"b":"c"}]},"y":-1.5e7}`;
    const text = Buffer.from([record, "{}", record, record].join(" , "));
    const found = new Set<number>();

    for (let end = 0; end <= text.length; end++) found.add(compared(text.subarray(0, end)));

    expect([...found]).toEqual([0, 1, 2, 3, 4]);
  });

  test("are all the records that the detections are tested with, as many as there is room for", () => {
    const objects = fixtureRecords.map((record) => JSON.stringify(record));
    const text = Buffer.from(Array.from({ length: 5 }, () => objects.join(",")).join(","));
    const window = windowOf(text);
    let at = 0;
    let found = 0;
    let most = 0;
    while (at < text.length) {
      const some = bySimd(window, at);
      expect(some.length).toBeGreaterThan(0);
      expect(some).toEqual(some.map(({ from }) => oneByOne(window, from)));
      most = Math.max(most, some.length);
      found += some.length;
      at = (some.at(-1) as Found).after + 1;
    }

    expect(found).toBe(5 * objects.length);
    expect(most).toBeLessThan(found);
  });

  test.each([
    ["a key that is written with escapes", '{"\\u0078":1}'],
    ["a key with a dot", '{"userIdentity.type":1}'],
    ["a key with a control character", '{"\u0001":1}'],
    ["a key that is not ASCII", '{"é":1}'],
    ["a value that is none", '{"x":}'],
    ["what is no object", '["x"]'],
    ["a backslash outside of strings", String.raw`{"y":[\"]},{"x":1}"]}`],
  ])("leaves %s to the other", (_, record) => {
    expect(compared(Buffer.from(`{"x":1},${record},{}`))).toBe(1);
  });

  test.each([
    ["a key that is longer than thirty-two bytes", 0],
    ["a key that is longer than THIRTY-two bytes", -1],
    ["A key that is longer than thirty-two bytes", -1],
    ["a key as long as 16", 0],
    ["a kEy as long as 16", -1],
    ["eventName", 0],
    ["evenxName", -1],
  ])("knows the key %s by all of its bytes", (key, start) => {
    const [found] = bySimd(windowOf(Buffer.from(`{"${key}":1}`)), 0);

    expect(Math.max(...(found?.spans ?? []))).toBe(start === 0 ? key.length + 5 : -1);
  });

  test("takes no keys that it has no room for", async () => {
    const large = new Skimmer(keyTree([["x".repeat(20_000)]]));
    const { simd, end } = windowOf(Buffer.from('{"x":1},'));

    expect(simd.skim(large.simdKeys, 0, end)).toBe(0);
  });
});

describe("the class of a value", () => {
  const keys = skimmer.simdKeys;

  /** By its key's number; the text is one record. */
  function classes({ simd, end }: { simd: SimdText; end: number }, from = 0): readonly number[] {
    expect(simd.skim(keys, from, end)).toBe(1);
    return [...simd.records.subarray(HEAD + 2 * keys.size, HEAD + 3 * keys.size)];
  }

  test("is told again for the same value of the same key, and for no other", () => {
    const adversary = new Adversary(5);
    const window = windowOf(Buffer.alloc(0));
    const numbers = new Map<string, number>();
    let told = 0;
    for (let number = 0; number < 6_000; number++) {
      const name = adversary.pick(["eventName", "eventSource", "x"]);
      const length = adversary.pick([0, 4, 6, 22, 39, 111, 237, 239]);
      // What tells them apart may be anywhere.
      const before = adversary.below(length + 1);
      const text = `"${"x".repeat(before)}${adversary.below(4)}${"x".repeat(length - before)}"`;
      const value = adversary.chance(0.2) ? `${adversary.below(60)}` : text;
      window.start = window.end;
      window.append(Buffer.from(`{"${name}":${value}}`));

      const found = classes(window, window.start);
      const span = window.simd.records.subarray(HEAD, HEAD + 2 * keys.size);
      const key = found.findIndex((_, place) => span[2 * place] !== -1);
      const one = found[key] as number;

      expect(found.filter((other) => other !== -1).length).toBeLessThanOrEqual(1);
      if (value.length > 240) expect(one).toBe(-1);
      else if (one >= 0) expect(one).toBe(numbers.get(`${name} ${value}`));
      else expect(one).toBeLessThan(-1);
      if (one >= 0) {
        told++;
        continue;
      }
      const own = numbers.get(`${name} ${value}`) ?? numbers.size;
      numbers.set(`${name} ${value}`, own);
      window.simd.remember(one, key, span[2 * key] as number, span[2 * key + 1] as number, own);
    }
    expect(told).toBeGreaterThan(1_500);
  });

  test("is forgotten when other keys are asked for", () => {
    const window = windowOf(Buffer.from('{"x":"a"}'));
    const key = classes(window).findIndex((one) => one !== -1);
    window.simd.remember(classes(window)[key] as number, key, 5, 8, 3);
    expect(classes(window)[key]).toBe(3);

    window.simd.skim(new Skimmer(keyTree([["x"]])).simdKeys, 0, window.end);

    expect(classes(window)[key]).toBeLessThan(-1);
  });
});
