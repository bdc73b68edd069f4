import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Card } from "../../../alerting/channels/card";
import { ChannelRefusal, ChannelUnavailable, type Thread } from "../../../alerting/channels/channel";
import { securityHub } from "../../../alerting/channels/security-hub";
import { EXAMPLE_CARDS, INCIDENT_CARDS } from "../../channels/example-cards";
import { fakeSecurityHub } from "../../channels/vendors/security-hub";
import { propertyRuns } from "../../property-runs";
import { anyCard, HIDDEN, LARGEST_CARD, textsIn } from "./any-card";
import { expectGolden } from "./golden";
import { failureOf, NOW, sendTools } from "./send-tools";

const ACCOUNT = "999900001111";
const alert = Object.values(EXAMPLE_CARDS)[0] as Card;
const ID = String(INCIDENT_CARDS[0]?.incident?.id);
/** Sends every card, each a second later and with the thread that the one before gave. */
async function sendAll(cards: readonly Card[]) {
  const hub = fakeSecurityHub(ACCOUNT);
  let thread: Thread | undefined;
  for (const [place, card] of cards.entries()) {
    const tools = sendTools(undefined, { importFindings: hub.importFindings, now: NOW + place * 1_000 });
    thread = await securityHub.send(card, thread, tools);
  }
  return { findings: [...hub.findings.values()], thread };
}

test.each(Object.entries(EXAMPLE_CARDS))("%s is sent as its golden file says", (name, card) => {
  const form = securityHub.render(card, {}, undefined);

  expectGolden("security-hub", name, form);
});

test("an incident is sent as its golden file says", async () => {
  const { thread } = await sendAll(INCIDENT_CARDS.slice(0, 1));
  const forms = INCIDENT_CARDS.map((card, place) => securityHub.render(card, {}, place === 0 ? undefined : thread));

  expectGolden("security-hub", "incident", forms);
});

describe("an incident", () => {
  test("is one finding that its alerts update, and a related one for each rise", async () => {
    const { findings } = await sendAll(INCIDENT_CARDS.slice(0, -1));
    const product = `arn:aws:securityhub:eu-central-1:${ACCOUNT}:product/${ACCOUNT}/default`;
    const related = [{ ProductArn: product, Id: `trailwarden/${ID}` }];

    expect(findings.map((finding) => [finding.Id, finding.RelatedFindings])).toEqual([
      [`trailwarden/${ID}`, undefined],
      [`trailwarden/${ID}/high`, related],
      [`trailwarden/${ID}/critical`, related],
    ]);
    expect(findings[0]?.Description).toMatch(/^Update 12: DeleteTrail succeeded/);
  });

  test("keeps title, severity, type and beginning of its first alert, whatever updates it", async () => {
    const first = (await sendAll(INCIDENT_CARDS.slice(0, 1))).findings[0];
    const last = (
      await sendAll(
        INCIDENT_CARDS.map((card) => (card.incident?.role === "update" ? { ...card, severity: "low" } : card)),
      )
    ).findings[0];
    const kept = ["Title", "CreatedAt", "GeneratorId", "FindingProviderFields"];

    expect(kept.map((name) => last?.[name])).toEqual(kept.map((name) => first?.[name]));
    expect(last?.UpdatedAt).not.toBe(first?.UpdatedAt);
  });

  test("is never archived, and its timeline is its last update", async () => {
    const { findings } = await sendAll(INCIDENT_CARDS);

    expect(findings.map(({ RecordState }) => RecordState)).toEqual(["ACTIVE", "ACTIVE", "ACTIVE"]);
    expect(findings[0]?.Description).toMatch(/^Incident: 12 alerts by IAM user ann in prod/);
    for (const field of ["Workflow", "Note", "UserDefinedFields", "VerificationState"]) {
      expect(findings.filter((finding) => field in finding)).toEqual([]);
    }
  });
});

test("the finding is the monitor's own account's, and its resources name the account of the call", async () => {
  const [finding] = (await sendAll([alert])).findings;

  expect(finding?.AwsAccountId).toBe(ACCOUNT);
  expect(finding?.Resources).toContainEqual(
    expect.objectContaining({ Type: "AwsAccount", Id: "AWS::::Account:111122223333", Partition: "aws" }),
  );
});

test.each([
  ["arn:aws:iam::111122223333:user/bob", { Type: "AwsIamUser", Partition: "aws" }],
  ["arn:aws:s3:::bucket", { Type: "AwsS3Bucket", Partition: "aws" }],
  ["arn:aws:s3:::bucket/key:with:colons", { Type: "AwsS3Object", Partition: "aws" }],
  [
    "arn:aws-cn:ec2:cn-north-1:111122223333:instance/i-01",
    { Type: "AwsEc2Instance", Partition: "aws-cn", Region: "cn-north-1" },
  ],
  ["arn:aws-eusc:sqs:eusc-de-east-1:111122223333:q", { Type: "AwsSqsQueue", Region: "eusc-de-east-1" }],
  ["arn:aws:sso:::instance/ssoins-01", { Type: "Other", Partition: "aws" }],
])("the resource %s has a type of the format", async (arn, expected) => {
  const [finding] = (await sendAll([{ ...alert, resources: [arn] }])).findings;

  expect(finding?.Resources).toEqual([expect.objectContaining({ Type: "AwsAccount" }), { Id: arn, ...expected }]);
});

