import { expect, test } from "@jest/globals";
import { DeliveryTally } from "../../../alerting/delivery/delivery-tally";
import { notifierMetrics } from "../../../lambda-src/notifier/notifier-metrics";

test("what all channels did becomes metrics; what is 0 makes none", () => {
  const tally = new DeliveryTally();
  tally.count("a", "sent");
  tally.count("b", "sent");
  tally.count("b", "unavailable");
  tally.incidents.escalated = 1;

  expect(notifierMetrics("ns", tally, 7)).toEqual({
    _aws: {
      Timestamp: 7,
      CloudWatchMetrics: [
        {
          Namespace: "ns",
          Dimensions: [[]],
          Metrics: ["ChannelSent", "ChannelUnavailable", "AlertsEscalated"].map((Name) => ({ Name, Unit: "Count" })),
        },
      ],
    },
    ChannelSent: 2,
    ChannelUnavailable: 1,
    AlertsEscalated: 1,
  });
});

test("an invocation that did nothing makes none", () => {
  expect(notifierMetrics("ns", new DeliveryTally(), 7)).toEqual({});
});

test("a channel may have any id", () => {
  const tally = new DeliveryTally();
  for (const id of ["__proto__", "constructor"]) tally.count(id, "sent");

  expect(notifierMetrics("ns", tally, 7)).toMatchObject({ ChannelSent: 2 });
});
