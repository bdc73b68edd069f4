import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { checkConfig, type GivenConfig } from "../../../config/check";
import { moduleSuppressions, suppressionsOf } from "../../../constructs/deployable/suppressions";
import { enabledIds } from "../../../constructs/module/detections";
import { subscribersByKey } from "../../../constructs/module/subscriptions";
import { suppressionsVariable } from "../../../constructs/module/suppressions";
import { variableOf } from "../../../constructs/module/variables";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { Detection } from "../../../detection/definition/detection";
import { PACKS, type Pack, switchedOn } from "../../../detection/definition/switched-on";
import { evaluate } from "../../config/hcl/evaluate";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const answerable = { owner: "ops@example.com", reason: 'known: "<a> & b"', expires: "2027-01-31" };
const ROLE = "arn:aws:iam::111122223333:role/ci";

describe("the detections that are on", () => {
  const own: Detection = { ...(catalogue[0] as Detection), id: "own-one", pack: "own" };
  const all = [...catalogue, own];
  const choices = [[], ...PACKS.map((pack) => [pack]), ["cis", "default"], ["strict", "default"]] as Pack[][];

  test.each(choices.map((packs) => [packs.join(" and ") || "no pack", packs] as const))(
    "of %s are the synth's",
    (_, packs) => {
      for (const disabledDetections of [[], ["trail-stopped", "config-changed", "own-one"]]) {
        const scope = { "var.packs": packs, "var.disabled_detections": disabledDetections };
        const wanted = switchedOn(all, { packs, disabledDetections }).map(({ id }) => id);

        expect(evaluate(enabledIds(all), scope)).toEqual([...wanted].sort());
      }
    },
  );
});

describe("what the function suppresses", () => {
  test.each<readonly [string, GivenConfig]>([
    ["deployers", { deployers: [ROLE, "arn:aws:iam::111122223333:user/ops/bob"] }],
    [
      "one of one's own",
      {
        suppressions: [
          { id: "known-scan", detections: "*", pattern: { detail: { a: [{ exists: false }] } }, ...answerable },
        ],
      },
    ],
    [
      "each that is ready-made",
      {
        suppressions: [
          { use: "ci-roles", roles: [ROLE], ...answerable },
          { use: "identity-center-sign-in", ...answerable },
          { use: "console-probes", ...answerable },
        ],
      },
    ],
    [
      "all of it",
      {
        deployers: [ROLE],
        suppressions: [
          { use: "console-probes", ...answerable },
          { id: "known-scan", detections: ["unauthorized-calls"], pattern: { source: ["aws.ec2"] }, ...answerable },
        ],
      },
    ],
  ])("is what the zip would have: %s", (_, given) => {
    const { config } = checkConfig(given, []);
    const scope = { "var.deployers": config.deployers, "var.suppressions": config.suppressions };
    const packed = String(evaluate(suppressionsVariable(catalogue), scope));

    expect([
      ...moduleSuppressions(catalogue),
      ...JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString()),
    ]).toEqual(suppressionsOf(config, catalogue, NOW));
  });

  test("is by account, organizational unit and tag where the entry says so, in the words of HCL", () => {
    const said = { id: "sandbox", detections: "*", pattern: { source: ["aws.ec2"] }, ...answerable };
    const entries = [
      {
        ...said,
        accounts: ["111122223333"],
        organizational_units: ["ou-ab12-sandbox1"],
        account_tags: { env: "sandbox" },
      },
      { ...said, id: "one", account_tags: { env: "sandbox" }, accounts: null },
    ];
    const scope = { "var.deployers": [], "var.suppressions": entries };
    const packed = String(evaluate(suppressionsVariable(catalogue), scope));

    expect(JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString())).toEqual([
      {
        ...said,
        ...{ accounts: ["111122223333"], organizationalUnits: ["ou-ab12-sandbox1"], accountTags: { env: "sandbox" } },
      },
      { ...said, id: "one", accountTags: { env: "sandbox" } },
    ]);
  });

  test("is nothing where nobody asks for anything", () => {
    expect(evaluate(suppressionsVariable(catalogue), { "var.deployers": [], "var.suppressions": [] })).toBe("");
  });
});

describe("a subscription's key", () => {
  const keys = (subscribers: unknown) =>
    Object.entries(
      evaluate(subscribersByKey(variableOf("subscribers")), { "var.subscribers": subscribers }) as Record<
        string,
        { endpoint: string }
      >,
    ).map(([key, { endpoint }]) => [key, endpoint]);
  const email = { protocol: "email", endpoint: "a@example.com" };
  const sms = { protocol: "sms", endpoint: "+15555550100" };
  const queue = { protocol: "sqs", endpoint: "arn:1" };
  const other = { protocol: "sqs", endpoint: "arn:2" };
  const site = { protocol: "https", endpoint: "https://a" };

  test("in a list is the address of people, and the place among those of the protocol of everything else", () => {
    expect(keys([queue, email, site, other, sms])).toEqual([
      ["sqs:0", "arn:1"],
      ["email:a@example.com", "a@example.com"],
      ["https:0", "https://a"],
      ["sqs:1", "arn:2"],
      ["sms:+15555550100", "+15555550100"],
    ]);
  });

  test("stays when another protocol's entry goes from the middle", () => {
    expect(keys([queue, site, email])).toEqual(expect.arrayContaining(keys([queue, email])));
    expect(keys([site, queue, email])).toEqual(expect.arrayContaining(keys([queue, email])));
  });

  test("in a map is the caller's, whatever it looks like", () => {
    expect(keys({ "0": queue, oncall: email })).toEqual([
      ["0", "arn:1"],
      ["oncall", "a@example.com"],
    ]);
  });
});