test.each([
  ["198.51.100.7", { CallerType: "remoteip", RemoteIpDetails: { IpAddressV4: "198.51.100.7" } }],
  ["cloudformation.amazonaws.com", { CallerType: "domain", DomainDetails: { Domain: "cloudformation.amazonaws.com" } }],
  ["2001:db8::7", {}],
  ["AWS Internal", {}],
])("the call came from %s", async (sourceIPAddress, expected) => {
  const notification = { ...alert.notification, sourceIPAddress } as Card["notification"] & object;
  const [finding] = (await sendAll([{ ...alert, notification }])).findings;
  const seen = { FirstSeen: "2026-11-20T02:14:05Z", LastSeen: "2026-11-20T02:14:05Z" };
  const call = { Api: "ConsoleLogin", ServiceName: "signin.amazonaws.com", ...seen, ...expected };

  expect(finding?.Action).toEqual({ ActionType: "AWS_API_CALL", AwsApiCallAction: call });
});

test("what to do is as many whole commands as there is room for", async () => {
  const steps = [{ text: "Stop them.", commands: [`aws iam ${"a".repeat(480)}`, `aws iam ${"b".repeat(480)}`] }];
  const [finding] = (await sendAll([{ ...alert, steps }])).findings;

  expect(finding?.Remediation).toEqual({ Recommendation: { Text: `1. Stop them.\naws iam ${"a".repeat(480)}` } });
});

test("a digest is no finding", async () => {
  const { findings } = await sendAll([EXAMPLE_CARDS.digest as Card]);

  expect(findings).toEqual([]);
});

test("the one permission is on the account's default product", () => {
  expect(securityHub.permissions({})).toEqual([
    {
      sid: "ImportFindings",
      actions: ["securityhub:BatchImportFindings"],
      resources: ["arn:{partition}:securityhub:{region}:{account}:product/{account}/default"],
    },
  ]);
});

describe("a failure", () => {
  const named = (name: string): Error => Object.assign(new Error("words of AWS"), { name });
  const withTools = (importFindings: Parameters<typeof sendTools>[1] & object) =>
    failureOf(securityHub.send(alert, undefined, sendTools(undefined, importFindings)));

  test.each([
    [
      "InvalidAccess",
      /InvalidAccess: words of AWS\. Enable Security Hub CSPM in account 999900001111, region eu-central-1/,
    ],
    ["InvalidInput", /InvalidInput: words of AWS$/],
  ])("of the finding is refused: %s", async (code, message) => {
    const error = await withTools({ importFindings: async () => [{ code, message: "words of AWS" }] });

    expect(error).toBeInstanceOf(ChannelRefusal);
    expect(error.message).toMatch(message);
  });

  test.each([
    ["InvalidAccessException", /Enable Security Hub CSPM/],
    ["AccessDeniedException", /Allow the notifier's role securityhub:BatchImportFindings/],
    ["InvalidInputException", /words of AWS$/],
  ])("of the call is refused: %s", async (name, message) => {
    const error = await withTools({ importFindings: async () => Promise.reject(named(name)) });

    expect(error).toBeInstanceOf(ChannelRefusal);
    expect(error.message).toMatch(message);
  });

  test("of the finding that is Security Hub's own is tried again", async () => {
    const error = await withTools({ importFindings: async () => [{ code: "InternalFailure", message: "" }] });

    expect(error).toBeInstanceOf(ChannelUnavailable);
  });

  test.each(["InternalException", "LimitExceededException", "ThrottlingException", "TimeoutError", "TypeError"])(
    "of the call that says nothing of the finding stays what it is: %s",
    async (name) => {
      const thrown = named(name);

      expect(await withTools({ importFindings: async () => Promise.reject(thrown) })).toBe(thrown);
    },
  );
});

test("the largest card is imported within the format's limits", async () => {
  const { findings } = await sendAll([LARGEST_CARD]);

  expect(findings.map(({ Resources }) => (Resources as object[]).length)).toEqual([32]);
});

test("whatever a card holds, Security Hub takes the finding, no text hides anything, and the thread is small", async () => {
  await fc.assert(
    fc.asyncProperty(anyCard, async (card) => {
      const { findings, thread } = await sendAll([card, card]);

      // The same again is the same finding, but for a rise: the first message of a channel's incident is no rise there.
      const expected = card.incident?.role === "rises" ? 2 : 1;
      expect(findings).toHaveLength(card.kind === "digest" ? 0 : expected);
      expect(textsIn(findings).filter((text) => HIDDEN.test(text))).toEqual([]);
      expect(Buffer.byteLength(JSON.stringify(thread ?? {}))).toBeLessThanOrEqual(1_024);
    }),
    { numRuns: propertyRuns(1_000), endOnFailure: true },
  );
});
