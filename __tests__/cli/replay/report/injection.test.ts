import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { CHANNELS } from "../../../../alerting/channels/channels";
import { lookOf } from "../../../../cli/cards/look-of";
import { visible } from "../../../../cli/cards/markup";
import type { EmbeddedData } from "../../../../cli/replay/report/embedded-data";
import { htmlReport } from "../../../../cli/replay/report/html-report";
import { hostileCard } from "../../../alerting/channels/hostile-cards";
import { anyCharacter } from "../../../any-character";
import { exampleResult } from "../../../browser/example-result";
import { marked, PAYLOADS, withTexts } from "../../../browser/hostile-result";
import { attribute, elementsOf, elementsWithin, textOf, the } from "./parsed-page";

const EXAMPLE = exampleResult({ alerts: 6, days: 3, seed: 4 });
/** Whatever the example's detections are, the first alert has another one beneath it. */
const RESULT = {
  ...EXAMPLE,
  alerts: EXAMPLE.alerts.map((alert, index) =>
    index === 0 ? { ...alert, alsoMatched: ["unauthorized-calls"] } : alert,
  ),
};

/** Elements and attributes with their values; scripts' and styles' texts too, the data's aside. */
function skeleton(page: string): readonly string[] {
  return elementsOf(page).map((element) => {
    const attributes = element.attrs.map(({ name, value }) => `${name}=${JSON.stringify(value)}`);
    const code =
      ["script", "style"].includes(element.tagName) && attribute(element, "id") !== "data" ? textOf(element) : "";
    return [element.tagName, ...attributes, code].join(" ");
  });
}

function embedded(page: string): EmbeddedData {
  return JSON.parse(textOf(the(page, (element) => attribute(element, "id") === "data"))) as EmbeddedData;
}

const HARMLESS = skeleton(htmlReport(RESULT, { made: "now", command: "replay" }));

const CARD_TAGS = new Set("section h2 h3 p div article span b bdi code pre dl dt dd details summary a".split(" "));
const CARD_ATTRIBUTES = new Set(["aria-labelledby", "id", "class", "aria-hidden", "tabindex", "href", "rel", "target"]);

describe("a page of hostile texts", () => {
  const texts = fc.oneof(
    { weight: 3, arbitrary: fc.string({ unit: anyCharacter, maxLength: 60 }) },
    {
      weight: 3,
      arbitrary: fc
        .array(fc.constantFrom(...PAYLOADS, "<", "</", "<!--", '"', "'", "=", ">", "\n"))
        .map((parts) => parts.join("")),
    },
    { weight: 1, arbitrary: fc.constantFrom(...PAYLOADS) },
  );

  test("has the elements, attributes, script and style of a page of harmless ones", () => {
    fc.assert(
      fc.property(texts, texts, texts, (payload, made, command) => {
        const page = htmlReport(
          withTexts(RESULT, (text) => payload + text),
          { made, command },
        );

        expect(skeleton(page)).toEqual(HARMLESS);
      }),
      { numRuns: 60 },
    );
  });

  test("embeds the texts as they were, but for what is written out", () => {
    fc.assert(
      fc.property(texts, (payload) => {
        const { actor } = embedded(
          htmlReport(
            withTexts(RESULT, (text) => payload + text),
            { made: "" },
          ),
        ).columns;

        expect(actor.rows.map((row) => actor.values[row])).toEqual(
          RESULT.alerts.map((alert) => visible(payload + alert.actor)),
        );
      }),
      { numRuns: 60 },
    );
  });

  test("has each payload in each kind of text, and nothing of it as markup", () => {
    const marks = PAYLOADS.map((_, index) => `mark ${index} `);

    // Days are sorted by their texts.
    expect([...skeleton(htmlReport(marked(RESULT, PAYLOADS), { made: "" }))].sort()).toEqual(
      [...skeleton(htmlReport(marked(RESULT, marks), { made: "" }))].sort(),
    );
  });
});

describe("hostile cards", () => {
  test("change nothing but their section, and that holds no script, no form and no address but the console's", () => {
    fc.assert(
      fc.property(hostileCard, fc.constantFrom(...CHANNELS), (card, channel) => {
        const page = htmlReport(RESULT, { made: "now", command: "replay" }, [
          { title: card.headline, looks: [lookOf(channel, [card])] },
        ]);
        const all = elementsOf(page);
        const start = all.findIndex((element) => attribute(element, "aria-labelledby") === "as-channels");
        const section = elementsWithin(all[start]);

        expect(skeleton(page).filter((_, place) => place < start || place >= start + section.length)).toEqual(HARMLESS);
        expect(section.map(({ tagName }) => tagName).filter((name) => !CARD_TAGS.has(name))).toEqual([]);
        const attributes = section.flatMap(({ attrs }) => attrs);
        expect(attributes.filter(({ name }) => !CARD_ATTRIBUTES.has(name))).toEqual([]);
        expect(
          attributes.filter(
            ({ name, value }) => name === "href" && !/^https:\/\/[a-z0-9.-]+\.console\.aws\.amazon\.com\//.test(value),
          ),
        ).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});

describe("withTexts", () => {
  test("reaches every text that is not ours", () => {
    const seen = new Set<string>();
    withTexts(RESULT, (text, field) => {
      seen.add(field);
      return text;
    });

    expect([...seen].sort()).toEqual([
      "accessKeyId",
      "account",
      "actor",
      "alsoMatched",
      "callId",
      "caller",
      "day",
      "detection",
      "errorCode",
      "errorMessage",
      "eventID",
      "eventName",
      "eventSource",
      "eventTime",
      "file",
      "id",
      "principal",
      "reason",
      "region",
      "requestParameters",
      "responseElements",
      "role",
      "sourceIPAddress",
      "target",
      "technique",
      "title",
      "userAgent",
    ]);
  });
});
