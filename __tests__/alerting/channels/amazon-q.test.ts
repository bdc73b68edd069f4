import { expect, test } from "@jest/globals";
import { amazonQ } from "../../../alerting/channels/amazon-q";
import type { Card } from "../../../alerting/channels/card";
import { EXAMPLE_CARDS, INCIDENT_CARDS } from "../../channels/example-cards";
import { toolsFor } from "../../channels/send-tools";

const [first, , third] = INCIDENT_CARDS as readonly [Card, Card, Card];

interface Published {
  readonly content: {
    readonly title: string;
    readonly description: string;
    readonly nextSteps?: readonly string[];
    readonly keywords: readonly string[];
  };
  readonly metadata: { readonly threadId?: string; readonly additionalContext: Readonly<Record<string, string>> };
}

async function published(card: Card): Promise<Published> {
  const tools = toolsFor(undefined, "");
  await expect(amazonQ.send(card, undefined, tools)).resolves.toBeUndefined();
  expect(tools.published).toHaveLength(1);
  return JSON.parse(String(tools.published[0]));
}

test("an alert is a custom notification in the thread of its incident", async () => {
  expect(await published(first)).toMatchObject({
    version: "1.0",
    source: "custom",
    id: first.notificationId,
    content: { textType: "client-markdown", title: "Medium: GetSecretValue succeeded by ann in prod" },
    metadata: { threadId: first.incident?.id, eventType: "secrets-bulk-read" },
  });
});

test("a custom action's button finds the incident to acknowledge, in signs that it may take", async () => {
  const { additionalContext } = (await published(third)).metadata;

  expect(additionalContext.incident).toBe(third.incident?.id);
  expect(Object.values(additionalContext).filter((value) => !/^[\x21-\x7f]+$/.test(value))).toEqual([]);
});

test("an update says which it is, as the channel may have no threads", async () => {
  expect((await published(third)).content.title).toBe(
    "Update 3 of incident 0123456789abcdef-20261120T021505Z: Low: GetBucketPolicy denied by ann in prod",
  );
});

test("a digest has no thread, and no steps", async () => {
  const { content, metadata } = await published(EXAMPLE_CARDS.digest as Card);

  expect(metadata.threadId).toBeUndefined();
  expect(content.nextSteps).toBeUndefined();
});

test("values and commands stand in code spans as they are", async () => {
  const { content } = await published(first);

  expect(content.description).toContain("From: `198.51.100.7, aws-cli/2.31.1`");
  expect(content.nextSteps).toEqual(
    expect.arrayContaining(first.steps[1]?.commands.map((line) => `\`${line}\``) ?? []),
  );
});

test("a command that can't stand in a code span is left out, not changed", async () => {
  const { content } = await published({ ...first, steps: [{ text: "Look.", commands: ["a | b && c", "aws s3 ls"] }] });

  expect(content.nextSteps).toEqual(["Look.", "`aws s3 ls`"]);
  expect(content.description).toContain("Shortened to fit here. The e-mail has all of it.");
});

test("it needs no secret and no setting", () => {
  expect(amazonQ).toMatchObject({ secret: undefined, settings: {}, threads: false });
});
