import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MemoryIncidentState } from "../../../../alerting/incidents/memory-incident-state";
import { performTask } from "../../../../alerting/jobs/scheduled-tasks";
import { alertRenderer } from "../../../../alerting/notices/alert-renderer";
import { incidentStep } from "../../../../alerting/notices/incident-step";
import { NO_LABELS } from "../../../../alerting/notices/labels";
import type { Notice } from "../../../../alerting/notices/notice";
import { rateLimitNotice } from "../../../../alerting/notices/rate-limit-notice";
import { Alerting } from "../../../../alerting/pipeline/alerting";
import { processMessages } from "../../../../alerting/pipeline/process-messages";
import { MemoryAlertState } from "../../../../alerting/windows/memory-alert-state";
import type { ReplayResult } from "../../../../cli/replay/result/replay-result";
import { grandTotals } from "../../../../cli/replay/result/totals";
import { catalogue } from "../../../../detection/catalogue/catalogue";
import type { Detection } from "../../../../detection/definition/detection";
import { logFileScanner } from "../../../../detection/log-files/scan/log-file-scanner";
import { matchedDetections } from "../../../../detection/matching/matched-detections";
import { delivery, enable, enableAll, LOG_FILE, logFile } from "../../../alerting/run-pipeline";
import { unauthorizedDescribe } from "../../../detection/events/records";
import { plan, setup, told } from "../logs";

const refused = catalogue.find(({ id }) => id === "unauthorized-ec2-call") as Detection;
const detections: readonly Detection[] = [
  refused,
  { ...refused, id: "counted", count: { threshold: 3, minutes: 10, by: ["sourceIPAddress"] } },
  { ...refused, id: "digested", tier: "digest" },
  { ...refused, id: "signal", tier: "signal" },
  { ...refused, id: "hourly", group: { minutes: 60, by: ["awsRegion"] } },
  { ...refused, id: "critical", severity: "critical", group: { minutes: 60, by: ["awsRegion"] } },
  { ...refused, id: "critical-counted", severity: "critical", count: { threshold: 3, minutes: 60, by: ["awsRegion"] } },
];
const suppressions = [
  {
    id: "one-region",
    detections: ["unauthorized-ec2-call", "counted"],
    pattern: { detail: { awsRegion: ["eu-north-1"] } },
    owner: "somebody",
    reason: "known",
    expires: "2026-11-20",
  },
];

/**
 * Few actors, regions and minutes, so that events meet in windows; ids repeat now and then, each with all that it has: in the other
 * account too, as another call with the same `eventID` or, with a `sharedEventID`, as that account's record of the same call.
 */
const call = fc.record({
  id: fc.nat(60),
  account: fc.constantFrom("111122223333", "444455556666"),
  shared: fc.boolean(),
  actor: fc.constantFrom("alice", "bob"),
  region: fc.constantFrom("eu-west-1", "eu-north-1"),
  address: fc.constantFrom("203.0.113.1", "203.0.113.2"),
});
/** One event is the same wherever it lies. */
const records = fc.array(call, { maxLength: 60 }).map((drawn) => {
  const first = new Map([...drawn].reverse().map((each) => [each.id, each]));
  return drawn.map(({ id, account }) => recordOf({ ...(first.get(id) as (typeof drawn)[number]), account }));
});

function recordOf({
  id,
  account,
  shared,
  actor,
  region,
  address,
}: typeof call extends fc.Arbitrary<infer Call> ? Call : never) {
  const known = { type: "IAMUser", userName: actor, arn: `arn:aws:iam::111122223333:user/${actor}` };
  const unknown = { type: "AWSAccount", principalId: `AIDA${actor}`, accountId: "111122223333" };
  return unauthorizedDescribe({
    eventID: `event-${id}${shared ? `-${account}` : ""}`,
    ...(shared && { sharedEventID: `shared-${id}` }),
    // Two days of which only the hour around midnight has events; the same id has the same time.
    eventTime: new Date(Date.parse("2026-11-20T23:30:00Z") + id * 60_000).toISOString().replace(".000", ""),
    recipientAccountId: account,
    userIdentity: account === "111122223333" ? known : unknown,
    awsRegion: region,
    sourceIPAddress: address,
  });
}

