import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import * as v from "valibot";
import { CHANNELS } from "../../alerting/channels/channels";
import { channel } from "../../config/channel";
import { describeValue, pathOf } from "../../config/problem";
import { list } from "../../config/values";
import { KINDS } from "./channel-kinds";
import { load } from "./load-context";
import { problemsOf } from "./problem-lines";

const schema = list(channel(KINDS), "a list of channels");
const pigeon = { type: "pigeon", secret: "trailwarden/pigeon", loft: "L1" };

/** What is wrong with channels, as `parseConfig` says it. */
function problems(...channels: readonly unknown[]): readonly string[] {
  const issues = v.safeParse(schema, channels).issues ?? [];
  return issues.map((issue) => {
    const path = ["channels", ...pathOf(issue)];
    return `${describeValue(path, { channels })}: ${issue.message}`;
  });
}

function resolved(given: object) {
  return v.parse(schema, [given])[0];
}

describe("a sound channel", () => {
  test("is resolved: id, minimum severity, settings apart from the rest", () => {
    expect(resolved(pigeon)).toEqual({
      id: expect.stringMatching(/^pigeon-[0-9a-f]{8}$/),
      type: "pigeon",
      secret: "trailwarden/pigeon",
      minSeverity: "medium",
      settings: { loft: "L1" },
    });
    expect(resolved({ type: "drum" })).toEqual({
      id: expect.stringMatching(/^drum-/),
      type: "drum",
      minSeverity: "medium",
      settings: {},
    });
  });

  test("keeps its filters", () => {
    const filters = {
      minSeverity: "critical",
      accounts: ["111122223333"],
      detections: ["trail-stopped"],
      escalateAfterMinutes: 15,
    };

    expect(resolved({ ...pigeon, ...filters, ring: "red" })).toMatchObject({
      ...filters,
      settings: { loft: "L1", ring: "red" },
    });
  });

  test("has an id of where it writes to: filters don't change it, secret and settings do", () => {
    const id = resolved(pigeon)?.id;

    expect(resolved({ minSeverity: "low", accounts: ["111122223333"], ...pigeon })?.id).toBe(id);
    expect(resolved({ ...pigeon, loft: "L2" })?.id).not.toBe(id);
    expect(resolved({ ...pigeon, secret: "other" })?.id).not.toBe(id);
    expect(resolved({ ...pigeon, ring: "red", loft: "L1" })?.id).toBe(resolved({ ...pigeon, ring: "red" })?.id);
  });

  test.each([
    "slack",
    "team/slack+bot=1@a.b_c-d",
    "/trailwarden/slack",
    "/a",
    "arn:aws:secretsmanager:us-east-1:111122223333:secret:team/slack-AbC123",
    "arn:aws-us-gov:ssm:us-gov-west-1:111122223333:parameter/trailwarden/slack",
    "arn:aws:ssm:us-east-1:111122223333:parameter/slack",
  ])("may name the secret %s", (secret) => {
    expect(problems({ ...pigeon, secret })).toEqual([]);
  });
});

describe("a channel is refused", () => {
  test.each<readonly [what: string, given: unknown, ...lines: readonly string[]]>([
    ["of an unknown type", { type: "fax" }, 'channels[0].type is "fax": must be one of: pigeon, drum'],
    ["without a type", {}, "channels[0].type is missing: must be one of: pigeon, drum"],
    [
      "that is a text",
      "pigeon",
      'channels[0] is "pigeon": must be an object such as {"type": "slack", "secret": "trailwarden/slack"}',
    ],
    [
      "with an unknown setting",
      { ...pigeon, lofts: "L1" },
      'channels[0].lofts is "L1": unknown key; allowed keys: type, secret, loft, ring, minSeverity, accounts, organizationalUnits, accountTags, detections, escalateAfterMinutes',
    ],
    [
      "without a setting that it needs",
      { type: "pigeon", secret: "p" },
      "channels[0].loft is missing: must be a loft's number such as L1",
    ],
    ["with a wrong setting", { ...pigeon, ring: "RED" }, 'channels[0].ring is "RED": must be a color'],
    [
      "without the secret that it needs",
      { type: "pigeon", loft: "L1" },
      expect.stringMatching(
        /^channels\[0\]\.secret is missing: must be the name or whole ARN of a secret/,
      ) as unknown as string,
    ],
    [
      "with a secret that its type has no use for",
      { type: "drum", secret: "drum" },
      'channels[0].secret is "drum": unknown key; allowed keys: type, minSeverity, accounts, organizationalUnits, accountTags, detections, escalateAfterMinutes',
    ],
    [
      "with another severity",
      { type: "drum", minSeverity: "loud" },
      'channels[0].minSeverity is "loud": must be the minimum severity on the channel: critical, high, medium, low',
    ],
    [
      "with what is no account",
      { type: "drum", accounts: ["prod", "111122223333"] },
      'channels[0].accounts[0] is "prod": must be an account id of 12 digits',
    ],
    [
      "with no account at all",
      { type: "drum", accounts: [] },
      "channels[0].accounts is []: must be at least one account's id; leave it out for all accounts",
    ],
    [
      "with no detection at all",
      { type: "drum", detections: [] },
      "channels[0].detections is []: must be at least one detection's id; leave it out for all detections",
    ],
    ...[4, 1441, 7.5, "15"].map(
      (minutes) =>
        [
          `that escalates after ${minutes} minutes`,
          { type: "drum", escalateAfterMinutes: minutes },
          `channels[0].escalateAfterMinutes is ${JSON.stringify(minutes)}: must be a whole number of minutes from 5 to 1440`,
        ] as const,
    ),
  ])("%s", (_, given, ...lines) => {
    expect(problems(given)).toEqual(lines);
  });
});

