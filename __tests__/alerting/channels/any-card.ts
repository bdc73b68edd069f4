import fc from "fast-check";
import type { Card } from "../../../alerting/channels/card";
import { SEVERITIES } from "../../../detection/definition/detection";
import { HOSTILE } from "../../channels/example-alerts";
import { EXAMPLE_CARDS, INCIDENT_CARDS } from "../../channels/example-cards";

/** What callers might write to be more than text where it is shown. */
const MARKUP = [
  HOSTILE,
  "<script>alert(1)</script>",
  '<img src=x onerror="alert(1)">',
  "</td><!-- ",
  "&lt;b&gt;",
  "[click](https://evil.example)",
  "![pixel](https://evil.example/p.png)",
  "[x]: https://evil.example",
  "{{alert.message}}",
  "www.evil.example",
  "\u202Egnp.exe\u202C",
  "\u0000\u0007\u001B[31m\u007F",
  "\uD800",
  "\uDC00tail",
  "\u200B\u2028\u2029\uFEFF",
  "line\r\nOutcome: denied",
  "__proto__",
  "",
];

/** Any text that a caller might have chosen: of any characters (halves too), markup, and now and then of 40 KB. */
const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...MARKUP) },
  {
    weight: 3,
    arbitrary: fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
      .map((units) => String.fromCharCode(...units)),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...MARKUP), fc.string(), fc.constantFrom(...MARKUP))
      .map((parts) => parts.join("")),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...MARKUP, "a\u{1F600}").map((text) => `${text}x`.repeat(40_960 / (text.length + 1))),
  },
);
const anyTexts = (maxLength: number): fc.Arbitrary<readonly string[]> => fc.array(anyText, { maxLength });

const anyKind = fc.constantFrom<Card["kind"]>(
  "alert",
  "summary",
  "timeline",
  "digest",
  "rate-limit",
  "alarm",
  "urgent",
);
const anyRole = fc.constantFrom("opens", "rises", "update" as const);
const anyIncident = fc.record({ id: anyText, role: anyRole, number: fc.integer({ min: 1, max: 1_000 }) });
const anyUrl = fc.oneof(
  anyText,
  fc.webUrl(),
  fc.constantFrom("javascript:alert(1)", "https://console.aws.amazon.com/x?a=1&b=2#/c"),
);
const anyTime = fc.option(fc.integer({ min: 0, max: Date.parse("2030-01-01T00:00:00Z") }), { nil: undefined });
const examples = [...Object.values(EXAMPLE_CARDS), ...INCIDENT_CARDS].map(({ notification }) => notification);

/** Any card, with lists of up to some length. */
export const anyCard: fc.Arbitrary<Card> = fc
  .record({
    notificationId: anyText,
    kind: anyKind,
    severity: fc.constantFrom(...SEVERITIES),
    headline: anyText,
    title: anyText,
    facts: fc.array(fc.record({ name: anyText, value: anyText }), { maxLength: 70 }),
    paragraphs: fc.array(fc.record({ heading: anyText, text: anyText }), { maxLength: 60 }),
    steps: fc.array(fc.record({ text: anyText, commands: anyTexts(8) }), { maxLength: 8 }),
    links: fc.array(fc.record({ text: anyText, url: anyUrl }), { maxLength: 15 }),
    detections: anyTexts(30),
    account: fc.record({ id: anyText, name: anyText }),
    region: anyText,
    time: anyTime,
    actor: fc.option(anyText, { nil: undefined }),
    resources: fc.array(
      fc.oneof(
        anyText,
        anyText.map((text) => `arn:aws:iam::111122223333:user/${text}`),
      ),
      { maxLength: 60 },
    ),
    incident: fc.option(anyIncident, { nil: undefined }),
    notification: fc.constantFrom(...examples),
  })
  .map(({ time, actor, incident, notification, ...card }) => ({
    ...card,
    ...(time === undefined ? {} : { time }),
    ...(actor === undefined ? {} : { actor }),
    ...(incident === undefined ? {} : { incident }),
    ...(notification === undefined ? {} : { notification }),
  }));

const HUGE = "長".repeat(40_960);
const huge = (count: number): readonly string[] => Array.from({ length: count }, (_, place) => `${place}${HUGE}`);

/** A card that is larger in everything than any channel has room for, in characters of three bytes. */
export const LARGEST_CARD: Card = {
  notificationId: HUGE,
  kind: "alert",
  severity: "critical",
  headline: HUGE,
  title: HUGE,
  facts: huge(80).map((text) => ({ name: text, value: text })),
  paragraphs: huge(80).map((text) => ({ heading: text, text })),
  steps: huge(80).map((text) => ({ text, commands: huge(80) })),
  links: Array.from({ length: 80 }, (_, place) => ({ text: HUGE, url: `https://example.com/${place}` })),
  detections: huge(80),
  account: { id: HUGE, name: HUGE },
  region: HUGE,
  actor: HUGE,
  resources: huge(80).map((text) => `arn:aws:iam::111122223333:user/${text}`),
  incident: { id: HUGE, role: "update", number: 2 },
};

/** Every string of a form, and every name in it. */
export function textsIn(form: unknown): readonly string[] {
  if (typeof form === "string") return [form];
  if (Array.isArray(form)) return form.flatMap(textsIn);
  if (typeof form !== "object" || form === null) return [];
  return Object.entries(form).flatMap(([name, child]) => [name, ...textsIn(child)]);
}

/** What hides, reorders or breaks text: control characters but the end of a line and tabs of commands, directions, halves of characters. */
export const HIDDEN = /[^\P{Cc}\n\t]|[\p{Cf}\p{Cs}\u2028\u2029]/u;

/** A text without the card's commands, which stay as they are, each beginning in a line of its own. */
export function withoutCommands(text: string, card: Card): string {
  return card.steps
    .flatMap(({ commands }) => commands)
    .filter((command) => command !== "")
    .sort((one, other) => other.length - one.length)
    .reduce((left, command) => left.replaceAll(`\n${command}`, "\n"), text);
}
