import { expect, test } from "@jest/globals";
import type { Forwarder } from "../../../detection/forwarding/forwarder";
import { sharesOf, shareTable } from "../../../tools/bench/forwarding";

const forwarder = (eventName: readonly string[], state: Forwarder["state"]): Forwarder => ({
  pattern: { source: ["aws.ec2"], detail: { eventName } },
  state,
  where: "everywhere",
});

test("events are counted as EventBridge bills them", () => {
  const forwarders = [
    forwarder(["RunInstances", "GetPasswordData"], "ENABLED"),
    forwarder(["RunInstances", "GetConsoleOutput"], "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"),
  ];
  const record = (eventName: string, readOnly: boolean, more = "") => ({
    ...{ eventSource: "ec2.amazonaws.com", eventName, readOnly, more },
  });
  const shares = sharesOf(forwarders, [
    record("RunInstances", false),
    record("GetPasswordData", true),
    record("GetConsoleOutput", true, "x".repeat(70_000)),
    record("CreateTags", false),
  ]);

  expect(shares).toEqual({ records: 4, forwarded: 2, twice: 1, chunks: 4, allChunks: 5 });
  expect(shareTable({ mine: shares }).split("\n").at(-1)).toBe("| mine | 4 | 2 | 50.00 % | 1 | 1.000 | 1.250 |");
});
