import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { cardOf, HEADLINE_LENGTH } from "../../../alerting/channels/card-of";
import type { Notification } from "../../../alerting/notification/notification";
import { alert, digest, INCIDENT, rateLimit, summary, timeline } from "../delivery/notifications";

const labels = { accountNames: {}, timeZone: "Asia/Tokyo" };
const factsOf = (notification: Notification) =>
  Object.fromEntries(cardOf(notification, labels).facts.map(({ name, value }) => [name, value]));

describe("the card of an alert", () => {
  const card = cardOf(alert, labels);

  test("says in its headline what, by whom and where", () => {
    expect(card.headline).toBe("StopLogging succeeded by ann in prod");
    expect(card.title).toBe("Trail stopped");
  });

  test("has its facts in the order of the email, the time in UTC and in the readers' zone", () => {
    expect(card.facts).toEqual([
      { name: "Outcome", value: "succeeded" },
      { name: "Who", value: "IAM user ann (account 111122223333)" },
      { name: "MFA", value: "not used" },
      { name: "What", value: "trail main" },
      { name: "From", value: "198.51.100.7, aws-cli/2.17" },
      { name: "When", value: "2026-11-20T02:14:05Z (UTC), 2026-11-20 11:14:05 Asia/Tokyo" },
      { name: "Account", value: "prod (111122223333)" },
      { name: "Region", value: "eu-west-1" },
      { name: "Also matched", value: "Root user (high)" },
      { name: "Incident", value: `${INCIDENT}, first alert` },
    ]);
  });

  test("says why, and what to do with the commands", () => {
    expect(card.paragraphs).toEqual([{ heading: "Why it matters", text: alert.why }]);
    expect(card.steps).toEqual([
      { text: "Ask ann whether it was intended.", commands: ["aws cloudtrail lookup-events"] },
      {
        text: "If it was not intended: start the trail again.",
        commands: ["aws cloudtrail start-logging --name main"],
      },
      { text: "To stop the caller: deactivate the key.", commands: ["aws iam update-access-key"] },
    ]);
    expect(card.links).toEqual([{ text: "See the event in CloudTrail", url: alert.links.event }]);
  });

  test("has what routing, threads and tickets go by", () => {
    expect(card).toMatchObject({
      notificationId: "e1",
      kind: "alert",
      severity: "critical",
      detections: ["trail-stopped", "root-use"],
      account: { id: "111122223333", name: "prod" },
      region: "eu-west-1",
      time: Date.parse("2026-11-20T02:14:05Z"),
      actor: "ann",
      resources: ["arn:aws:cloudtrail:eu-west-1:111122223333:trail/main"],
      incident: { id: INCIDENT, role: "opens", number: 1 },
      notification: alert,
    });
  });

  test("of a call that failed says why; of what the record doesn't say, nothing", () => {
    const { mfa: _, ...actor } = alert.actor;
    const { incident: __, ...rest } = alert;
    const facts = factsOf({
      ...rest,
      outcome: "denied",
      errorCode: "AccessDenied",
      errorMessage: "not\nauthorized",
      actor,
      alsoMatched: [],
    });

    expect(facts.Outcome).toBe("denied: AccessDenied - not authorized");
    expect(Object.keys(facts)).not.toEqual(expect.arrayContaining(["MFA"]));
    expect(Object.keys(facts)).not.toEqual(expect.arrayContaining(["Also matched"]));
    expect(Object.keys(facts)).not.toEqual(expect.arrayContaining(["Incident"]));
  });

  test("says that it follows EventBridge's short alert, and how many events came together", () => {
    const count = { threshold: 5, windowStart: "2026-11-20T02:00:00Z", windowEnd: "2026-11-20T02:15:00Z" };
    const card = cardOf({ ...alert, followsUrgent: true, count });

    expect(card.paragraphs.map(({ heading }) => heading)).toEqual(["Why it matters", "Details"]);
    expect(card.facts).toContainEqual({
      name: "Count",
      value: "5 or more between 2026-11-20T02:00:00Z and 2026-11-20T02:15:00Z (UTC); this is one of them",
    });
  });

  test("has a headline of one line within its length that ends in where, whatever callers write", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), fc.string({ maxLength: 400 }), (name, account) => {
        const { headline } = cardOf({
          ...alert,
          actor: { ...alert.actor, name },
          account: { id: "111122223333", name: `x${account}` },
        });

        expect(Array.from(headline).length).toBeLessThanOrEqual(HEADLINE_LENGTH);
        expect(headline).not.toMatch(/[\n\r\u2028\u202e]/);
        expect(headline).toMatch(/ in x/);
      }),
    );
  });
});

test("the card of a summary says what is new, and belongs to its incident", () => {
  const card = cardOf(summary, labels);

  expect(card.headline).toBe("Access key created: 3 more in 15 min, 1 succeeded in prod");
  expect(factsOf(summary)).toMatchObject({
    Outcome: "1 succeeded, 2 denied",
    What: "CreateAccessKey (3)",
    Events: "3 new, 4 in all",
    "Rate limited": "1",
    Region: "eu-west-1, us-east-1",
    Incident: INCIDENT,
  });
  expect(factsOf(summary).Who).toBe("IAM user ann");
  expect(card.paragraphs).toEqual([]);
  expect(card.incident).toEqual({ id: INCIDENT, role: "update" });
  expect(card.actor).toBe("IAM user ann");
  // Words, not an address: the partition has no public console.
  expect(card.links).toEqual([]);
});

test("the card of a summary of several callers names no one as its actor", () => {
  const otherActors = { actors: 4, count: 9, outcomes: { failed: 9 } };

  expect(cardOf({ ...summary, otherActors }).actor).toBeUndefined();
  expect(cardOf({ ...summary, otherActors }).paragraphs[0]?.text).toMatch(/\nand 4 more callers$/);
});

test("the card of a timeline has its steps in order, who acknowledged, and what is left out", () => {
  const card = cardOf(timeline, labels);

  expect(card.headline).toBe("Incident: 3 alerts by IAM user ann in prod");
  expect(card.paragraphs[0]?.text.split("\n")).toEqual([
    "2026-11-20T02:14:05Z StopLogging succeeded: trail main, from 198.51.100.7, prod eu-west-1 (critical)",
    "and 2 more alerts",
  ]);
  expect(factsOf(timeline).Acknowledged).toBe("by Bo, 2026-11-20T02:20:00Z, through slack");
  expect(card.detections).toEqual(["trail-stopped"]);
  expect(card.incident).toEqual({ id: INCIDENT, role: "update" });
});

test("the card of a digest begins with what was not acknowledged", () => {
  const card = cardOf(digest, labels);

  expect(card.headline).toBe("Digest of 2026-11-20: 1 alert not acknowledged, 7 events in prod");
  expect(card.paragraphs.map(({ heading }) => heading)).toEqual(["Not acknowledged", "By detection"]);
  expect(card.paragraphs[0]?.text).toBe(`2026-11-20T02:14:05Z Trail stopped, ann, incident ${INCIDENT}`);
  expect(card.paragraphs[1]?.text).toBe("Sign-in: 7 succeeded, by IAM user ann (7), 2 others");
});

test("the card of the rate limit says until when, and what to do", () => {
  const card = cardOf(rateLimit, labels);

  expect(card.headline).toBe("Rate limit reached: 100 alerts this hour in prod");
  expect(factsOf(rateLimit).Until).toBe("2026-11-20T03:00:00Z (UTC), 2026-11-20 12:00:00 Asia/Tokyo");
  expect(card.steps).toHaveLength(2);
});
