// Over 250 lines: every kind of channel is held to the same.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Card } from "../../../alerting/channels/card";
import { CHANNELS } from "../../../alerting/channels/channels";
import { cardStyles, cardsMarkup } from "../../../cli/cards/cards-html";
import { cardsPage } from "../../../cli/cards/cards-page";
import { lookText } from "../../../cli/cards/cards-text";
import type { Part } from "../../../cli/cards/look";
import { lookOf, partsOf } from "../../../cli/cards/look-of";
import { hostileCard, OWN_LINK } from "../../alerting/channels/hostile-cards";
import { PAYLOADS } from "../../browser/hostile-result";
import { EXAMPLE_CARDS, INCIDENT_CARDS } from "../../channels/example-cards";
import { attribute, elementsOf, textOf } from "../replay/report/parsed-page";
import { look } from "./looks";

const GOLDEN = join(__dirname, "..", "..", "alerting", "channels", "golden");
const ROOT_CARD = EXAMPLE_CARDS.root as Card;
const CHANNEL_TYPES = CHANNELS.map(({ type }) => type);

function pageOf(type: string, ...cards: readonly Card[]) {
  return cardsPage([{ title: "alert", looks: [look(type, ...cards)] }], "about");
}

/** What a reader sees of a page's main part, without the spaces between the parts. */
function seenOn(page: string): string {
  const main = elementsOf(page).find(({ tagName }) => tagName === "main");
  return main === undefined ? "" : textOf(main);
}

/** The places of texts in another, in which each stands after the one before. */
function inOrder(whole: string, parts: readonly string[]): readonly string[] {
  let from = 0;
  return parts.filter((part) => {
    const at = whole.indexOf(part, from);
    from = at < 0 ? from : at + part.length;
    return at < 0;
  });
}

/** The messages of a golden file: a payload, several, or the calls that send them. */
function payloadsIn(type: string, name: string): readonly object[] {
  const value = JSON.parse(readFileSync(join(GOLDEN, type, name), "utf8")) as object;
  const all = (Array.isArray(value) ? value : [value]) as readonly { readonly body?: object; readonly url?: string }[];
  return all.map((one) => {
    if (one.url !== undefined && one.body !== undefined) return one.body;
    return type === "microsoft-teams" && !("attachments" in one) ? { attachments: [{ content: one }] } : one;
  });
}

function unknownIn(parts: readonly Part[]): readonly string[] {
  return parts.flatMap((part) => {
    if (part.form === "unknown") return [part.type];
    return part.form === "bar" || part.form === "more" ? unknownIn(part.parts) : [];
  });
}

/** What orders text anew, hides in it or commands a terminal; line breaks aside. */
const HIDDEN_OR_CONTROL = /(?!\n)[\p{Cc}\p{Cf}]/u;

describe("what is sent", () => {
  test("has a look in every kind of channel", () => {
    expect(
      CHANNEL_TYPES.flatMap((type) => unknownIn(look(type, ROOT_CARD).messages.flatMap(({ parts }) => parts))),
    ).toEqual([]);
  });

  test.each(CHANNEL_TYPES)("%s: no golden payload holds anything that can't be shown", (type) => {
    const files = readdirSync(join(GOLDEN, type));
    const unknown = files.flatMap((name) =>
      payloadsIn(type, name).flatMap((payload) => unknownIn(partsOf(type, payload)).map((what) => `${name}: ${what}`)),
    );

    expect(files.length).toBeGreaterThan(12);
    expect(unknown).toEqual([]);
    // Nothing is shown of what is not sent: only those have no digest.
    const silent = files.filter((name) =>
      payloadsIn(type, name).some((payload) => partsOf(type, payload).length === 0),
    );
    const none = ["jira-service-management", "security-hub"].includes(type);
    expect(silent).toEqual(none ? ["digest.json"] : []);
  });

  test.each([
    [
      "slack",
      { blocks: [{ type: "divider" }, { type: "header", text: { type: "mrkdwn", text: "x" } }] },
      ["divider", "mrkdwn"],
    ],
    [
      "slack",
      { blocks: [{ type: "rich_text", elements: [{ type: "rich_text_quote", elements: [] }] }] },
      ["rich_text_quote"],
    ],
    [
      "slack",
      { blocks: [{ type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "emoji" }] }] }] },
      ["emoji"],
    ],
    [
      "microsoft-teams",
      {
        attachments: [
          { content: { type: "AdaptiveCard", body: [{ type: "Image" }], actions: [{ type: "Action.Submit" }] } },
        ],
      },
      ["Image", "Action.Submit"],
    ],
    ["pagerduty", { events: [{ path: "enqueue", body: { event_action: "page" } }] }, ["page"]],
    ["jira-service-management", { requests: [{ path: "/v2/other", body: {} }] }, ["/v2/other"]],
    ["amazon-q", { content: { textType: "html" } }, ["html"]],
    ["telegram", {}, ["telegram"]],
  ])("%s: what is not known is shown as a box that says so", (type, payload, expected) => {
    const parts = partsOf(type, payload);
    expect(unknownIn(parts)).toEqual(expected);

    const drawn = { type, label: type, messages: [{ by: "x", parts }], replies: [] };
    for (const what of expected) {
      expect(cardsMarkup([{ title: "", looks: [drawn] }])[0]?.text).toContain(
        `can't be shown: ${what}`.replace("'", "'"),
      );
      expect(lookText(drawn).join("\n")).toContain(`can't be shown: ${what}`);
    }
  });
});

