// Over 250 lines: everything that one page holds.
import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import type { Notification } from "../../../../alerting/notification/notification";
import { channelCards } from "../../../../cli/replay/report/channel-cards";
import { clientScript } from "../../../../cli/replay/report/client-files";
import { embeddedData, FIELDS } from "../../../../cli/replay/report/embedded-data";
import { htmlReport } from "../../../../cli/replay/report/html-report";
import type { ReplayResult } from "../../../../cli/replay/result/replay-result";
import { catalogue } from "../../../../detection/catalogue/catalogue";
import { exampleResult, quietResult } from "../../../browser/example-result";
import { EXAMPLE_CARDS } from "../../../channels/example-cards";
import { attribute, elementsOf, textOf, the } from "./parsed-page";

const RESULT = exampleResult({ alerts: 300, days: 20, seed: 1 });
const ABOUT = { made: "2026-11-21T09:00:00Z", command: "trailwarden replay AWSLogs" };
const PAGE = htmlReport(RESULT, ABOUT);
const ELEMENTS = elementsOf(PAGE);
const QUIET = quietResult();

function heading(result: ReplayResult): string {
  return textOf(the(htmlReport(result, ABOUT), ({ tagName }) => tagName === "h1"));
}

function lead(result: ReplayResult): string {
  return textOf(the(htmlReport(result, ABOUT), (element) => attribute(element, "class") === "lead"));
}

function hash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

