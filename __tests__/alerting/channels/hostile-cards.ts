import fc from "fast-check";
import type { Card } from "../../../alerting/channels/card";
import { anyCharacter } from "../../any-character";

/** What chats, cards and templates read in text. */
const DANGEROUS = [
  ..."<>&`*_~#|@!:$%{}[]()\\\"'-+=.1 \n\t",
  "<!channel>",
  "<!here|here>",
  "<@U012AB3CD>",
  "<#C0123456789>",
  "<!subteam^S0123>",
  "<http://evil.example|console>",
  "&lt;!channel&gt;",
  "&#60;",
  "@here",
  "@channel",
  "https://evil.example/login",
  "http://evil.example",
  "www.evil.example",
  "mailto:evil@evil.example",
  "[console](http://evil.example)",
  "![image](http://evil.example/a.png)",
  "[ref]: http://evil.example",
  "```",
  "``",
  "*bold*",
  "_it_",
  "~no~",
  "**bold**",
  ":warning:",
  ":x:",
  "# head",
  "\n# head",
  "\n- item",
  "\n1. item",
  "\n> quote",
  "\n---\n",
  "\n===\n",
  "${$root.secret}",
  "${if(true,1,2)}",
  "$${a}",
  "{{DATE(2026-11-20T02:14:05Z)}}",
  "@{triggerBody()}",
  "<at>everyone</at>",
  "<b>html</b>",
  "<script>",
  "\u202e",
  "\u2066",
  "\u0000",
  "\u001b[31m",
  "\u200b",
  "\u2028",
  "\r\n",
  "\ud83d",
  "\ude00",
  "😀",
  "👨‍👩‍👧",
  "ann",
  "i-0123456789abcdef0",
] as const;

const piece = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...DANGEROUS) }, { weight: 1, arbitrary: anyCharacter });

/** Anybody's text: a few pieces, or so many that no vendor takes them. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.array(piece, { minLength: 1, maxLength: 6 }), fc.constantFrom(3_000, 10_000, 40_000))
      .map(([pieces, length]) =>
        pieces
          .join("")
          .repeat(Math.ceil(length / pieces.join("").length))
          .slice(0, length),
      ),
  },
);

/** Addresses that trailwarden puts into cards; whatever else a card's link holds must not become one. */
export const OWN_LINK =
  "https://eu-central-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-central-1#/events/a1b2c3d4-0000-4000-8000-000000000001";

const url = fc.oneof(
  fc.constant(OWN_LINK),
  fc.constant("event history of us-iso-east-1, event a1b2c3d4"),
  anyText,
  anyText.map((text) => `javascript:${text}`),
  anyText.map((text) => `${OWN_LINK}?${text}`),
);

const few = <Item>(item: fc.Arbitrary<Item>) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.array(item, { maxLength: 5 }) },
    { weight: 1, arbitrary: fc.array(item, { minLength: 60, maxLength: 120 }) },
  );

export const hostileCard: fc.Arbitrary<Card> = fc
  .record({
    headline: anyText,
    title: anyText,
    facts: few(fc.record({ name: anyText, value: anyText })),
    paragraphs: few(fc.record({ heading: anyText, text: anyText })),
    steps: few(fc.record({ text: anyText, commands: fc.array(anyText, { maxLength: 3 }) })),
    links: fc.array(fc.record({ text: anyText, url }), { maxLength: 5 }),
    detections: fc.array(anyText, { maxLength: 20 }),
    account: fc.record({ id: fc.constant("111122223333"), name: anyText }),
    resources: fc.array(
      fc.oneof(
        anyText,
        anyText.map((text) => `arn:aws:iam::111122223333:user/${text}`),
      ),
      { maxLength: 20 },
    ),
    severity: fc.constantFrom("critical", "high", "medium", "low"),
    kind: fc.constantFrom("alert", "summary", "timeline", "digest", "rate-limit", "alarm", "urgent"),
    number: fc.option(fc.integer({ min: 1, max: 500 }), { nil: undefined }),
  })
  .map(({ number, ...card }) => ({
    ...card,
    notificationId: "a1b2c3d4-0000-4000-8000-000000000001",
    region: "eu-central-1",
    ...(number === undefined
      ? {}
      : {
          incident: {
            id: "0123456789abcdef-20261120T021405Z",
            role: number === 1 ? "opens" : "update",
            number,
          } as const,
        }),
  }));

/** What text shows to nobody or out of order, but the sign that keeps two others apart. */
export const HIDDEN = /(?!\u2060)[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Co}\p{Zl}\p{Zp}]/u;