describe("each channel shows, in this order,", () => {
  const { title } = ROOT_CARD;
  const link = String(ROOT_CARD.links[0]?.text);
  const facts = ["Outcome", "Who", "From"].flatMap((wanted) =>
    ROOT_CARD.facts.filter(({ name }) => name === wanted).flatMap(({ name, value }) => [name, value]),
  );
  const steps = ROOT_CARD.steps.flatMap(({ text, commands: [command = ""] }, index) => [
    `${index + 1}. ${text.slice(0, 20)}`,
    command.slice(0, 20),
  ]);

  test.each([
    [
      "slack",
      [
        "trailwarden",
        "APP",
        "Critical: ConsoleLogin succeeded by root in prod",
        title,
        ...facts,
        link,
        "Why it matters",
        ...steps,
        "root-console-login",
      ],
    ],
    [
      "microsoft-teams",
      [
        "Workflows",
        "Critical: ConsoleLogin succeeded by root in prod",
        title,
        ...facts,
        "Why it matters",
        ...steps,
        "root-console-login",
        link,
      ],
    ],
    [
      "pagerduty",
      [
        "Triggered",
        "Severity: critical",
        "ConsoleLogin succeeded by root in prod",
        "alert key event/",
        ...facts,
        "What to do",
        ...steps,
        link,
      ],
    ],
    [
      "jira-service-management",
      ["P1", "Open", "ConsoleLogin succeeded by root in prod", "trailwarden", "critical", ...facts, "Extra properties"],
    ],
    [
      "amazon-q",
      [
        "Amazon Q",
        "APP",
        "Critical: ConsoleLogin succeeded by root in prod",
        ...facts,
        "Next steps",
        String(ROOT_CARD.steps[0]?.text).slice(0, 20),
        "aws cloudtrail lookup-events",
        "root-console-login",
      ],
    ],
    ["webhook", ["webhook-signature", '"kind": "alert"', '"severity": "critical"']],
    [
      "security-hub",
      ["CRITICAL", "ACTIVE", title, ...facts, "Remediation", ...steps.slice(0, 4), "AwsAccount", "Product fields"],
    ],
  ])("in %s", (type, expected) => {
    expect(inOrder(seenOn(pageOf(type, ROOT_CARD)), expected)).toEqual([]);
  });

  test.each(["slack", "microsoft-teams", "pagerduty", "security-hub"])(
    "%s links to the event in the console",
    (type) => {
      const links = elementsOf(pageOf(type, ROOT_CARD)).filter(({ tagName }) => tagName === "a");

      expect(links.map((link) => attribute(link, "href"))).toEqual([ROOT_CARD.links[0]?.url]);
    },
  );

  test("the invisible signs that keep vendors from reading markup are not written out", () => {
    const hostile = { ...ROOT_CARD, title: "${x}" };

    expect(JSON.stringify(look("microsoft-teams", hostile))).toContain("\u2060");
    expect(seenOn(pageOf("microsoft-teams", hostile))).not.toMatch(/\u2060|U\+2060/);
  });
});