/** What the function makes of one log file that holds everything, once its clocks have struck. */
async function deployed(file: readonly unknown[]) {
  const published: Notice[] = [];
  const store = new MemoryAlertState();
  const enabled = enable(detections);
  const at = (now: number) => ({
    fetchObject: async () => logFile(...file),
    readLogFile: logFileScanner(enabled),
    performTask,
    publish: async (notice: Notice) => {
      published.push(notice);
    },
    store,
    incidents: new MemoryIncidentState(store),
    incidentMs: 3_600_000,
    log: { processingError: () => {}, info: () => {} },
    alerting: (...invocation: ConstructorParameters<typeof Alerting>) => new Alerting(...invocation),
    renderAlert: alertRenderer(NO_LABELS),
    renderStep: incidentStep,
    renderRateLimit: rateLimitNotice,
    remainingMs: () => 900_000,
    lease: () => ({ owner: "me", now, until: now + 1 }),
    ...{ account: "111122223333", region: "us-east-1", maxAlertsPerHour: 10_000, labels: NO_LABELS },
    publishedAfter: () => {},
  });
  const matchedBy = (event: Parameters<typeof matchedDetections>[1]) => matchedDetections(enabled, event);
  const now = Date.parse("2026-11-21T02:00:00Z");
  const read = await processMessages([delivery(LOG_FILE)], matchedBy, at(now), enableAll(suppressions, detections));
  await processMessages(
    [{ id: "1", content: { kind: "task", task: "close-windows" } }],
    matchedBy,
    at(now + 3_600_000),
  );
  const { made, suppressed, published: alerts, merged, duplicate, grouped, counted, digested } = read.tally.matches;
  const sent = published.flatMap(({ json }) => (json.kind === "alert" ? [json] : []));
  expect(sent).toHaveLength(alerts);
  expect(new Set(sent.map(({ id }) => id.slice(id.indexOf("/")))).size).toBe(alerts);
  return {
    totals: {
      ...{ matches: made, alerts, merged, digested, grouped, counted, suppressed, duplicates: duplicate },
      summaries: published.filter(({ json }) => json.kind === "summary").length,
    },
    told: sent.map(({ id, detection, event, account }) => [detection.id, id, event.id, account.id].join(" ")).sort(),
  };
}

const toldAtOnce = ({ alerts }: ReplayResult) =>
  alerts
    .filter(({ tier }) => tier === "alert")
    .map(({ detection, callId, eventID, account }) => [detection, `${detection}/${callId}`, eventID, account].join(" "))
    .sort();

/** Without what depends on where a record lies. */
const apartFromFiles = ({ alerts, files: _, ...rest }: ReplayResult) => ({
  ...rest,
  alerts: alerts.map(({ file, ...alert }) => alert),
});

describe("a replay of anything", () => {
  test("tells what the function tells of the same records", async () => {
    await fc.assert(
      fc.asyncProperty(records, async (file) => {
        const result = await told({ "a.json.gz": file }, plan(setup(detections, suppressions)));

        expect({ totals: grandTotals(result), told: toldAtOnce(result) }).toEqual(await deployed(file));
      }),
      { numRuns: 60 },
    );
  });

  test("says the same whatever files the records lie in, and in whatever order", async () => {
    const shuffled = records.chain((file) =>
      fc.record({
        file: fc.constant(file),
        again: fc.shuffledSubarray(file, { minLength: file.length }),
        places: fc.array(fc.nat(3), { minLength: file.length, maxLength: file.length }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ({ file, again, places }) => {
        const files = Object.fromEntries(
          [3, 1, 0, 2].map((place) => [`${place}.json.gz`, again.filter((_, index) => places[index] === place)]),
        );
        const asked = plan(setup(detections, suppressions));

        expect(apartFromFiles(await told(files, asked))).toEqual(
          apartFromFiles(await told({ "a.json.gz": file }, asked)),
        );
      }),
      { numRuns: 60 },
    );
  });
});
