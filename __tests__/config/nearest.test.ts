import { describe, expect, test } from "@jest/globals";
import { nearest, surelyMeant } from "../../config/nearest";
import { catalogue } from "../../detection/catalogue/catalogue";

const ids = catalogue.map(({ id }) => id);

describe("the names nearest to a mistaken one", () => {
  test.each([
    ["trail-stoped", "trail-stopped"],
    ["trial-stopped", "trail-stopped"],
    ["TrailStopped", "trail-stopped"],
    ["root-console-signin", "root-console-login"],
    ["stopped-trail", "trail-stopped"],
    ["mfa-deleted", "mfa-removed"],
    ["guardduty-off", "guardduty-disabled"],
  ])("%s: %s among three", (given, meant) => {
    expect(nearest(given, ids)).toHaveLength(3);
    expect(nearest(given, ids)).toContain(meant);
  });

  test("are no more than there are, each once", () => {
    expect(nearest("x", ["b", "a", "a"])).toEqual(["a", "b"]);
    expect(nearest("x", [])).toEqual([]);
  });

  test.each(["", "x".repeat(100_000), "💥"])("are found for any text", (given) => {
    expect(nearest(given, ids)).toHaveLength(3);
  });
});

describe("the name that is surely meant", () => {
  const FIELDS = ["eventName", "eventType", "sourceIPAddress", "userIdentity"];

  test.each([
    ["eventname", "eventName"],
    ["event_name", "eventName"],
    ["event-name", "eventName"],
    ["evenName", "eventName"],
    ["sourceIpAddress", "sourceIPAddress"],
    ["userIdentiy", "userIdentity"],
    ["ipAddress", undefined],
    ["severity", undefined],
  ])("%s: %s", (given, meant) => {
    expect(surelyMeant(given, FIELDS)).toBe(meant);
  });
});