describe("an incident", () => {
  test.each(["slack", "pagerduty", "jira-service-management", "amazon-q"])("is one thread in %s", (type) => {
    const { messages, replies } = look(type, ...INCIDENT_CARDS);

    expect([messages.length, replies.length]).toEqual([1, INCIDENT_CARDS.length - 1]);
    expect(seenOn(pageOf(type, ...INCIDENT_CARDS))).toContain("12 replies");
  });

  test("is a message each in Microsoft Teams, marked as updates", () => {
    const { messages, replies } = look("microsoft-teams", ...INCIDENT_CARDS);

    expect([messages.length, replies.length]).toEqual([INCIDENT_CARDS.length, 0]);
    expect(JSON.stringify(messages[1])).toContain("Update 2 of incident");
  });

  test("has its status beneath Slack's first message", () => {
    const [first] = look("slack", ...INCIDENT_CARDS).messages;

    expect(first?.parts.at(-1)).toMatchObject({ form: "bar", tone: "critical" });
    expect(JSON.stringify(first?.parts.at(-1))).toMatch(
      /11 updates, last: .*DeleteTrail.*Most severe so far: critical/,
    );
    expect(look("slack", ROOT_CARD).messages[0]?.parts.some(({ form }) => form === "bar")).toBe(false);
  });
});

describe("hostile texts", () => {
  const ALLOWED: Readonly<Record<string, readonly string[]>> = {
    ...Object.fromEntries(
      ["article", "div", "p", "span", "b", "bdi", "code", "details"].map((name) => [name, ["class", "aria-hidden"]]),
    ),
    ...Object.fromEntries(
      ["dl", "dt", "dd", "summary", "h2", "h3", "main", "body", "html"].map((name) => [name, ["class", "lang"]]),
    ),
    pre: ["tabindex"],
    a: ["href", "rel", "target"],
  };
  /** What the page has besides cards. */
  const FRAME = elementsOf(cardsPage([], "about")).map(({ tagName }) => tagName);

  function strange(page: string): readonly string[] {
    const counts = new Map<string, number>();
    return elementsOf(page).flatMap(({ tagName, attrs }) => {
      counts.set(tagName, (counts.get(tagName) ?? 0) + 1);
      const allowed = ALLOWED[tagName];
      if (allowed === undefined) {
        const known = FRAME.filter((name) => name === tagName).length;
        return (counts.get(tagName) ?? 0) <= known ? [] : [`<${tagName}>`];
      }
      return attrs.flatMap(({ name, value }) => {
        if (!allowed.includes(name)) return [`${tagName} ${name}`];
        return name === "href" && !/^https:\/\/[a-z0-9.-]+\.console\.aws\.amazon\.com\//.test(value) ? [value] : [];
      });
    });
  }

  test("make no element, no attribute and no link that is not ours, in any channel", () => {
    fc.assert(
      fc.property(hostileCard, fc.constantFrom(...CHANNELS), (card, channel) => {
        const page = cardsPage([{ title: card.headline, looks: [lookOf(channel, [card])] }], card.title);

        expect(strange(page)).toEqual([]);
        expect(seenOn(page)).not.toMatch(HIDDEN_OR_CONTROL);
      }),
      { numRuns: 100 },
    );
  });

  test.each(PAYLOADS)("payload %j is text", (payload) => {
    const card = {
      ...ROOT_CARD,
      headline: payload,
      title: payload,
      facts: [{ name: payload, value: payload }],
      paragraphs: [{ heading: payload, text: payload }],
      steps: [{ text: payload, commands: [payload] }],
      links: [
        { text: payload, url: payload },
        { text: payload, url: `${OWN_LINK}"onmouseover=x` },
      ],
      detections: [payload],
      actor: payload,
    };
    const page = cardsPage([{ title: payload, looks: CHANNELS.map((channel) => lookOf(channel, [card])) }], payload);

    expect(strange(page)).toEqual([]);
  });
});

