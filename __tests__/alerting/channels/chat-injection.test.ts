import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { amazonQ } from "../../../alerting/channels/amazon-q";
import type { Card } from "../../../alerting/channels/card";
import { microsoftTeams } from "../../../alerting/channels/microsoft-teams";
import { slack } from "../../../alerting/channels/slack";
import { isObject, type JsonObject } from "../../../detection/events/json";
import { cardViolations, textRuns } from "../../channels/vendors/adaptive-card";
import { blockViolations } from "../../channels/vendors/block-kit";
import { propertyRuns } from "../../property-runs";
import { HIDDEN, hostileCard, OWN_LINK } from "./hostile-cards";
import { cardExpressions, chatMarkup, slackMarkup, slackSequences } from "./markup";

const THREAD = { channel: "C0123456789", ts: "1763605800.000001", severity: "low", updates: "0" };
const runs = { numRuns: propertyRuns(1_000) };

/** Every object in a message that has the property. */
function objectsWith(value: unknown, name: string): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap((item) => objectsWith(item, name));
  if (!isObject(value)) return [];
  const below = Object.values(value).flatMap((child) => objectsWith(child, name));
  return name in value ? [value, ...below] : below;
}

/** Every text in a message that is not one of ours; several lines only where lines are allowed. */
function stringsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

function hiddenIn(message: object): readonly string[] {
  return stringsOf(message).filter((text) => HIDDEN.test(text.replace(/[\n\t]/g, "")));
}

function commandsOf(card: Card): ReadonlySet<string> {
  return new Set(card.steps.flatMap(({ commands }) => commands));
}

describe("whatever texts a card holds", () => {
  test("Slack finds no markup in them, and takes the message", () => {
    fc.assert(
      fc.property(hostileCard, fc.boolean(), (card, reply) => {
        const message = slack.render(card, {}, reply ? THREAD : undefined) as {
          readonly text: string;
          readonly blocks: readonly JsonObject[];
        };

        expect(blockViolations(message.blocks)).toEqual([]);
        expect(message.text.length).toBeLessThanOrEqual(4_000);
        expect(slackMarkup(message.text)).toEqual([]);
        const plainTexts = objectsWith(message.blocks, "text").filter(({ type }) => type === "plain_text");
        expect(plainTexts.flatMap(({ text }) => slackSequences(String(text)))).toEqual([]);
        const links = objectsWith(message.blocks, "url").map(({ url }) => String(url));
        expect(links.filter((url) => !url.startsWith(OWN_LINK))).toEqual([]);
        expect(hiddenIn(message)).toEqual([]);
        const shown = objectsWith(message.blocks, "elements").filter(({ type }) => type === "rich_text_preformatted");
        const commands = shown.map(({ elements }) => (elements as readonly { readonly text: string }[])[0]?.text);
        expect(commands.filter((command) => !commandsOf(card).has(String(command)))).toEqual([]);
      }),
      runs,
    );
  });

  test("Adaptive Cards and Power Automate find no expression in them, and Teams takes the message", () => {
    fc.assert(
      fc.property(hostileCard, (card) => {
        const message = microsoftTeams.render(card, {}, undefined) as {
          readonly attachments: readonly [{ readonly content: JsonObject }];
        };
        const [{ content }] = message.attachments;

        expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThanOrEqual(28 * 1_024);
        expect(cardViolations(content)).toEqual([]);
        expect(stringsOf(content).flatMap(cardExpressions)).toEqual([]);
        const links = objectsWith(content, "url").map(({ url }) => String(url));
        expect(links.filter((url) => !url.startsWith(OWN_LINK))).toEqual([]);
        expect(hiddenIn(message)).toEqual([]);
        const lines = new Set([...commandsOf(card)].flatMap((command) => command.split("\n")));
        const shown = textRuns(content).filter(({ fontType }) => fontType === "Monospace");
        expect(shown.filter(({ text }) => text !== " " && !lines.has(String(text)))).toEqual([]);
      }),
      runs,
    );
  });

  test("neither Slack's nor Teams' Markdown is found in what Amazon Q Developer gets, which is within AWS's limits", () => {
    fc.assert(
      fc.property(hostileCard, (card) => {
        const message = amazonQ.render(card, {}, undefined) as {
          readonly content: JsonObject & { readonly title: string; readonly description: string };
          readonly metadata: { readonly relatedResources?: readonly string[] };
        };
        const { title, description, nextSteps = [], keywords } = message.content;
        const steps = nextSteps as readonly string[];
        const own = description.split(/\s/).filter((word) => word.startsWith(OWN_LINK));

        expect(title.length).toBeLessThanOrEqual(250);
        expect(description.length).toBeLessThanOrEqual(8_000);
        expect(steps.every((step) => step.length <= 500)).toBe(true);
        expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(256 * 1_024);
        const { relatedResources = [] } = message.metadata;
        // An ARN has colons of its own.
        const resources = relatedResources.map((arn) => arn.replaceAll(":", " "));
        const texts = [title, description, ...steps, ...(keywords as readonly string[]), ...resources];
        expect(texts.flatMap((text) => chatMarkup(text, own))).toEqual([]);
        expect(own.filter((url) => /[<>`|&]/.test(url))).toEqual([]);
        expect(hiddenIn(message)).toEqual([]);
      }),
      runs,
    );
  });
});
