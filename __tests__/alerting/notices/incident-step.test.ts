import { expect, test } from "@jest/globals";
import { incidentStep } from "../../../alerting/notices/incident-step";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { Detection } from "../../../detection/definition/detection";
import { wrapRecord } from "../../../detection/events/envelope";
import { unauthorizedDescribe } from "../../detection/events/records";

const detection = catalogue.find(({ id }) => id === "unauthorized-ec2-call") as Detection;

test("a step says what, when, by whom, from where and what came of it", () => {
  const event = wrapRecord(unauthorizedDescribe({ eventID: "e1", eventTime: "2026-11-20T02:12:31Z" }));

  expect(incidentStep({ detection, event })).toMatchObject({
    eventId: "e1",
    time: Date.parse("2026-11-20T02:12:31Z"),
    detection: "unauthorized-ec2-call",
    severity: "medium",
    eventName: "DescribeInstances",
    outcome: "denied",
    sourceIPAddress: event.detail.sourceIPAddress,
    region: event.detail.awsRegion,
  });
});

test("its texts are lines of bounded length, whatever the record holds, and none is empty", () => {
  const long = "x\n".repeat(5_000);
  const event = wrapRecord(
    unauthorizedDescribe({
      eventName: long,
      sourceIPAddress: long,
      awsRegion: "",
      requestParameters: { [long]: long },
    }),
  );
  const step = incidentStep({ detection: { ...detection, title: long }, event });

  for (const text of Object.values(step).map(String)) expect(text).toMatch(/^.{1,200}$/);
  expect(step.what.length).toBeLessThanOrEqual(120);
  expect(step.region).toBe("unknown");
});