describe("a link that leads anywhere but to the console", () => {
  const urls = [
    "https://evil.example/login",
    "https://console.aws.amazon.com.evil.example/",
    "https://evilconsole.aws.amazon.com/",
    "https://us-east-1.console.aws.amazon.com@evil.example/",
    "http://us-east-1.console.aws.amazon.com/",
    "javascript:alert(1)",
    'https://us-east-1.console.aws.amazon.com/"onclick="x',
  ];

  test.each(urls)("%s is text with its address, as a button and in a text", (url) => {
    const parts: readonly Part[] = [
      { form: "buttons", links: [{ text: "Look", url }] },
      { form: "text", runs: [{ text: "Look", url }], gap: false },
    ];
    const drawn = { type: "pagerduty", label: "PagerDuty", messages: [{ by: "x", parts }], replies: [] };
    const page = cardsPage([{ title: "", looks: [drawn] }], "");

    expect(elementsOf(page).filter(({ tagName }) => tagName === "a")).toEqual([]);
    expect(seenOn(page).split(`Look: ${url}`)).toHaveLength(3);
  });

  test.each(["https://us-gov-west-1.console.amazonaws-us-gov.com/cloudtrail", "https://console.amazonaws.cn/x"])(
    "%s is a link",
    (url) => {
      const parts: readonly Part[] = [{ form: "buttons", links: [{ text: "Look", url }] }];
      const drawn = { type: "slack", label: "Slack", messages: [{ by: "x", parts }], replies: [] };

      expect(cardsMarkup([{ title: "", looks: [drawn] }])[0]?.text).toContain(
        `<a href="${url}" rel="noopener noreferrer"`,
      );
    },
  );
});

describe("the page", () => {
  const PAGE = cardsPage([{ title: "alert", looks: CHANNELS.map((channel) => lookOf(channel, [ROOT_CARD])) }], "about");

  test("has no script, no inline style or handler, no id twice, and asks for nothing", () => {
    const elements = elementsOf(PAGE);

    expect(
      elements.filter(({ tagName }) => ["script", "img", "iframe", "link", "form", "base"].includes(tagName)),
    ).toEqual([]);
    expect(
      elements.flatMap(({ attrs }) => attrs).filter(({ name }) => name === "style" || name.startsWith("on")),
    ).toEqual([]);
    expect(cardStyles()).not.toMatch(/url\(|@import/);
  });

  test("has a policy that allows its own style alone, before the style", () => {
    const policy = elementsOf(PAGE).findIndex(
      (element) => attribute(element, "http-equiv") === "Content-Security-Policy",
    );
    const style = elementsOf(PAGE).findIndex(({ tagName }) => tagName === "style");

    expect(policy).toBeGreaterThan(0);
    expect(policy).toBeLessThan(style);
    expect(attribute(elementsOf(PAGE)[policy], "content")).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]{44}'; base-uri 'none'; form-action 'none'$/,
    );
  });
});

describe("the terminal", () => {
  test.each(CHANNEL_TYPES)("shows a box of exactly 100 columns for %s", (type) => {
    const lines = lookText(look(type, ...INCIDENT_CARDS));

    expect(new Set(lines.map((line) => line.length))).toEqual(new Set([100]));
    expect(lines[0]).toContain(CHANNELS.find((channel) => channel.type === type)?.label);
  });

  test("shortens, and says by how much", () => {
    const whole = lookText(look("slack", ROOT_CARD));
    const short = lookText(look("slack", ROOT_CARD), 5);

    expect(short.slice(0, 6)).toEqual(whole.slice(0, 6));
    expect(short[6]).toContain(`… ${whole.length - 2 - 5} more lines`);
    expect(short).toHaveLength(8);
  });

  test("indents replies, and shows parts and links", () => {
    const shown = lookText(look("slack", ...INCIDENT_CARDS)).join("\n");

    expect(shown).toMatch(/│ {3}│ \[trailwarden\]/);
    expect(shown).toContain("▌ 11 updates");
    expect(lookText(look("microsoft-teams", ROOT_CARD)).join("\n")).toMatch(
      /│ \[ See the event in CloudTrail \] +│\n│ https:\/\//,
    );
  });

  test("writes no control character of anybody's text, and keeps to its width", () => {
    fc.assert(
      fc.property(hostileCard, fc.constantFrom(...CHANNELS), (card, channel) => {
        const shown = lookText(lookOf(channel, [card]), 400);

        expect(shown.join("")).not.toMatch(HIDDEN_OR_CONTROL);
      }),
      { numRuns: 60 },
    );
  });
});