describe("the page", () => {
  test("asks for nothing: no address but places in itself", () => {
    const addresses = ELEMENTS.flatMap(({ attrs }) =>
      attrs.filter(({ name }) => /^(href|src|srcset|action|data|poster|background|ping)$/.test(name)),
    );

    expect(addresses.length).toBeGreaterThan(0);
    expect(addresses.filter(({ value }) => !value.startsWith("#"))).toEqual([]);
    expect(
      addresses.filter(({ value }) => !ELEMENTS.some((element) => attribute(element, "id") === value.slice(1))),
    ).toEqual([]);
  });

  test("asks for nothing with cards, either: their only addresses are links to the console", () => {
    const shown = channelCards([EXAMPLE_CARDS.root?.notification as Notification], []);
    const elements = elementsOf(htmlReport(RESULT, ABOUT, shown));
    const addresses = elements.flatMap((element) =>
      element.attrs
        .filter(({ name }) => /^(href|src|srcset|action|data|poster|background|ping)$/.test(name))
        .map(({ value }) => ({ tag: element.tagName, value })),
    );

    const outside = addresses.filter(({ value }) => !value.startsWith("#"));
    expect(outside.map(({ tag }) => tag)).toEqual(["a", "a", "a"]);
    expect(outside.filter(({ value }) => !/^https:\/\/[a-z0-9-]+\.console\.aws\.amazon\.com\//.test(value))).toEqual(
      [],
    );
    expect(
      elements.flatMap(({ attrs }) => attrs).filter(({ name }) => name === "style" || name.startsWith("on")),
    ).toEqual([]);
  });

  test("allows its own style and script by their hashes, and nothing else", () => {
    const policy = attribute(
      the(PAGE, (element) => attribute(element, "http-equiv") === "Content-Security-Policy"),
      "content",
    );
    const style = textOf(the(PAGE, ({ tagName }) => tagName === "style"));
    const script = textOf(the(PAGE, (element) => element.tagName === "script" && element.attrs.length === 0));

    expect(policy?.split("; ")).toEqual([
      "default-src 'none'",
      `style-src ${hash(style)}`,
      `script-src ${hash(script)}`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
  });

  test("says its policy before anything that it is about", () => {
    const names = ELEMENTS.map((element) => attribute(element, "http-equiv") ?? element.tagName);

    expect(names.indexOf("Content-Security-Policy")).toBeLessThan(names.indexOf("style"));
    expect(names.slice(0, 4)).toEqual(["html", "head", "meta", "Content-Security-Policy"]);
  });

  test("has no attribute that holds style or script", () => {
    const names = ELEMENTS.flatMap(({ attrs }) => attrs.map(({ name }) => name));

    expect(names.filter((name) => name === "style" || name.startsWith("on"))).toEqual([]);
  });

  test("has an id for everything that it refers to, once", () => {
    const ids = ELEMENTS.flatMap((element) => attribute(element, "id") ?? []);
    const referred = ELEMENTS.flatMap((element) => attribute(element, "aria-labelledby") ?? []);

    expect(new Set(ids).size).toBe(ids.length);
    expect(referred.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test("says when and by which command it was made", () => {
    const footer = textOf(the(PAGE, ({ tagName }) => tagName === "footer"));

    expect(footer).toContain("Made 2026-11-21T09:00:00Z by trailwarden replay AWSLogs.");
    expect(htmlReport(RESULT, { made: "today" })).toContain("Made <bdi>today</bdi>.");
  });
});

describe("the verdict", () => {
  const one = RESULT.alerts.find(({ tier }) => tier === "alert");
  const line = RESULT.alerts.find(({ tier }) => tier === "digest");

  test.each([
    ["1 alert", [one]],
    ["1 digest line", [line]],
    ["1 alert and 2 digest lines", [one, line, line]],
    ["2 alerts", [one, one]],
  ])("%s", (words, alerts) => {
    expect(heading({ ...RESULT, alerts: alerts.flatMap((alert) => alert ?? []) })).toBe(words);
  });

  test("without an alert is kind, and doesn't say more than it knows", () => {
    const { files, records } = QUIET;
    const unreadable = [{ file: "a", reason: "b" }];

    expect(heading(QUIET)).toBe("No alerts");
    expect(heading({ ...QUIET, files: { ...files, unreadable } })).toBe("No alerts in what could be read");
    expect(heading({ ...QUIET, records: { ...records, read: 0 } })).toBe("No records");
    expect(heading({ ...QUIET, files: { ...files, unreadable }, records: { ...records, read: 0 } })).toBe(
      "No records in what could be read",
    );
    expect(heading({ ...QUIET, files: { ...files, read: 0, unreadable }, records: { ...records, read: 0 } })).toBe(
      "Nothing was read",
    );
    expect(lead(QUIET)).toBe(
      `${catalogue.length} detections evaluated 901,274 records of 4,360 log files (131 MB): no alert would have been sent.`,
    );
    expect(lead({ ...QUIET, detections: RESULT.detections })).toContain("Matches were grouped, counted or suppressed");
  });

  test("names the days and what was read", () => {
    expect(lead(RESULT)).toMatch(
      /^From \d+ of \d+ detections from 2026-10-22 to 2026-11-10 \(UTC\), in [\d,]+ records of 2,920 log files \(92 MB\)\.$/,
    );
  });

  test("names one day once, and none where no event bears a time", () => {
    const on = (day: string) => ({
      ...RESULT,
      detections: RESULT.detections.map((outcome) => ({
        ...outcome,
        days: outcome.days.slice(0, 1).map((one) => ({ ...one, day })),
      })),
    });

    expect(lead(on("2026-11-02"))).toContain(" on 2026-11-02 (UTC)");
    expect(lead(on("unknown"))).toMatch(/detections \(UTC\), in/);
  });
});

describe("what is told beside the alerts", () => {
  test("names every file and record that is not in the numbers, with its reason", () => {
    const problems = textOf(the(PAGE, (element) => attribute(element, "id") === "problems"));

    for (const { file, reason } of [...RESULT.files.unreadable, ...RESULT.records.firstProcessingErrors]) {
      expect(problems).toContain(file);
      expect(problems).toContain(reason);
    }
    expect(PAGE).toContain("2 files could not be read, 1 record could not be processed");
  });

  test("says how many more there are than it names", () => {
    const unreadable = Array.from({ length: 1203 }, (_, number) => ({ file: `file-${number}`, reason: "empty" }));
    const page = htmlReport(
      { ...RESULT, files: { ...RESULT.files, unreadable }, records: { ...RESULT.records, processingErrors: 5 } },
      ABOUT,
    );
    const problems = textOf(the(page, (element) => attribute(element, "id") === "problems"));

    expect(problems).toContain("1,203 files could not be read");
    expect(problems).toContain("file-199");
    expect(problems).not.toContain("file-200");
    expect(problems).toContain("and 1,003 more");
    expect(problems).toContain("and 4 more");
  });

  test("is left away where there is none", () => {
    const page = htmlReport(QUIET, ABOUT);

    expect(
      elementsOf(page).filter((element) =>
        ["problems", "by-day", "suppressed", "explorer"].includes(attribute(element, "id") ?? ""),
      ),
    ).toEqual([]);
    expect(page).not.toContain("Incomplete.");
  });

  test("has a row for each detection, day and suppression, with the result's numbers", () => {
    const rows = ELEMENTS.filter(({ tagName }) => tagName === "tr").map((row) => row.childNodes.map(textOf));
    const { detection, title, days, summaries } = RESULT.detections[0] ?? noDetection();
    const sum = (outcome: "matches" | "alerts" | "grouped") =>
      days.reduce((all, day) => all + day[outcome], 0).toLocaleString("en-US");
    const row = rows.find(([first]) => first === `${title} ${detection}`);

    expect(row?.slice(3, 5)).toEqual([sum("matches"), sum("alerts")]);
    expect(row?.[7]).toBe(sum("grouped"));
    expect(row?.at(-1)).toBe(summaries.toLocaleString("en-US"));
    expect(rows.filter(([first]) => /^2026-/.test(String(first))).length).toBe(20);
    for (const { id, reason, matches } of RESULT.suppressions)
      expect(rows).toContainEqual([id, reason, matches.toLocaleString("en-US")]);
  });
});

function noDetection(): never {
  throw new Error("the example has no detection");
}

describe("the embedded data", () => {
  test("has every field of every alert but which call and whose incident it is, which the ids say", () => {
    const { alerts, columns } = embeddedData(RESULT.alerts);
    const restored = Array.from({ length: alerts }, (_, row) =>
      Object.fromEntries(FIELDS.map((field) => [field, columns[field].values[columns[field].rows[row] ?? -1]])),
    );

    expect(restored).toEqual(
      RESULT.alerts.map(({ alsoMatched, incident, caller, callId, ...alert }) => ({
        ...alert,
        alsoMatched: alsoMatched.join(", "),
        incident: incident?.id ?? "",
        incidentPlace:
          incident === undefined ? "" : incident.number === 1 ? "first alert" : `update ${incident.number}`,
      })),
    );
  });

  test("has each text once", () => {
    for (const { values } of Object.values(embeddedData(RESULT.alerts).columns))
      expect(new Set(values).size).toBe(values.length);
  });
});

describe("the page's script", () => {
  test("makes nothing of text but text", () => {
    expect(clientScript()).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser|\bfetch\b/,
    );
  });
});