/** Made up, in the forms that the vendors' have. */
const SECRETS = [
  ["xoxb", "123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx"].join("-"),
  ["xapp", "1-A0123456789-123-abcdef"].join("-"),
  ["xoxe.xoxb", "1-abcdef"].join("-"),
  "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
  "https://prod-01.westeurope.logic.azure.com:443/workflows/x?sig=abcdef",
  "0123456789abcdef0123456789abcdef",
  "R0123456789ABCDEFGHIJKLMNOPQRSTU",
  "01234567-89ab-cdef-0123-456789abcdef",
  ["ATATT3x", "FfGF0abcdefgh"].join(""),
  '{"token": "abcdefghijklmnop"}',
  "eyJhbGciOiJIUzI1NiJ9.e30.abcdefghijkl",
  "-----BEGIN PRIVATE KEY-----",
];

describe("a secret's value", () => {
  test.each(SECRETS)("%# is refused as the secret: secrets are names, and the line doesn't repeat it", (value) => {
    const lines = problems({ ...pigeon, secret: value });

    expect(lines).toEqual([
      expect.stringMatching(/^channels\[0\]\.secret is ".{1,6}…": secrets are names: must be the name or ARN/),
    ]);
    expect(lines.join()).not.toContain(value.slice(0, 9));
  });

  test.each(SECRETS)("%# is not repeated wherever else it stands in a channel", (value) => {
    const wrong = [
      value,
      { type: value },
      { ...pigeon, webhook: value },
      { ...pigeon, webhook: { deep: [value] } },
      { ...pigeon, loft: value },
      { ...pigeon, accounts: [value] },
      { ...pigeon, minSeverity: value },
    ];
    for (const given of wrong) {
      const lines = problems(given);
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.join()).not.toContain(JSON.stringify(value).slice(1, 10));
    }
  });

  test("of any other form is shown no further than its beginning", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii", minLength: 13 }), (value) => {
        for (const line of problems({ ...pigeon, secret: value })) {
          expect(line).not.toContain(JSON.stringify(value).slice(1, -1));
        }
      }),
    );
  });

  test("is not repeated by the whole configuration's errors, nor where JSON breaks off", () => {
    const [value = ""] = SECRETS;
    const asObject = problemsOf(() => load({ channels: { secret: value } }));
    const broken = problemsOf(() => load({}, { TRAILWARDEN_CHANNELS: `[{"secret": "${value}` }));

    expect(asObject).toEqual([expect.stringMatching(/^channels is \{"secret":"xoxb…"\}.*must be a list of channels/)]);
    expect(broken).toEqual([expect.stringMatching(/TRAILWARDEN_CHANNELS, which is not JSON.*must be a list/)]);
    for (const line of [...asObject, ...broken]) expect(line).not.toContain(value.slice(0, 9));
  });
});

test("settings leave every channel's own keys alone", () => {
  const own = ["type", "secret", "minSeverity", "accounts", "detections", "escalateAfterMinutes"];
  const taken = [...CHANNELS, ...KINDS].flatMap(({ settings }) =>
    Object.keys(settings).filter((name) => own.includes(name)),
  );

  expect(taken).toEqual([]);
});
