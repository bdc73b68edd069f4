import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { NAMES } from "../../../../config/custom-detections/fixture-names";
import { catalogue } from "../../../../detection/catalogue/catalogue";
import type { Detection } from "../../../../detection/definition/detection";
import { parseRecord } from "../../../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../../../detection/events/envelope";
import { type RecordFilter, recordFilter } from "../../../../detection/log-files/scan/record-filter";
import { RecordReader } from "../../../../detection/log-files/scan/record-reader";
import { scanRecords } from "../../../../detection/log-files/scan/scan-records";
import { giveBack, takeWindow } from "../../../../detection/log-files/scan/window";
import { type EnabledDetections, enableDetections } from "../../../../detection/matching/enabled-detections";
import { matchedDetections } from "../../../../detection/matching/matched-detections";
import { Adversary, fixtureRecords } from "./adversary";

/** `npm run test:scan` asks for 100,000. */
const CASES = Number(process.env.SCAN_CASES ?? 400);

const fromCatalogue = enable(catalogue);
const filters = new WeakMap<EnabledDetections, RecordFilter>();

function enable(detections: readonly Detection[]): EnabledDetections {
  return enableDetections(detections, () => {}, NAMES);
}

function fromPatterns(patterns: readonly object[]): EnabledDetections {
  const [any] = catalogue;
  return enable(
    patterns.map((pattern, number) => ({ ...any, id: `d${number}`, pattern, refine: [] }) as unknown as Detection),
  );
}

/** What becomes of a record: what is told of it, as text; undefined where that is nothing. */
function outcome(enabled: EnabledDetections, record: unknown): string | undefined {
  let verdict: string;
  try {
    verdict = matchedDetections(enabled, wrapRecord(parseRecord(record)))
      .map(({ id }) => id)
      .join();
  } catch (error) {
    verdict = `finding: ${(error as Error).message}`;
  }
  return verdict === "" ? undefined : `${verdict} ${JSON.stringify(record)}`;
}

function outcomes(enabled: EnabledDetections, records: readonly unknown[]): readonly string[] {
  return records.flatMap((record) => outcome(enabled, record) ?? []);
}

function filterOf(enabled: EnabledDetections): RecordFilter {
  let filter = filters.get(enabled);
  if (!filter) {
    filter = recordFilter(enabled);
    filters.set(enabled, filter);
  }
  return filter;
}

/** Pieces of the bytes, cut anywhere. */
function cut(bytes: Uint8Array, adversary: Adversary): readonly Uint8Array[] {
  const cuts = [0, ...adversary.many(6, () => adversary.below(bytes.length)).sort((a, b) => a - b), bytes.length];
  return cuts.slice(1).map((end, index) => bytes.subarray(cuts[index], end));
}

function scanned(form: "log-file" | "any", enabled: EnabledDetections, pieces: readonly Uint8Array[]) {
  const records: unknown[] = [];
  const window = takeWindow();
  const reader = new RecordReader(form, (record) => records.push(record), filterOf(enabled), window);
  for (const piece of pieces) reader.write(piece);
  reader.end();
  giveBack(window);
  return { read: reader.records, handedOver: records };
}

