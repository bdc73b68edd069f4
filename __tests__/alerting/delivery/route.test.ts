import { describe, expect, test } from "@jest/globals";
import { cardOf } from "../../../alerting/channels/card-of";
import { alarmCard, urgentCard } from "../../../alerting/channels/monitor-card";
import { admits, channelsFor } from "../../../alerting/delivery/route";
import { shortened } from "../../../alerting/notices/shortened";
import { alarm, alert, digest, rateLimit, summary, urgent } from "./notifications";
import { channel } from "./vendor";

const critical = cardOf(alert);
const high = cardOf(summary);
const low = cardOf(digest);
const alarmed = alarmCard(alarm) ?? low;
const short = urgentCard(urgent);

describe("a channel's least severity", () => {
  test.each([
    ["low", [true, true, true]],
    ["medium", [false, true, true]],
    ["high", [false, true, true]],
    ["critical", [false, false, true]],
  ] as const)("%s admits what is as severe", (minSeverity, expected) => {
    expect([low, high, critical].map((card) => admits(channel("a", { minSeverity }), card))).toEqual(expected);
  });

  test("goes for alarms and the rate limit too: high", () => {
    expect(admits(channel("a", { minSeverity: "high" }), alarmed)).toBe(true);
    expect(admits(channel("a", { minSeverity: "critical" }), alarmed)).toBe(false);
    expect(admits(channel("a", { minSeverity: "high" }), cardOf(rateLimit))).toBe(true);
    expect(admits(channel("a", { minSeverity: "critical" }), short)).toBe(true);
  });
});

describe("a channel's accounts and detections", () => {
  test("admit those alone", () => {
    expect(admits(channel("a", { accounts: ["111122223333"] }), critical)).toBe(true);
    expect(admits(channel("a", { accounts: ["999999999999"] }), critical)).toBe(false);
    expect(admits(channel("a", { detections: ["key-created"] }), critical)).toBe(false);
  });

  test("admit a card for any of its detections", () => {
    expect(admits(channel("a", { detections: ["root-use"] }), critical)).toBe(true);
  });

  test("keep alarms and short alerts away", () => {
    for (const card of [alarmed, short]) {
      expect(admits(channel("a"), card)).toBe(true);
      expect(admits(channel("a", { accounts: ["111122223333"] }), card)).toBe(false);
      expect(admits(channel("a", { detections: ["trail-stopped"] }), card)).toBe(false);
    }
  });
});

test("a channel that is escalated to gets nothing at once", () => {
  const channels = [channel("a"), channel("b", { escalateAfterMinutes: 15 })];

  expect(channelsFor(critical, channels).map(({ id }) => id)).toEqual(["a"]);
});

describe("a channel's organizational units and tags", () => {
  const inProd = cardOf({
    ...alert,
    account: { ...alert.account, organizationalUnits: ["r-ab12", "ou-ab12-prodprod"], tags: { env: "prod" } },
  });

  test.each([
    [{ organizationalUnits: ["ou-ab12-prodprod"] }, true],
    [{ organizationalUnits: ["r-ab12"] }, true],
    [{ organizationalUnits: ["ou-ab12-sandbox1"] }, false],
    [{ accountTags: { env: "prod" } }, true],
    [{ accountTags: { env: "sandbox" } }, false],
    [{ organizationalUnits: ["r-ab12"], accountTags: { env: "sandbox" } }, false],
    [{ organizationalUnits: ["r-ab12"], accounts: ["999999999999"] }, false],
  ])("%j: %s", (scope, admitted) => {
    expect(admits(channel("a", scope), inProd)).toBe(admitted);
  });

  test("admit what is not known: nothing is lost", () => {
    expect(admits(channel("a", { organizationalUnits: ["ou-ab12-sandbox1"] }), critical)).toBe(true);
    expect(admits(channel("a", { accountTags: { env: "sandbox" } }), critical)).toBe(true);
    expect(admits(channel("a", { accounts: ["999999999999"], accountTags: { env: "x" } }), critical)).toBe(false);
  });

  test("admit a notification too large for SNS by the same", () => {
    const large = { ...alert, account: inProd.account, why: "x".repeat(300_000) };
    const card = cardOf(shortened(large, 50));

    expect(admits(channel("a", { organizationalUnits: ["ou-ab12-prodprod"] }), card)).toBe(true);
    expect(admits(channel("a", { organizationalUnits: ["ou-ab12-sandbox1"] }), card)).toBe(false);
  });

  test("keep alarms and short alerts away", () => {
    for (const card of [alarmed, short]) {
      expect(admits(channel("a", { organizationalUnits: ["r-ab12"] }), card)).toBe(false);
      expect(admits(channel("a", { accountTags: { env: "prod" } }), card)).toBe(false);
    }
  });
});