describe("what the scanner hands over", () => {
  test(`comes to the same as parsing everything, in ${CASES} files meant to mislead`, () => {
    let told = 0;
    let passedOver = 0;
    let enabled = fromCatalogue;
    for (let seed = 1; seed <= CASES; seed++) {
      const adversary = new Adversary(seed);
      // Making a filter takes longer than a few files.
      if (seed % 8 === 1) enabled = adversary.chance(0.2) ? fromCatalogue : fromPatterns(adversary.patterns());
      const spelled = adversary.many(8, () => adversary.spell(adversary.record()));
      const space = () => adversary.space();
      const list = `[${space()}${spelled.join(`${space()},${space()}`)}${space()}]`;
      const others = () => adversary.many(1, () => `${adversary.spell({ y: adversary.record() }).slice(1, -1)}`);
      const members = [...others(), `"Records"${space()}:${space()}${list}`, ...others()];
      const text = `${adversary.chance(0.1) ? "\uFEFF" : ""}${space()}{${members.join(",")}}${space()}`;

      const plain = (JSON.parse(text.replace(/^\uFEFF/, "")) as { Records: unknown[] }).Records;
      const { read, handedOver } = scanned("log-file", enabled, cut(Buffer.from(text), adversary));

      const expected = outcomes(enabled, plain);
      const actual = outcomes(enabled, handedOver);
      if (read !== plain.length || actual.join("\n") !== expected.join("\n")) {
        expect({ seed, text, read, actual }).toEqual({ seed, text, read: plain.length, actual: expected });
      }
      told += actual.length;
      passedOver += plain.length - handedOver.length;
    }
    // The files do try something.
    expect(told).toBeGreaterThan(CASES / 2);
    expect(passedOver).toBeGreaterThan(CASES / 2);
  }, 3_600_000);

  test("comes to the same for every record that the detections are tested with", () => {
    const text = JSON.stringify({ Records: fixtureRecords });

    const { read, handedOver } = scanned("log-file", fromCatalogue, [Buffer.from(text)]);

    expect(read).toBe(fixtureRecords.length);
    expect(outcomes(fromCatalogue, handedOver)).toEqual(outcomes(fromCatalogue, fixtureRecords));
    expect(handedOver.length).toBeLessThan(fixtureRecords.length);
  });

  test("is the same wherever the text is cut", () => {
    const adversary = new Adversary(8);
    const records = Array.from({ length: 6 }, () => adversary.record());
    const text = Buffer.from(
      `\uFEFF {"a" : [1e5, "\\"]"], "Records" : [ ${records.map((one) => adversary.spell(one)).join(" , ")} ] , "b":-1 } `,
    );
    const whole = scanned("log-file", fromCatalogue, [text]);

    for (let at = 1; at < text.length; at++) {
      expect(scanned("log-file", fromCatalogue, [text.subarray(0, at), text.subarray(at)])).toEqual(whole);
    }
    expect(
      scanned(
        "log-file",
        fromCatalogue,
        [...text].map((byte) => Uint8Array.of(byte)),
      ),
    ).toEqual(whole);
  });

  test(`comes to the same in ${CASES} files of any form`, async () => {
    let enabled = fromCatalogue;
    for (let seed = 1; seed <= CASES; seed++) {
      const adversary = new Adversary(-seed);
      if (seed % 8 === 1) enabled = fromPatterns(adversary.patterns());
      const expected: unknown[] = [];
      let text = "";
      const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
      for (const form of [
        "list",
        "log file",
        "record",
        ...adversary.many(4, () => adversary.pick(["list", "log file", "record"])),
      ]) {
        const records = adversary.many(3, () => adversary.record());
        if (form === "record") {
          const spelled = records.filter(isObject).map((record) => adversary.spell(record));
          const values = spelled.map((json) => JSON.parse(json) as { Records?: unknown });
          expected.push(...values.flatMap((value) => (Array.isArray(value.Records) ? value.Records : [value])));
          text += spelled.join(adversary.pick(["\n", "", "\r\n"]));
        } else {
          const list = `[${records.map((record) => adversary.spell(record)).join(",")}]`;
          expected.push(...(JSON.parse(list) as unknown[]));
          text += form === "list" ? list : `{${adversary.chance(0.5) ? `"a":${list},` : ""}"Records":${list}}`;
        }
        text += adversary.space();
      }
      const handedOver: unknown[] = [];
      const bytes = adversary.chance(0.5) ? Buffer.from(text) : gzipSync(text);
      async function* pieces() {
        yield* cut(bytes, adversary);
      }

      const { records } = await scanRecords(
        adversary.chance(0.5) ? bytes : pieces(),
        { form: "any", filter: filterOf(enabled) },
        (record) => handedOver.push(record),
      );

      const actual = outcomes(enabled, handedOver);
      if (records !== expected.length || actual.join() !== outcomes(enabled, expected).join()) {
        expect({ seed, text, records, actual }).toEqual({
          seed,
          text,
          records: expected.length,
          actual: outcomes(enabled, expected),
        });
      }
    }
  }, 3_600_000);
});
